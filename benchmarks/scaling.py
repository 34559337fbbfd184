"""
The plans of docs/scaling.md, from the throughput of one core. Prints figures, judges nothing.

    python benchmarks/scaling.py HEART PIPER KOKORO [--master S] [--price DOLLARS]

HEART, PIPER and KOKORO are seconds of sound a second and core, as `benchmarks/cluster.py` prints them; `--master` the
seconds in which two cores master an hour (`benchmarks/mastering.py speed`).
"""

import argparse

ARTICLES, ARCHIVE = 10_000, 1_000_000
MINUTES = 5.0
"""Of sound for an article of 800 words."""
NIGHT = 4
"""Hours."""
CORES = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("heart", "piper", "kokoro"):
        parser.add_argument(name, type=float)
    parser.add_argument("--master", type=float, default=12.0)
    parser.add_argument("--price", type=float, default=0.04, help="US dollars a core-hour")
    options = parser.parse_args()
    day, archive = (count * MINUTES / 60 for count in (ARTICLES, ARCHIVE))
    mastering = day * options.master * 2 / 3600
    print(f"{ARTICLES} articles a day: {day:.0f} hours of sound; mastering {mastering:.1f} core-hours")
    voices = (("Heart", options.heart, 24_000), ("Piper", options.piper, 22_050), ("Kokoro", options.kokoro, 24_000))
    for name, speed, rate in voices:
        hours, whole = day / speed, archive / speed
        print(f"{name}, {speed} s of sound a second and core")
        print(f"  a day: {hours:.0f} core-hours, {hours / 24:.1f} cores all day, {hours / NIGHT:.0f} in {NIGHT} hours")
        print(f"  ${hours * options.price:.2f} a day; clips {day * 3600 * rate * 2 / 1e9:.0f} GB")
        print(f"  {ARCHIVE} articles: {whole:.0f} core-hours, {whole / CORES / 24:.1f} days on {CORES} cores")
        print(f"  ${whole * options.price:.0f}")


if __name__ == "__main__":
    main()
