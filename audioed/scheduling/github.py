"""Every night by GitHub Actions, published on GitHub Pages."""

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from audioed.scheduling.job import Job

HOURS = 24
MOST = 360
"""Minutes that GitHub lets a job run."""


def workflow(job: Job) -> dict[str, str]:
    """The workflow beside this file, at the show's time: GitHub's schedule is in UTC, in summer and winter alike."""
    text = Path(__file__).with_name("nightly.yml").read_text("utf-8")
    winter = datetime(2026, 1, 1, job.hour, job.minute, tzinfo=ZoneInfo(job.timezone)).utctimetuple()
    line = f'- cron: "{winter.tm_min} {winter.tm_hour} * * *"'
    text = re.sub(r'- cron: ".*"', line, text, count=1)
    minutes = min(MOST, round(job.limit / 60))
    text = text.replace("pip install audioed\n", f'pip install "{job.package}"\n')
    if job.secrets:  # of the repository: Settings > Secrets and variables > Actions
        given = "".join(f"          {name}: ${{{{ secrets.{name} }}}}\n" for name in job.secrets)
        text = text.replace("      - name: Build\n", f"      - name: Build\n        env:\n{given}")
    return {"nightly.yml": re.sub(r"timeout-minutes: \d+", f"timeout-minutes: {minutes}", text, count=1)}
