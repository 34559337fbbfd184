"""Every night on a Mac, by launchd, which catches up on what it slept through."""

import plistlib
from typing import Any

from audioed.scheduling.job import Job


def agent(job: Job) -> dict[str, str]:
    """A property list (launchd.plist(5)) for ~/Library/LaunchAgents."""
    label = f"org.audioed.{job.name}"
    told: dict[str, Any] = {
        "Label": label,
        "ProgramArguments": [*job.line],
        "WorkingDirectory": str(job.home),
        "EnvironmentVariables": dict(job.environment),
        "StartCalendarInterval": {"Hour": job.hour, "Minute": job.minute},
        "StandardErrorPath": str(job.home / "nightly.log"),
        "StandardOutPath": str(job.home / "nightly.log"),
        "ProcessType": "Background",
        **({"Umask": job.umask} if job.umask is not None else {}),
    }
    text = plistlib.dumps(told, sort_keys=False).decode()
    if job.secrets:
        note = f"<!-- launchd knows no secrets: put {', '.join(job.secrets)} into the keyring. -->"
        text = text.replace("<plist ", f"{note}\n<plist ", 1)
    return {f"{label}.plist": text}
