"""PCM to the file that apps download, and what a meter reads on it: the only module that runs ffmpeg."""

import re
import subprocess
import tempfile
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from audioed.errors import FfmpegError
from audioed.model import Loudness

BASE = ("-hide_banner", "-nostdin", "-nostats")


@cache
def ffmpeg() -> str:
    """The ffmpeg that came with the pip package, so that no system package is needed."""
    import imageio_ffmpeg

    try:
        path: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise FfmpegError("ffmpeg is not there; install the package imageio-ffmpeg again.") from error
    return path


def encode(pieces: Iterable[bytes], path: Path, *, rate: int, bitrate: int) -> None:
    """
    Write 16-bit mono PCM as an MP3 of constant bit rate (kbit/s).

    No version and no date enter the file: the same samples give the same bytes.
    """
    command = [ffmpeg(), *BASE, "-loglevel", "error", "-y", "-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0"]
    command += ["-c:a", "libmp3lame", "-b:a", f"{bitrate}k", "-map_metadata", "-1", "-id3v2_version", "0"]
    command += ["-fflags", "+bitexact", "-flags:a", "+bitexact", "-f", "mp3", str(path)]
    with tempfile.TemporaryFile() as complaints:
        # Errors go to a file, not a pipe: a full pipe would stop ffmpeg while we feed it.
        with subprocess.Popen(
            [each for each in command if each != "-nostdin"], stdin=subprocess.PIPE, stderr=complaints
        ) as process:
            stdin = process.stdin
            if stdin is None:
                raise TypeError("a pipe was asked for")
            try:
                for piece in pieces:
                    stdin.write(piece)
                stdin.close()
            except BrokenPipeError:
                pass  # ffmpeg has given up; its exit code and its complaint say why
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            complaints.seek(0)
            said = complaints.read().decode(errors="replace").strip().splitlines() or ["no reason given"]
            if "No space left on device" in said[-1]:
                raise FfmpegError(f"{path.parent}: the disk is full; free some space and start again.")
            raise FfmpegError(f"ffmpeg could not write {path.name} ({said[-1]}); check the disk and start again.")


def measure(path: Path) -> Loudness:
    """What a meter after EBU R 128 reads on this file: ffmpeg's `ebur128` with true peaks."""
    command = [ffmpeg(), *BASE, "-i", str(path), "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    result = subprocess.run(command, capture_output=True, check=False)
    summary = result.stderr.decode(errors="replace").rpartition("Summary:")[2]
    found = [re.search(rf"{name}:\s+(-?[\d.]+|-inf)", summary) for name in ("I", "Peak", "LRA")]
    if result.returncode or None in found:
        raise FfmpegError(f"ffmpeg could not measure {path.name}; the file may be damaged, so start again.")
    integrated, peak, spread = (float(match.group(1)) for match in found if match)
    return Loudness(integrated=integrated, true_peak=peak, range=spread)
