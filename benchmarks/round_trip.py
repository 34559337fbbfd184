"""
Written, said, heard again: do the voices say what they were given? Judges nothing.

    python benchmarks/round_trip.py [--language en] [--engines heart system] [--every N] [--show]

Every case of `tests/data/spoken/<language>/` is spoken by each voice and transcribed; the transcript is normalized
too, since a recogniser writes "$4.5 million" again. A case that one voice gets across and another does not is the
voice's own error; one that nobody gets across is the recogniser's, or ours. `--show` lists both. Needs `proof`.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np

from audioed.errors import ProofError
from audioed.model import Utterance, Voice
from audioed.proofing.recogniser import RATE, Recogniser
from audioed.scripting.normalize import normalize
from audioed.sound import resample
from audioed.synthesis.engine import adapted, load
from audioed.voices.cards import voice_cards

CASES = Path(__file__).resolve().parents[1] / "tests" / "data" / "spoken"
WINDOW = 27.0
"""Seconds; the recogniser listens to 30 at a time, and less is cheaper by none."""
PAUSE = 0.9
"""Seconds between two cases in a window."""
_LEFT_OUT = frozenset({"and", "a", "an", "the", "to", "of", "y", "e", "de", "di"})
"""Said so lightly that a recogniser writes them as it likes; "nine to eleven" comes back as "9-11"."""
_ALIKE = {"tonne": "ton", "tonnes": "tons", "litre": "liter", "litres": "liters", "oh": "zero", "ann": "anne"}
"""Spellings of one sound."""


@dataclass(frozen=True)
class Case:
    """A row of a table."""

    family: str
    written: str
    spoken: str


def cases(language: str) -> Iterator[Case]:
    """Every row of every family, with what we say for it today."""
    for path in sorted((CASES / language).glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            written = line.removeprefix("! ").partition("\t")[0]
            yield Case(path.stem, written, normalize(written, language))


def words(spoken: str) -> list[str]:
    """What must be heard: words without case, punctuation and what is hardly said."""
    found = re.findall(r"[^\W_]+", spoken.casefold().replace("'", ""))
    return [_ALIKE.get(word, word) for word in found if word not in _LEFT_OUT]


def windows(told: list[Case], voice: Voice) -> Iterator[tuple[list[Case], np.ndarray]]:
    """As many cases as fit, one after the other with pauses between them, and the sound of all."""
    engine = load(voice.engine)
    pause = np.zeros(round(PAUSE * RATE), np.float32)
    held: list[Case] = []
    sound: list[np.ndarray] = [pause]
    try:
        for case in told:
            utterance = adapted(Utterance(written=case.written, spoken=case.spoken), engine, voice)
            said = resample(engine.synthesize(utterance, voice), RATE).samples
            if held and sum(map(len, sound)) + len(said) > WINDOW * RATE:
                yield held, np.concatenate(sound)
                held, sound = [], [pause]
            held.append(case)
            sound += [said, pause]
        if held:
            yield held, np.concatenate(sound)
    finally:
        engine.close()


def wrong(told: list[Case], transcript: str, language: str) -> list[int]:
    """How many words of each case were not heard, or heard otherwise."""
    asked = [words(case.spoken) for case in told]
    reference = [word for each in asked for word in each]
    owner = [number for number, each in enumerate(asked) for _ in each]
    got = words(normalize(transcript, language))
    errors = [0] * len(told)
    for kind, start, end, first, last in SequenceMatcher(None, reference, got, autojunk=False).get_opcodes():
        if kind == "equal" or "".join(reference[start:end]) == "".join(got[first:last]):
            continue
        for place in range(start, end):
            errors[owner[place]] += 1
        if start == end and owner:
            errors[owner[min(start, len(owner) - 1)]] += last - first
    return errors


def measured(voice: Voice, told: list[Case], model: Any, language: str) -> dict[Case, tuple[int, str]]:
    """For every case the words that went wrong on the way, and what was heard of its window."""
    result: dict[Case, tuple[int, str]] = {}
    for held, sound in windows(told, voice):
        transcript = " ".join(word.text for word in model.transcribed(sound, language))
        for case, errors in zip(held, wrong(held, transcript, language), strict=True):
            result[case] = (errors, transcript)
        print(f"\r  {voice.name}: {len(result)} of {len(told)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return result


def report(told: list[Case], results: dict[str, dict[Case, tuple[int, str]]], language: str, *, show: bool) -> None:
    """Each voice by family, then whose error it was."""
    families = sorted({case.family for case in told})
    for name, result in results.items():
        whole: Counter[str] = Counter()
        many: Counter[str] = Counter(case.family for case in told)
        lost: Counter[str] = Counter()
        said: Counter[str] = Counter()
        for case, (errors, _) in result.items():
            whole[case.family] += not errors
            lost[case.family] += errors
            said[case.family] += len(words(case.spoken))
        print(f"  {name}: {whole.total() / many.total():.1%} of {many.total()} cases came across whole,", end=" ")
        print(f"{lost.total() / said.total():.1%} of the words did not")
        print(
            *(f"    {each:14} {whole[each]:4} of {many[each]:4}  {lost[each] / said[each]:6.1%}" for each in families),
            sep="\n",
        )
    own: dict[str, list[Case]] = defaultdict(list)
    nobody = []
    for case in told:
        failed = [name for name, result in results.items() if result[case][0]]
        if len(failed) == len(results):
            nobody.append(case)
        elif failed:
            own[failed[0]].append(case)
    print(f"got across by no voice: {len(nobody)}")
    for name, theirs in own.items():
        print(f"the voice's own, {name}: {len(theirs)}")
    if show:
        for title, some, name in (
            *((f"{name}'s own", theirs, name) for name, theirs in own.items()),
            ("nobody's", nobody, ""),
        ):
            print(f"\n{title}")
            for case in some:
                heard_as = results[name or next(iter(results))][case][1]
                heard = around(case, heard_as, language)
                print(f"  {case.family}: {case.written}\n    said  {case.spoken}\n    heard {heard}")


def around(case: Case, transcript: str, language: str) -> str:
    """The part of a window's transcript that is most like this case."""
    stretches = re.split(r"(?<=[.?!]) ", transcript)
    asked = words(case.spoken)
    return max(
        stretches, key=lambda piece: SequenceMatcher(None, asked, words(normalize(piece, language))).ratio(), default=""
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="en", metavar="CODE")
    parser.add_argument(
        "--engines", nargs="+", default=["heart", "system"], metavar="VOICE", help="names of voice cards"
    )
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth case")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    try:
        model = Recogniser()
    except ProofError as error:
        sys.exit(str(error))
    cards = voice_cards(Path())
    told = list(cases(options.language))[:: options.every]
    results = {name: measured(cards[name], told, model, options.language) for name in options.engines}
    report(told, results, options.language, show=options.show)


if __name__ == "__main__":
    main()
