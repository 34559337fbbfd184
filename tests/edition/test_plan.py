"""A night may be looked at before: what it would read, in which order, and about how long; nothing is left behind."""

import json

from tests.test_dry_run import everything
from tests.test_nights_told import broken, put, run, skipped  # noqa: F401 - a fixture


def test_a_dry_run_tells_what_the_night_reads_and_leaves_nothing_behind(run, tmp_path):  # noqa: F811
    put(tmp_path, "alpha.txt", "beta.txt", "gamma.txt")
    broken(tmp_path, "z.md")
    assert run(0)[0] == 3
    put(tmp_path, "delta.txt", "epsilon.txt")
    broken(tmp_path, "y.md")
    before = everything(tmp_path)
    code, told, errors = run(1, "--dry-run")
    assert code == 0
    *parts, total = told.splitlines()
    rows = [*(line.split(maxsplit=2)[::2] for line in parts), total.split(maxsplit=1)]
    assert [title for _, title in rows] == ["Opening", "Delta", "Epsilon", "Closing", "under a minute"]
    assert [start for start, _ in rows] == sorted(start for start, _ in rows)
    assert skipped(errors) == ["articles/y.md"]
    planned = json.loads(run(1, "--dry-run", "--json")[1])
    changed = {path for path, state in everything(tmp_path).items() if before.get(path) != state}
    assert not {path for path in changed if not path.endswith("audioed.toml")}
    made = json.loads(run(1, "--json")[1])
    assert [each["title"] for each in planned["articles"]] == made["articles"] == ["Delta", "Epsilon"]
    assert planned["title"] == made["title"]
    assert list(planned["reasons"]) == list(made["reasons"]) == ["articles/y.md"]
    code, told, errors = run(2, "--dry-run")
    assert (code, told) == (0, "Nothing is new.\n")
