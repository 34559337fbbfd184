"""What has a show built every night runs from any folder, and is what each scheduler reads."""

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from lxml import etree
from typer.testing import CliRunner

from audioed.cli.app import app
from audioed.scheduling import KINDS, longest

ODD = 'it\'s 100% $HOME & "so" \\n ünd'
CARD = """
engine = "openai"
language = "en"
model = "tts"
address = "http://localhost:1/v1"
"""
SETTINGS = """
[show]
title = "Tide & <Time>"
timezone = "Europe/Berlin"
[synthesis.roles]
narrator = "silent"
[publishing]
mode = "0644"
deploy = "web"
[targets.web]
kind = "folder"
address = "www"
[nightly]
folders = ["articles"]
[notify]
to = ["phone"]
"""


@pytest.fixture
def home(tmp_path):
    home = tmp_path / (ODD if os.name == "posix" else "it's 100% & so")
    (home / "articles").mkdir(parents=True)
    (home / "www").mkdir()
    (home / "audioed.toml").write_text(SETTINGS, "utf-8")
    return home


def scheduled(home, kind, *options):
    """The files of a kind, as text."""
    to = home.parent / kind
    line = [
        "schedule",
        kind,
        "--config",
        str(home / "audioed.toml"),
        "--cache",
        str(home / "cache"),
        "--write",
        str(to),
    ]
    done = CliRunner().invoke(app, [*line, *options])
    assert done.exit_code == 0, done.output
    assert sorted(done.stdout.splitlines()) == sorted(str(path) for path in to.iterdir())
    return {path.name: path.read_text("utf-8") for path in to.iterdir()}


@pytest.mark.skipif(sys.platform == "win32", reason="cron is not there")
def test_a_line_of_cron_runs_from_any_folder(home):
    (text,) = scheduled(home, "cron", "--at", "23:05").values()
    *comments, line = text.splitlines()
    assert "AUDIOED_WEB_PASSWORD, AUDIOED_PHONE_ADDRESS" in comments[1]
    minute, hour, *_, command = line.split(maxsplit=5)
    assert (minute, hour) == ("5", "23")
    assert "%" not in command.replace(r"\%", ""), "what follows one is standard input to cron"
    done = subprocess.run(["/bin/sh", "-c", command.replace(r"\%", "%")], cwd="/", check=False)
    log = (home / "nightly.log").read_text("utf-8")
    assert done.returncode == 0, log
    assert '"result": "quiet"' in log
    assert sorted(each.name for each in home.iterdir()) == [
        *("articles", "audioed.toml", "cache", "nightly.log", "output", "www")
    ]


def test_what_systemd_verifies_may_write_to_its_own_folders_alone(home):
    files = scheduled(home, "systemd")
    service, timer = files["audioed-tide-time.service"], files["audioed-tide-time.timer"]
    assert "OnCalendar=*-*-* 04:15:00 Europe/Berlin\nPersistent=true" in timer
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes", "UMask=0077", "SuccessExitStatus=3"):
        assert f"\n{line}\n" in service
    (written,) = [line for line in service.splitlines() if line.startswith("ReadWritePaths=")]
    folders = [each.replace("%%", "%").removeprefix("-") for each in shlex.split(written.partition("=")[2])]
    assert {str(home), str(home / "cache"), str(home / "www")} <= set(folders)
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("systemd is not here, so its own judgement was not asked")
    units = [str(home.parent / "systemd" / name) for name in files]
    done = subprocess.run([program, "verify", *units], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_every_other_scheduler_reads_its_own_form_and_finds_the_same_paths(home):
    (agent,) = scheduled(home, "launchd").values()
    told = plistlib.loads(agent.encode())
    assert told["WorkingDirectory"] == str(home)
    assert told["StartCalendarInterval"] == {"Hour": 4, "Minute": 15}
    assert told["ProgramArguments"][-5:] == [
        *("nightly", "--config", str(home / "audioed.toml"), "--cache", str(home / "cache"))
    ]
    (task,) = scheduled(home, "windows").values()
    found = {etree.QName(each).localname: each.text for each in etree.fromstring(task.encode()).iter()}
    assert found["WorkingDirectory"] == str(home)
    assert subprocess.list2cmdline([str(home / "audioed.toml")]) in found["Arguments"]
    assert found["StartBoundary"].endswith("T04:15:00")
    assert found["ExecutionTimeLimit"] == "PT15000S"
    (workflow,) = scheduled(home, "github").values()
    read = yaml.safe_load(workflow)
    assert read[True]["schedule"] == [{"cron": "15 3 * * *"}]  # in winter, as GitHub's own clock has it
    assert read["jobs"]["nightly"]["timeout-minutes"] == 250
    compose = yaml.safe_load(scheduled(home, "docker")["compose.yaml"])["services"]["audioed"]
    assert compose["volumes"][0]["source"] == str(home).replace("$", "$$")
    assert compose["environment"] == ["AUDIOED_LOG=json", "AUDIOED_WEB_PASSWORD", "AUDIOED_PHONE_ADDRESS"]
    assert set(KINDS) == {"cron", "systemd", "launchd", "windows", "github", "docker"}


def test_the_limit_of_a_night_grows_with_its_work():
    assert longest(20, 20) - longest(20, 10) == 6_000
    assert longest(50, 20) - longest(20, 20) == 1_800


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["chron"], "none of cron, systemd"),
        (["cron", "--at", "25:00"], "no time of day"),
        (["cron", "--config", "."], "no audioed.toml"),
    ],
)
def test_what_cannot_be_scheduled_is_told(tmp_path, monkeypatch, line, told):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(app, ["schedule", *line])
    assert done.exit_code in {1, 2}
    assert told in done.stderr


NEEDY = """
[show]
title = "Needy"
language = "hi"
[synthesis.roles]
narrator = "silent"
[publishing]
deploy = "web"
[targets.web]
kind = "sftp"
address = "ida@example.com/www"
[nightly]
feeds = [
    "imaps://ida@mail.example.com/News", "imaps://bo@mail.example.com", "miniflux+https://reader.example.com",
    "wallabag+https://ida@bag.example.com", "https://u:p@example.com/feed.xml",
]
[notify]
to = ["phone"]
[promos.tea]
text = "Tea."
voice = "paid"
"""


def test_every_secret_and_extra_that_the_settings_need_is_named_in_every_kind(home, monkeypatch):
    (home / "audioed.toml").write_text(NEEDY, "utf-8")
    (home / "voices").mkdir()
    (home / "voices" / "paid.toml").write_text(CARD, "utf-8")
    monkeypatch.setenv("AUDIOED_BO_MAIL_EXAMPLE_COM_PASSWORD", "x")
    wanted = [
        *("AUDIOED_WEB_PASSWORD", "AUDIOED_IDA_MAIL_EXAMPLE_COM_PASSWORD", "AUDIOED_BO_MAIL_EXAMPLE_COM_PASSWORD"),
        *("AUDIOED_READER_EXAMPLE_COM_TOKEN", "AUDIOED_BAG_EXAMPLE_COM_PASSWORD", "AUDIOED_BAG_EXAMPLE_COM_CLIENT"),
        *("AUDIOED_PHONE_ADDRESS", "OPENAI_API_KEY"),
    ]
    for kind in KINDS:
        text = "".join(scheduled(home, kind).values())
        assert not [each for each in wanted if each not in text], kind
        assert "u:p" not in text
    files = scheduled(home, "docker")
    assert "ARG AUDIOED=audioed[fonts,notify,pdf,sftp]\n" in files["Dockerfile"]
    assert yaml.safe_load(files["compose.yaml"])["services"]["audioed"]["environment"] == ["AUDIOED_LOG=json", *wanted]
    steps = yaml.safe_load(scheduled(home, "github")["nightly.yml"])["jobs"]["nightly"]["steps"]
    (build,) = [each for each in steps if each.get("name") == "Build"]
    assert build["env"] == {name: f"${{{{ secrets.{name} }}}}" for name in wanted}
    assert 'pip install "audioed[fonts,notify,pdf,sftp]"' in str(steps)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="nowhere to try it")
def test_a_folder_that_cannot_be_made_is_told(home):
    done = CliRunner().invoke(app, ["schedule", "cron", "--config", str(home / "audioed.toml"), "--write", "/proc/x"])
    assert (done.exit_code, "folder cannot be made; choose another" in done.stderr) == (1, True)
