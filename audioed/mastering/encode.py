"""PCM to the file that apps download, and what a meter reads on it: the only module that runs ffmpeg."""

import re
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from audioed.errors import FfmpegError
from audioed.model import Loudness, Seconds

QUIET = ("-hide_banner", "-nostats")
METER = "ebur128=peak=true:framelog=quiet"
"""EBU R 128 with true peaks; its summary goes to standard error."""
EFFORT = "7"
"""
LAME's quality setting. At these rates the noise of speech lies lower with 7
than with LAME's own choice of 5 (band noise to signal -23 against -21 dB), at
less than half of the time: shaping noise pays only where bits are short.
"""
MP3 = ("-map_metadata", "-1", "-c:a", "libmp3lame", "-compression_level", EFFORT, "-id3v2_version", "0", "-f", "mp3")
"""At the constant rate that is asked for; tags are written later."""
AAC = ("-map_metadata:g", "-1", "-map_chapters", "1", "-c:a", "aac", "-movflags", "+faststart", "-f", "ipod")
"""AAC-LC, chapters from `beside`, in an M4A file whose index stands before the sound: it plays while it loads."""
OPUS = ("-map_metadata", "-1", "-c:a", "libopus", "-application", "voip", "-f", "ogg")
"""In the mode for speech; bit-exact writing gives the Ogg stream serial number 0."""


@cache
def ffmpeg() -> str:
    """The ffmpeg that came with the pip package, so that no system package is needed."""
    import imageio_ffmpeg

    try:
        path: str = imageio_ffmpeg.get_ffmpeg_exe()
    except RuntimeError as error:
        raise FfmpegError("ffmpeg is not there; install the package imageio-ffmpeg again.") from error
    return path


def encode(pieces: Iterable[bytes], path: Path, *, rate: int, bitrate: int) -> Loudness:
    """Write 16-bit mono PCM as an MP3 of constant bit rate (kbit/s), and give what a meter reads on it."""
    return encode_as((*MP3, "-b:a", f"{bitrate}k"), pieces, path, rate=rate)


def encode_as(codec: Sequence[str], pieces: Iterable[bytes], path: Path, *, rate: int, beside: str = "") -> Loudness:
    """
    Write 16-bit mono PCM as these arguments of ffmpeg say, and give what a meter reads on it.

    `beside` is its second input, in its own format for metadata. No version and
    no date enter the file: the same samples give the same bytes. What was
    encoded is decoded again in the same run (ffmpeg's loopback decoders, since
    7.0), so measuring takes no time of its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        second = Path(folder, "beside.txt")
        second.write_text(beside, "utf-8", newline="\n")
        command = [ffmpeg(), *QUIET, "-y", "-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0"]
        command += ["-f", "ffmetadata", "-i", str(second)] if beside else []
        command += ["-map", "0:a", "-fflags", "+bitexact", "-flags:a", "+bitexact", *codec, str(path)]
        command += ["-dec", "0:0", "-filter_complex", f"[dec:0]{METER}[heard]", "-map", "[heard]", "-f", "null", "-"]
        return _summary(path, _run(command, pieces, path))


def _run(command: Sequence[str], pieces: Iterable[bytes], path: Path) -> str:
    """What ffmpeg says while it is fed these pieces; FfmpegError when it gives up."""
    with tempfile.TemporaryFile() as told:
        # It speaks to a file, not a pipe: a full pipe would stop it while we feed it.
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told) as process:
            try:
                _feed(process, pieces)
            except BaseException:  # Ctrl-C too: nobody else would end ffmpeg
                process.kill()
                raise
        told.seek(0)
        said = told.read().decode(errors="replace")
    if process.returncode:
        raise _complaint(path, said)
    return said


def measure(path: Path) -> Loudness:
    """What a meter reads on this file."""
    command = [ffmpeg(), *QUIET, "-nostdin", "-i", str(path), "-af", METER, "-f", "null", "-"]
    result = subprocess.run(command, capture_output=True, check=False)
    return _summary(path, result.stderr.decode(errors="replace"))


def decoded(path: Path, rate: int, most: Seconds) -> bytes:
    """The sound of a file in any format as a 16-bit mono WAV file, no more than so many seconds of it."""
    command = [ffmpeg(), *QUIET, "-nostdin", "-protocol_whitelist", "file,pipe", "-t", str(most), "-i", str(path)]
    command += ["-map", "0:a:0", "-ac", "1", "-ar", str(rate), "-c:a", "pcm_s16le", "-fflags", "+bitexact"]
    # Written to a file: in a pipe a WAV header cannot be completed with its length.
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder, "sound.wav")
        if subprocess.run([*command, str(wav)], capture_output=True, check=False).returncode:
            raise FfmpegError(f"{path} is not a sound that can be read; name another file.")
        return wav.read_bytes()


def decode(path: Path, to: Path, rate: int) -> None:
    """Write the sound of a file as bare 16-bit mono PCM, in constant memory."""
    command = [ffmpeg(), *QUIET, "-nostdin", "-y", "-protocol_whitelist", "file,pipe", "-i", str(path), "-map", "0:a:0"]
    command += ["-ac", "1", "-ar", str(rate), "-f", "s16le", str(to)]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise FfmpegError(f"{path} cannot be decoded; render the episode again.")


def _feed(process: "subprocess.Popen[bytes]", pieces: Iterable[bytes]) -> None:
    if process.stdin is None:
        raise TypeError("a process without a pipe")
    try:
        for piece in pieces:
            process.stdin.write(piece)
        process.stdin.close()
    except BrokenPipeError:
        pass  # ffmpeg has given up; its exit code and what it said tell why


def _complaint(path: Path, said: str) -> FfmpegError:
    if "No space left on device" in said:
        return FfmpegError(f"{path.parent}: the disk is full; free some space and start again.")
    reasons = [line for line in said.splitlines() if "rror" in line] or ["no reason given"]
    return FfmpegError(f"ffmpeg could not write {path.name} ({reasons[0].strip()}); check the disk and start again.")


def _summary(path: Path, said: str) -> Loudness:
    summary = said.rpartition("Summary:")[2]
    found = [re.search(rf"{name}:\s+(-?[\d.]+|-inf)", summary) for name in ("I", "Peak", "LRA")]
    readings = [float(match.group(1)) for match in found if match]
    if len(readings) != len(found):
        raise FfmpegError(f"ffmpeg could not measure {path.name}; the file may be damaged, so start again.")
    integrated, peak, spread = readings
    return Loudness(integrated=integrated, true_peak=peak, range=spread)
