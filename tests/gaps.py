"""
Builds that are killed at every gap between two writes: `python -m tests.gaps HOME ROUND...` prints what came of it.

A process that has everything loaded starts the builds as children. An audit
hook (PEP 578) counts each time that a child is about to open a file for writing,
to give one its name, or to remove one, and kills it before the Nth of these;
with --names only names count, given, changed and removed in the output folder,
for what is written beside its place is seen by nobody. With --full the disk is full
from there on in place of the kill, and with --read-only nothing can be changed any more. With --cold nothing is in
the cache; with --quick recordings are stubs, and all that is done with them is
not. With --few it is killed before eight of them, from the first to the last.
With --feed-first a fault is planted: the feed is written before the
recordings that it names. What follows is judged: the next night, which finds nothing new, must leave a
feed that tells of every finished episode; the next build must leave what an
undisturbed one leaves, byte for byte.
"""

import contextlib
import errno
import gc
import io
import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from audioed.files import TEMPORARY

if TYPE_CHECKING:
    from lxml import etree

ARTICLE = "# {title}\n\nThe lamp at the end of the pier was lit again on {day}. It had been dark for eleven years.\n"
OTHER = (
    "# The bell\n\nNobody rings the ferry's old bell any more. Children polish its brass each spring, for a biscuit.\n"
)
SETTINGS = '[show]\ntitle = "Gaps"\n[nightly]\nfolders = ["empty"]\n[synthesis.roles]\n' + "".join(
    f'{role} = "silent"\n' for role in ("narrator", "headlines", "promo", "quote")
)
PROMOS = "[scripting]\npromos_per_hour = 60\n" + "".join(
    f'[promos.{name}]\ntext = "Come to the {name} fair, at the old harbour, before the month is over."\n{days}'
    for name, days in (("winter", "last_day = 2026-01-31\n"), ("spring", "first_day = 2026-02-01\n"))
)
TARGET = """
[publishing]
base_url = "https://gaps.example"
deploy = "web"
[targets.web]
kind = "folder"
address = "www"
"""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
PATHS = {"os.rename": 2, "os.link": 2, "os.remove": 1, "os.mkdir": 1, "os.rmdir": 1, "os.truncate": 1}
"""Events of Python's audit hooks and how many paths each tells."""
NEW = {"os.link", "os.mkdir"}
"""Those that change only what is not there yet."""
RENDER = ("render", "article.md", "--day", "2026-01-31", "--json")
NIGHT = ("nightly", "--day", "2026-02-01", "--json")
DRAFT = ("render", "--draft", *RENDER[1:])
LAMP = "2026-01-31-the-lamp"
COMMANDS = {
    "corrected": ("correct", LAMP, "--note", "It is Friday.", "--json"),
    "removed": ("remove", LAMP, "--json"),
    "gone": ("remove", LAMP, "--for-good", "--yes", "--json"),
    "restored": ("restore", LAMP, "--json"),
    "retained": NIGHT,
    "night": NIGHT,
    "deploy": ("deploy", "--json"),
    "drafted": DRAFT,
    "approved": ("approve", LAMP, "--json"),
    "swapped": ("promos", "swap", "winter", "spring", "--back-catalogue", "--json"),
}
"""What is killed in each round, where it is no build."""
FAULTS = {"--full": errno.ENOSPC, "--read-only": errno.EROFS}
"""What the system answers from the Nth write on, where the child is not killed there."""
CRASHED = 70
"""How a child ends that audioed has no sentence for (EX_SOFTWARE of sysexits.h)."""
FEW = 8
TWICE = {"mended", "corrected", "swapped"}
"""Rounds in which what was there before is kept until the next build has come to its end."""


def writes(home: Path, event: str, arguments: tuple[object, ...]) -> bool:
    """Whether this event is about to change something below this folder; in the output folder, a name that is seen."""
    named = home.name in {"output", "www"}
    if event == "open" and not named:
        told, flags = arguments[:1], arguments[2]
        if not isinstance(flags, int) or not flags & WRITING:
            return False
    elif event in PATHS:
        told = arguments[: PATHS[event]]
    else:
        return False
    paths = [os.path.abspath(each) for each in told if isinstance(each, (str, os.PathLike))]  # noqa: PTH100
    below = [path for path in paths if str(home) in path]
    return any(_is_seen(event, path) for path in below) if named else bool(below)


def _is_seen(event: str, path: str) -> bool:
    """Whether this name changes by it, and is none that something half made has."""
    changes = event == "os.rename" or os.path.lexists(path) != (event in NEW)
    return changes and not Path(path).name.startswith(TEMPORARY)


def child(
    home: Path, command: tuple[str, ...], kill_at: int = 0, watched: Path | None = None, fault: str = ""
) -> tuple[int, int]:
    """Run a command in a child and break it before its Nth write; gives how it ended, and how often it wrote."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        _run(home, command, kill_at, writing, watched or home, fault)
    os.close(writing)
    with open(reading, "rb") as pipe:  # noqa: PTH123 - a descriptor
        counted = pipe.read()
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), len(counted)


def _run(  # noqa: PLR0913, PLR0917 - a process that others fork
    home: Path, command: tuple[str, ...], kill_at: int, counter: int, watched: Path, fault: str
) -> None:
    from audioed.cli.app import main

    os.chdir(home)
    sys.argv = ["audioed", *command]
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if writes(watched, event, arguments):
            count += 1
            os.write(counter, b".")
            if fault and 0 < kill_at <= count:
                _refuse(fault, event, arguments)
            elif count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    code = CRASHED
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else CRASHED
    finally:
        os._exit(code)


def _refuse(fault: str, event: str, arguments: tuple[object, ...]) -> None:
    """What the system answers; a full disk lets go of files, gives them other names, and has room for those there."""
    number = FAULTS[fault]
    grows = event in {*NEW, "open"} and not os.path.lexists(str(arguments[0 if event != "os.link" else 1]))
    if number == errno.EROFS or grows:
        raise OSError(number, os.strerror(number), str(arguments[0]))


def tree(home: Path) -> dict[str, bytes]:
    """Everything below the output folder, but for locks and what nights came to."""
    every = (path for folder in ("output", "www") for path in (home / folder).rglob("*"))
    files = (path for path in every if path.is_file() and path.suffix != ".lock" and "_audioed" not in str(path))
    return {str(path.relative_to(home)): path.read_bytes() for path in files if path.parent.name != "reports"}


def feed_faults(home: Path) -> Iterator[str]:
    """What the feed does not tell of the finished episodes, or tells of files that are not there."""
    yield from public_faults(home)
    for show in (home / "output").glob("*"):
        finished = {json.loads(path.read_bytes())["guid"] for path in show.glob("*/episode.json")}
        told = {item.findtext("guid") for item in _items(show / "public")}
        if told != finished:
            yield f"{len(finished - told)} of {len(finished)} finished episodes are not in the feed"


def public_faults(home: Path, before: Path | None = None) -> Iterator[str]:
    """What a listener would miss at this moment: a file that the feed names, or, of a show as it was before, did."""
    for show in (home / "output").glob("*"):
        yield from _missing(show / "public", show.name)
        for audio in before.glob(f"{show.name}/public/*/*.mp3") if before else ():
            if not (show / audio.relative_to(before / show.name)).is_file():
                yield f"{audio.name} is not there any more"
    for show in (home / "www").glob("*/feed.xml"):
        yield from (f"at the target, {each}" for each in _missing(show.parent, show.parent.name))


def _missing(public: Path, show: str) -> Iterator[str]:
    for item in _items(public):
        enclosure = item.find("enclosure")
        audio = public / enclosure.get("url").partition(f"/{show}/")[2]
        if not audio.is_file() or audio.stat().st_size != int(enclosure.get("length")):
            yield f"{audio.name} is not what the feed says"


def _items(public: Path) -> list["etree._Element"]:
    """What the feed in a folder tells of episodes."""
    from lxml import etree

    feed = public / "feed.xml"
    return list(etree.parse(feed).iterfind(".//item")) if feed.exists() else []


def rounds(home: Path) -> dict[str, Callable[[], None]]:  # noqa: C901 - one inside another
    """What there is before the command that is killed, such as nothing, or the article before it was mended."""
    article, settings, bell = home / "article.md", home / "audioed.toml", home / "empty" / "bell.md"
    settings.write_text(SETTINGS, "utf-8")
    bell.unlink(missing_ok=True)

    def write(title: str, day: str) -> None:
        article.write_text(ARTICLE.format(title=title, day=day), "utf-8")

    def first() -> None:
        write("The lamp", "Friday")

    def second() -> None:
        article.write_text(OTHER, "utf-8")
        assert child(home, RENDER)[0] == 0
        first()

    def mended() -> None:
        first()
        assert child(home, RENDER)[0] == 0
        write("The lamp", "Friday evening")

    def both() -> None:
        second()
        assert child(home, RENDER)[0] == 0

    def drafted() -> None:
        second()
        assert child(home, DRAFT)[0] == 0
        write("The lamp", "Friday evening")

    def corrected() -> None:
        both()
        (script,) = home.glob(f"output/*/{LAMP}/script.json")
        script.write_text(script.read_text("utf-8").replace("eleven", "twelve"), "utf-8")

    def restored() -> None:
        both()
        assert child(home, COMMANDS["removed"])[0] == 0

    def retained() -> None:
        both()
        settings.write_text(f'{SETTINGS}[publishing]\nkeep = "1 episode"\nolder = "delete"\n', "utf-8")

    def night() -> None:
        both()
        bell.write_text(OTHER.replace("bell", "buoy"), "utf-8")

    def deploy() -> None:
        (home / "www").mkdir(exist_ok=True)
        settings.write_text(f"{SETTINGS}{TARGET}", "utf-8")
        first()
        assert child(home, RENDER)[0] == 0
        assert child(home, COMMANDS["deploy"])[0] == 0
        article.write_text(OTHER, "utf-8")
        assert child(home, RENDER)[0] == 0

    return {
        "first": first,
        "second": second,
        "mended": mended,
        "drafted": drafted,
        "approved": drafted,
        "corrected": corrected,
        "removed": both,
        "gone": both,
        "restored": restored,
        "retained": retained,
        "night": night,
        "deploy": deploy,
        "swapped": lambda: _with_promos(home),
    }


def _with_promos(home: Path) -> None:
    """Two episodes that are long enough to have a promo each."""
    (home / "audioed.toml").write_text(SETTINGS + PROMOS, "utf-8")
    for text, name in ((OTHER, "bell.md"), (ARTICLE.format(title="The lamp", day="Friday"), "article.md")):
        (home / name).write_text(text + "\nIt is said that more will be said of it on another day.\n" * 20, "utf-8")
        assert child(home, ("render", name, *RENDER[2:]))[0] == 0


def tried(home: Path, name: str, *options: str) -> dict[str, object]:  # noqa: C901 - one inside another
    """
    Break a build at every gap; with a cold cache its clips and pieces are written anew each time.

    Quickly: where a gap, or the next night, leaves what an earlier one left, byte for byte, what follows is known.
    """
    known = "--quick" in options or "--names" in options
    fault = next((each for each in FAULTS if each in options), "")
    prepare, watched = rounds(home)[name], home
    if "--names" in options:
        watched = home / ("www" if name == "deploy" else "output")
    command = COMMANDS.get(name, RENDER)
    kept = {home / folder: home / f"{folder}-before" for folder in ("output", "www", "cache")}
    for folder in kept:
        shutil.rmtree(folder, ignore_errors=True)
    prepare()
    for folder, before in kept.items():
        shutil.rmtree(before, ignore_errors=True)
        if folder.exists():
            shutil.move(folder, before)

    def anew() -> None:
        for folder, before in kept.items():
            if folder.name != "cache" or "--cold" in options or fault:
                _put_back(before, folder)

    anew()
    settled = _settled(home, name)
    calm = tree(home)
    anew()
    code, gaps = child(home, command, watched=watched)
    assert (code, settled) == (0, 0)
    found: list[dict[str, bytes]] = []
    left: list[dict[str, bytes]] = []

    def broken(at: int) -> Iterator[str]:
        anew()
        ended, _ = child(home, command, at, watched, fault)
        was = home / "output-before" if name in TWICE else None
        yield from (f"at once, {each}" for each in public_faults(home, was))
        if ended == CRASHED:
            yield "no sentence for it"
        if (not fault and ended != -signal.SIGKILL) or (known and _is_known(tree(home) | _folders(home), found)):
            return
        night, _ = child(home, NIGHT)
        yield from feed_faults(home)
        if night:
            yield f"the next night ends with {night}"
        if not (known and _is_known(tree(home), left)):
            yield from _settled_faults(home, name, calm)

    aims = range(1, gaps + 1)
    if "--few" in options:
        aims = sorted({1 + round(each * (gaps - 1) / (FEW - 1)) for each in range(FEW)})
    faults = {at: list(broken(at)) for at in aims}
    lost = sum(map(bool, faults.values()))
    told = [f"gap {at}: {each}" for at, each in ((at, each) for at, every in faults.items() for each in every)]
    return {"round": name, "gaps": gaps, "lost": lost, "faults": told}


def _is_known(state: dict[str, bytes], states: list[dict[str, bytes]]) -> bool:
    """Whether this state was there before; from now on it is."""
    if state in states:
        return True
    states.append(state)
    return False


def _folders(home: Path) -> dict[str, bytes]:
    return {f"{path.relative_to(home)}/": b"" for path in (home / "output").rglob("[!r]*") if path.is_dir()}


def _put_back(kept: Path, folder: Path) -> None:
    """Have a folder be as it was kept, or gone where it was not there."""
    shutil.rmtree(folder, ignore_errors=True)
    if kept.exists():
        shutil.copytree(kept, folder)


def _settled_faults(home: Path, name: str, calm: dict[str, bytes]) -> Iterator[str]:
    """What the next build makes otherwise than one that was never disturbed."""
    if again := _settled(home, name):
        yield f"the next build ends with {again}"
    now = tree(home)
    if apart := sorted(path for path in {*calm, *now} if calm.get(path) != now.get(path)):
        yield f"other bytes in {', '.join(apart[:5])}"


def _settled(home: Path, name: str) -> int:
    """The same command again, and once more where it keeps what it took the place of."""
    return max(child(home, COMMANDS.get(name, RENDER))[0] for _ in range(2 if name in TWICE else 1))


def main(home: Path, told: list[str]) -> None:
    """Load everything by one build of another show, then try each round."""
    (home / "empty").mkdir(parents=True, exist_ok=True)
    (home / "audioed.toml").write_text(SETTINGS, "utf-8")
    os.environ["AUDIOED_CACHE"] = str(home / "cache")
    with tempfile.TemporaryDirectory() as other:
        from audioed.cli.app import app

        (Path(other) / "a.md").write_text(ARTICLE.format(title="Warm", day="Monday"), "utf-8")
        (Path(other) / "audioed.toml").write_text(SETTINGS, "utf-8")
        line = ["render", f"{other}/a.md", "--config", f"{other}/audioed.toml", "--cache", f"{other}/cache", "--json"]
        with contextlib.redirect_stdout(io.StringIO()):
            app(line, standalone_mode=False)
    quick = "--quick" in told
    if quick:
        from types import SimpleNamespace

        from tests.quick import quicken

        quicken(SimpleNamespace(setattr=setattr))
        os.fsync = lambda _: None  # a killed process loses nothing of what it wrote, as a power cut would
    if "--feed-first" in told:
        _plant()
    gc.collect()
    gc.freeze()  # children would copy all that a collection of theirs looks at
    for name in told:
        if not name.startswith("--"):
            print(json.dumps(tried(home, name, *filter(lambda each: each.startswith("--"), told))), flush=True)  # noqa: T201


def _plant() -> None:
    """Have the feed name recordings that are not public yet."""
    from audioed.publishing import public

    late: list[tuple[Path, Path]] = []
    share, tidy = public.share, public.tidy

    def shared_late(*told: object) -> None:
        for each in late:
            share(*each)
        late.clear()
        tidy(*told)  # type: ignore[arg-type]

    public.share = lambda *paths: late.append(paths)
    public.tidy = shared_late


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), sys.argv[2:])
