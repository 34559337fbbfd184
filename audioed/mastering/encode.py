"""PCM to the file that apps download, and what a meter reads on it: the only module that runs ffmpeg."""

import re
import subprocess
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from audioed.errors import FfmpegError
from audioed.machine import program
from audioed.model import Loudness, Seconds

QUIET = ("-hide_banner", "-nostats")
METER = "ebur128=peak=true:framelog=verbose"
"""EBU R 128 with true peaks; its summary goes to standard error, its frames nowhere (`quiet` is unknown before 6.0)."""
COMPLAINTS = ("-v", "error")
SPEAKER = re.compile(r"^\[[^\]]* @ 0x[0-9a-f]+\] ")
"""Which part of ffmpeg complains, with an address that is never the same twice."""
HEARS_ITSELF = 7
"""The version of ffmpeg from which on it decodes in the same run what it encodes (`-dec`)."""


def ffmpeg() -> str:
    """The ffmpeg of the extra `formats`, or else the system's; FfmpegError where there is none."""
    if (path := _found()) is None:
        raise FfmpegError('ffmpeg is not installed; install it with `pip install "audioed[formats]"`.')
    return path


def is_there() -> bool:
    """Whether there is an ffmpeg."""
    try:
        ffmpeg()
    except FfmpegError:
        return False
    return True


@cache
def _found() -> str | None:
    try:
        import imageio_ffmpeg

        path = Path(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        return program("ffmpeg")
    return str(path) if path.is_absolute() else program(path.name)


@cache
def _hears_itself() -> bool:
    about = subprocess.run([ffmpeg(), "-version"], capture_output=True, text=True, errors="replace", check=False).stdout
    number = re.match(r"ffmpeg version n?(\d+)\.", about)  # one that was built from last night's source has none
    return not number or int(number[1]) >= HEARS_ITSELF


def encode_as(codec: Sequence[str], chunks: Iterable[bytes], path: Path, *, rate: int, beside: str = "") -> Loudness:
    """
    Write 16-bit mono PCM as these arguments of ffmpeg say, and give what a meter reads on it.

    `beside` is its second input, in its own format for metadata. No version and
    no date enter the file: the same samples give the same bytes. What was
    encoded is decoded again in the same run where ffmpeg can, so that measuring
    takes no time of its own.
    """
    with tempfile.TemporaryDirectory() as folder:
        second = Path(folder, "beside.txt")
        second.write_text(beside, "utf-8", newline="\n")
        command = [ffmpeg(), *QUIET, "-y", "-f", "s16le", "-ar", str(rate), "-ac", "1", "-i", "pipe:0"]
        command += ["-f", "ffmetadata", "-i", str(second)] if beside else []
        command += ["-map", "0:a", "-fflags", "+bitexact", "-flags:a", "+bitexact", *codec, str(path)]
        if not _hears_itself():
            _run(command, chunks, path)
            return measure(path)
        command += ["-dec", "0:0", "-filter_complex", f"[dec:0]{METER}[heard]", "-map", "[heard]", "-f", "null", "-"]
        return _summary(path, _run(command, chunks, path))


def _run(command: Sequence[str], chunks: Iterable[bytes], path: Path) -> str:
    """What ffmpeg says while it is fed these pieces; FfmpegError when it gives up."""
    with tempfile.TemporaryFile() as told:
        # It speaks to a file, not a pipe: a full pipe would stop it while we feed it.
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=told) as process:
            try:
                _feed(process, chunks)
            except BaseException:  # Ctrl-C too: nobody else would end ffmpeg
                process.kill()
                raise
        told.seek(0)
        output = told.read().decode(errors="replace")
        if process.returncode:
            raise _complaint(path, output)
        return output


def measure(path: Path) -> Loudness:
    """What a meter reads on this file."""
    command = [ffmpeg(), *QUIET, "-nostdin", "-i", str(path), "-af", METER, "-f", "null", "-"]
    result = subprocess.run(command, capture_output=True, check=False)
    return _summary(path, result.stderr.decode(errors="replace"))


def decoded(path: Path, rate: int, most: Seconds) -> bytes:
    """The sound of a file in any format as bare 16-bit mono PCM, no more than so many seconds of it."""
    command = [ffmpeg(), *QUIET, "-nostdin", "-protocol_whitelist", "file,pipe", "-t", str(most), "-i", str(path)]
    command += ["-map", "0:a:0", "-ac", "1", "-ar", str(rate), "-f", "s16le", "pipe:1"]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise FfmpegError(f"{path} is not a sound file that can be read; name another.")
    return result.stdout


def decode(path: Path, to: Path, rate: int) -> tuple[str, ...]:
    """Write the sound of a file as bare 16-bit mono PCM, in constant memory; what ffmpeg complained of while it did."""
    command = [ffmpeg(), *QUIET, *COMPLAINTS, "-nostdin", "-y", "-protocol_whitelist", "file,pipe", "-i", str(path)]
    command += ["-map", "0:a:0", "-ac", "1", "-ar", str(rate), "-f", "s16le", str(to)]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise FfmpegError(f"{path} cannot be decoded; render the episode again.")
    output = result.stderr.decode(errors="replace").splitlines()
    return tuple(SPEAKER.sub("", line) for line in output if line.strip())


def excerpt(path: Path, start: int, end: int, rate: int) -> bytes:
    """What is heard of an MP3 of which only these bytes arrived, as bare 16-bit mono PCM; nothing where none is."""
    part = f"subfile,,start,{start},end,{end},,:{path}"
    command = [ffmpeg(), *QUIET, *COMPLAINTS, "-nostdin", "-protocol_whitelist", "file,pipe,subfile", "-f", "mp3"]
    command += ["-i", part, "-map", "0:a:0", "-ac", "1", "-ar", str(rate), "-f", "s16le", "pipe:1"]
    return subprocess.run(command, capture_output=True, check=False).stdout


def since(path: Path, at: Seconds, seconds: Seconds, rate: int) -> bytes:
    """What is heard of a file from a moment on, as a player jumps there, as bare 16-bit mono PCM."""
    command = [ffmpeg(), *QUIET, *COMPLAINTS, "-nostdin", "-protocol_whitelist", "file,pipe", "-ss", f"{at:.3f}"]
    command += ["-i", str(path), "-t", f"{seconds:.3f}", "-map", "0:a:0", "-ac", "1", "-ar", str(rate)]
    return subprocess.run([*command, "-f", "s16le", "pipe:1"], capture_output=True, check=False).stdout


def _feed(process: "subprocess.Popen[bytes]", chunks: Iterable[bytes]) -> None:
    if process.stdin is None:
        raise TypeError("a process without a pipe")
    try:
        for chunk in chunks:
            process.stdin.write(chunk)
        process.stdin.close()
    except BrokenPipeError:
        pass  # ffmpeg has given up; its exit code and what it said tell why


def _complaint(path: Path, output: str) -> FfmpegError:
    if "No space left on device" in output:
        return FfmpegError(f"{path.parent}: the disk is full; free some space and start again.")
    reasons = [line for line in output.splitlines() if "rror" in line] or ["no reason given"]
    return FfmpegError(f"ffmpeg could not write {path.name} ({reasons[0].strip()}); check the disk and start again.")


def _summary(path: Path, output: str) -> Loudness:
    summary = output.rpartition("Summary:")[2]
    found = [re.search(rf"{name}:\s+(-?[\d.]+|-inf)", summary) for name in ("I", "Peak", "LRA")]
    metered = [float(match.group(1)) for match in found if match]
    if len(metered) != len(found):
        raise FfmpegError(f"ffmpeg could not measure {path.name}; the file may be damaged, so start again.")
    integrated, peak, spread = metered
    return Loudness(integrated=integrated, true_peak=peak, range=spread)
