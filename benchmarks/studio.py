"""
The studio at work: from a click to its first sound, a 90-minute edition opened, hostile texts through every field.

    python benchmarks/studio.py [--hostile 10000]

Prints milliseconds, as medians, on the clock and, for a machine that others use, too, of the processor; and how many
of the texts were refused, taken, or broke something.
"""

import argparse
import json
import random
import re
import statistics
import string
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import quote

from starlette.testclient import TestClient

from audioed.opening import opened
from audioed.place import QUIET
from audioed.studio.actions import ACTIONS
from audioed.studio.app import application
from audioed.studio.desk import Desk
from audioed.studio.guard import Keys

SAMPLE = Path(__file__).parents[1] / "samples" / "night-ferry.html"
CLICKS = 20
MINUTES = 90
LEFT = {"about", "tonight", "approve", "undo", "publish", "verify", "picture", "waveform", "discard", "remove"}
PIECES = (
    *(
        "<script>",
        "</script>",
        "javascript:",
        "onerror=",
        "'",
        '"',
        "../",
        "..\\",
        "%2e%2e%2f",
        "\x00",
        "\n",
        "\r",
        "{{",
        "}}",
    ),
    *(
        "[a](/b/)",
        "/etc/passwd",
        "file://",
        "http://127.0.0.1:1/",
        "\u202e",
        "\ud800",
        "\x1b]0;",
        "🎉",
        "\u0301",
        "'''",
        '"""',
    ),
    *("[[", "]]", "=", "#", "con", "aux", "~", "$(id)", "`id`", "-1", "1e999", "NaN", "a" * 300, " "),
)


class Asker:
    """A page of a studio on a new show."""

    def __init__(self, home: Path) -> None:
        """Nothing is published in this folder yet."""
        self.home = home
        self.desk = Desk(None, lambda path: opened(path, home, cache=home / "cache", listener=QUIET))
        self.keys = Keys()
        self.used = 0.0
        """Milliseconds of the processor for the last answer."""
        self.client = TestClient(application(self.desk, self.keys), base_url="http://127.0.0.1:8123")

    def ask(self, method: str, path: str, **body: object) -> tuple[float, object]:
        """How long an answer takes, in milliseconds, and the answer."""
        headers = {"Authorization": f"Bearer {self.keys.token}", "X-Audioed-Studio": "1"}
        headers["Content-Type"] = "application/json"
        begun, used = time.perf_counter(), time.process_time()
        if method == "GET":
            answer = self.client.get(path, headers=headers, params=body)
        else:
            answer = self.client.request(method, path, headers=headers, content=json.dumps(body))
        self.used = 1000 * (time.process_time() - used)
        return 1000 * (time.perf_counter() - begun), answer


def clicks(asker: Asker, name: str) -> None:
    """A sentence that was never spoken before, in the default voice, whole at the page."""
    said = [
        each for part in asker.ask("GET", f"/api/editions/{name}")[1].json()["segments"] for each in part["utterances"]
    ]
    asker.ask("GET", f"/api/editions/{name}/utterances/{said[0]['id']}/sound")  # the engine is warm
    took, used = [], []
    for each in said[1 : CLICKS + 1]:
        spent, answer = asker.ask("GET", f"/api/editions/{name}/utterances/{each['id']}/sound")
        assert answer.status_code == 200
        took.append(spent)
        used.append(asker.used)
    print(
        f"click to first sound, never spoken: median {statistics.median(took):.0f} ms of {len(took)}, "
        f"most {max(took):.0f}; of the processor {statistics.median(used):.0f}, most {max(used):.0f}"
    )
    again = [
        asker.ask("GET", f"/api/editions/{name}/utterances/{each['id']}/sound")[0] for each in said[1 : CLICKS + 1]
    ]
    print(f"click to first sound, spoken before: median {statistics.median(again):.0f} ms, most {max(again):.0f}")


def long_edition(asker: Asker) -> None:
    """An edition of so many minutes."""
    sentence = "The tide came in at {} past six, and the boats that had waited on the {} lifted one after another. "
    chance = random.Random(24)  # noqa: S311 - the same each time
    paragraphs = []
    for place in range(MINUTES * 60 // 22):
        words = [chance.choice(("quay", "sand", "shore", "mud", "slip")) for _ in range(4)]
        text = " ".join(sentence.format(place * 4 + at, word) for at, word in enumerate(words))
        paragraphs.append(f"## Part {place // 12 + 1}\n\n{text}" if place % 12 == 0 else text)
    (asker.home / "long.md").write_text("# Ninety minutes\n\n" + "\n\n".join(paragraphs), "utf-8")
    spent, answer = asker.ask("POST", "/api/editions", article="long.md")
    name = answer.json()["edition"]
    print(f"an article of {MINUTES} minutes made a draft: {spent:.0f} ms")
    rows = asker.ask("GET", "/api/editions")[1].json()["editions"]
    minutes = next(row["minutes"] for row in rows if row["name"] == name)
    took = [(*asker.ask("GET", f"/api/editions/{name}"), asker.used) for _ in range(5)]
    count = sum(len(part["utterances"]) for part in took[0][1].json()["segments"])
    spent = statistics.median(each[0] for each in took)
    print(
        f"an edition of {minutes} minutes, {count} utterances, {len(took[0][1].content) / 1e6:.1f} MB, "
        f"opened: {spent:.0f} ms, of the processor {statistics.median(each[2] for each in took):.0f}"
    )
    one = [each for part in took[0][1].json()["segments"] for each in part["utterances"]][count // 2]
    path = f"/api/editions/{name}/utterances/{one['id']}"
    print(f"a sentence of it changed and kept: {asker.ask('PATCH', path, version=one['version'], pause=2)[0]:.0f} ms")
    print(f"what would change: {asker.ask('GET', f'/api/editions/{name}/difference')[0]:.0f} ms")


def hostile(asker: Asker, name: str, count: int) -> None:
    """So many hostile texts, each in some field of some action."""
    chance = random.Random(24)  # noqa: S311 - the same each time
    outside = {path for path in asker.home.parent.rglob("*") if asker.home not in path.parents}
    said = [
        each for part in asker.ask("GET", f"/api/editions/{name}")[1].json()["segments"] for each in part["utterances"]
    ]
    known = {"edition": name, "utterance": said[1]["id"], "version": said[1]["version"], "article": 1, "job": 1}
    actions = [each for each in ACTIONS if each.name not in LEFT]
    outcomes: Counter[str] = Counter()
    for _ in range(count):
        action = chance.choice(actions)
        names = list(action.asked.__dataclass_fields__)
        body = {each: known[each] for each in names if each in known}
        for each in names:
            if each not in body or chance.random() < 0.1:
                body[each] = "".join(chance.choices((*PIECES, *string.ascii_letters), k=chance.randint(0, 6)))
        path = action.path
        for each in re.findall(r"\{(\w+)\}", action.path):
            path = path.replace(f"{{{each}}}", quote(str(body.pop(each, "x")).encode("utf-8", "replace"), safe=""))
        if action.is_read:
            body = {key: str(value).encode("utf-8", "replace").decode() for key, value in body.items()}
        _, answer = asker.ask(action.method, path, **body)
        assert answer.status_code < 500, (action.name, body, answer.text)
        outcomes[str(answer.status_code)] += 1
    now = {path for path in asker.home.parent.rglob("*") if asker.home not in path.parents}
    assert now == outside, now ^ outside
    own = {
        "audioed.toml",
        "ferry.html",
        "long.md",
        "output",
        "cache",
        "voices",
        "choices.toml",
        "queue.txt",
        "tonight.txt",
    }
    own |= {"articles", "promos"}
    assert {path.name for path in asker.home.iterdir()} <= own
    assert asker.ask("GET", f"/api/editions/{name}")[1].status_code == 200
    print(
        f"{count:,} hostile texts: {dict(sorted(outcomes.items()))}; no answer of 500, no file outside the show touched"
    )


def main() -> None:
    """All of it, in a folder that goes again."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--hostile", type=int, default=10_000)
    count = options.parse_args().hostile
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "show"
        home.mkdir()
        (home / "ferry.html").write_bytes(SAMPLE.read_bytes())
        asker = Asker(home)
        name = asker.ask("POST", "/api/editions", article="ferry.html")[1].json()["edition"]
        clicks(asker, name)
        long_edition(asker)
        hostile(asker, name, count)
        asker.desk.close()


if __name__ == "__main__":
    main()
