"""What a Python user writes; mypy checks it, and a test runs it with a voice that hums."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import audioed

if TYPE_CHECKING:
    audioed.opne  # type: ignore[attr-defined]  # a name that there is not is refused


class Printed(audioed.Listener):
    """Says which stage begins."""

    def stage(self, name: str) -> None:
        print(f"{name} ...")


def main(folder: Path, article: str) -> None:
    show = audioed.open(folder, voices={"narrator": "silent"}, cache=folder / "cache", listener=Printed())
    episode: audioed.Episode = show.render(article, title="Tonight", day=date(2026, 3, 14))
    audio: Path = show.audio(episode)
    print(episode.title, round(episode.duration), audio.stat().st_size > 0)

    articles, skips = show.extract(article)
    names: list[str] = [each.title for each in articles] + [skip.reason for skip in skips]
    script: audioed.Script = show.write(*articles, fresh=True)
    speech: audioed.Speech = show.speak(script)
    print(names, len(speech.clips) == len(script.utterances))

    edited = replace(show.script(episode), cuts=())
    again = show.render(edited)
    assert again == show.render(show.folder_of(again) / "script.json")
    feed: audioed.Feed = show.publish()
    known: list[audioed.Episode] = list(show.episodes())
    print(feed.episodes == (again.name,), known == [again])
    verified: audioed.Verification = show.verify(again)
    print([rule.name for rule in verified.findings])

    try:
        report: audioed.Report = show.nightly(date(2026, 3, 15))
        print(report.episode)
    except audioed.ConfigError as error:
        print(error.key, error)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
