"""What GitHub is told to do: workflows with few rights, forms that can be filled in, and a release with its notes."""

import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
import yaml

HOME = Path(__file__).parents[1]
WORKFLOWS = sorted((HOME / ".github" / "workflows").glob("*.yml"))
FORMS = [path for path in sorted((HOME / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) if path.name != "config.yml"]
RIGHTS = {"contents: read"}
"""All that a workflow has; a job that needs more says so itself."""


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_only_read_unless_a_job_says_why_it_may_more(path):
    workflow = yaml.safe_load(path.read_text("utf-8"))
    assert {f"{what}: {may}" for what, may in workflow["permissions"].items()} == RIGHTS
    for name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 45, name
        for step in job["steps"]:
            assert re.fullmatch(r"[\w./-]+@(?:v\d+|release/v1)", step.get("uses", "some/action@v1"))
            assert "${{" not in step.get("run", ""), "a branch's name must not become a command"


def test_ci_runs_on_every_python_that_the_package_names():
    project = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]
    named = {found[1] for each in project["classifiers"] if (found := re.search(r"Python :: (3\.\d+)", each))}
    workflow = yaml.safe_load((HOME / ".github/workflows/ci.yml").read_text("utf-8"))
    assert set(workflow["jobs"]["linux"]["strategy"]["matrix"]["python"]) == named


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_asks_each_question_once(path):
    form = yaml.safe_load(path.read_text("utf-8"))
    assert form["name"]
    assert form["description"]
    names = [each["id"] for each in form["body"]]
    assert len(names) == len(set(names))
    assert all(each["attributes"]["label"] for each in form["body"])
    assert any(each.get("validations", {}).get("required") for each in form["body"]) or path.name == "feature.yml"


@pytest.fixture
def release():
    spec = importlib.util.spec_from_file_location("release_notes", HOME / ".github" / "release_notes.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_this_version_has_its_notes(release):
    version = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert re.search(r"^### \w", release.notes(f"v{version}"), re.MULTILINE)
    with pytest.raises(SystemExit, match=re.escape(f"tag v{version}, or change the version")):
        release.notes("v9.9.9")


def test_notes_end_where_the_version_before_begins(release, tmp_path, monkeypatch):
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.0"\n', "utf-8")
    changelog = tmp_path / "CHANGELOG.md"
    changelog.write_text(
        "# C\n\n## Unreleased\n\n- c\n\n## 1.2.0 - 2026-01-02\n\n- b\n\n## 1.1.0 - 2026-01-01\n\n- a\n"
    )
    monkeypatch.setattr(release, "HOME", tmp_path)
    assert release.notes("v1.2.0") == "- b\n"
    changelog.write_text("# C\n\n## 1.2.0\n\n- b\n")
    with pytest.raises(SystemExit, match="no dated section"):
        release.notes("v1.2.0")
