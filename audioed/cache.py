"""
What took time to make and need not be made again: clips, pieces of recordings, pictures, notes, pages.

    <cache>/clips/ab/ab12….wav  pieces/ab/ab12….mp3  levels/…  covers/…  silence/…  pages/

All of it may go at any time: it is made again.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from audioed import files
from audioed.files import TEMPORARY
from audioed.model import Seconds
from audioed.sound import Sound, from_wav, wav_duration

LONG: Seconds = 24 * 60 * 60
"""No clip takes so long to write."""


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder that several shows, and builds at the same time, may share."""

    folder: Path

    def clip(self, key: str) -> Sound | None:
        """The clip with this content key, or None; a damaged file counts as none and is removed."""
        path = self.clip_path(key)
        try:
            return from_wav(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            path.unlink(missing_ok=True)
            return None

    def clip_duration(self, key: str) -> Seconds | None:
        """How long the clip with this content key is, or None, as `clip` finds it; its samples are not read."""
        path = self.clip_path(key)
        try:
            return wav_duration(path)
        except FileNotFoundError:
            return None
        except ValueError:
            path.unlink(missing_ok=True)
            return None

    def keep_clip(self, key: str, wav: bytes) -> Seconds:
        """
        Keep a clip, a 16-bit mono WAV file, and give how long the kept one is; one that is kept already stays.

        Two builds may speak the same utterance at once, and a neural voice
        never says it twice alike: the first to finish wins, for both.
        """
        path = self.clip_path(key)
        with files.scratch(self._clips, path.suffix) as temporary:
            with files.explained(path):
                temporary.write_bytes(wav)
            files.place_new(temporary, path)
        return wav_duration(path)

    def drop_clip(self, key: str) -> None:
        """Forget a clip, which will be spoken anew."""
        self.clip_path(key).unlink(missing_ok=True)

    def clip_path(self, key: str) -> Path:
        """Where the clip with this content key is kept, or would be."""
        return self._clips / key[:2] / f"{key}.wav"

    def piece(self, key: str) -> tuple[bytes, int] | None:
        """What was noted of the encoded piece of a recording with this key, and its bytes; None where there is none."""
        path = self._piece_path(key)
        try:
            with path.open("rb") as file:
                noted = file.readline()
                return noted, path.stat().st_size - len(noted)
        except FileNotFoundError:
            return None

    def piece_frames(self, key: str) -> bytes:
        """The frames of a piece that is kept; StoreError where it is gone."""
        return files.read(self._piece_path(key)).partition(b"\n")[2]

    def keep_piece(self, key: str, noted: bytes, frames: bytes) -> None:
        """Keep the encoded piece of a recording, with a line of what is to be known of it."""
        files.write(self._piece_path(key), noted + b"\n" + frames)

    def note(self, kind: str, name: str, data: bytes) -> bytes:
        """Keep what took time to find, such as the `levels` of an audio file, under a name that tells its content."""
        files.write(self.folder / kind / name, data)
        return data

    def noted(self, kind: str, name: str) -> bytes | None:
        """What `note` kept, or None."""
        path = self.folder / kind / name
        return path.read_bytes() if path.is_file() else None

    def sweep(self, before: float) -> None:
        """
        Remove clips that killed builds left half-made, where they were begun a day before this moment (POSIX time).

        They may be another show's, whose build is at work.
        """
        for path in self._clips.glob(f"{TEMPORARY}*"):
            with suppress(FileNotFoundError):  # its build has just finished it
                if path.stat().st_mtime < before - LONG:
                    path.unlink()

    @contextmanager
    def shared_mark(self) -> Iterator[Path]:
        """A file among the clips, by which another machine can tell whether it sees the same ones."""
        with files.scratch(self._clips.absolute(), ".shared") as mark:
            yield mark

    @property
    def pages(self) -> Path:
        """Folder of what was downloaded before."""
        return self.folder / "pages"

    @property
    def _clips(self) -> Path:
        return self.folder / "clips"

    def _piece_path(self, key: str) -> Path:
        return self.folder / "pieces" / key[:2] / f"{key}.mp3"
