"""Every night by cron or systemd."""

import shlex

from audioed.scheduling.job import Job

HARDENED = """\
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectHostname=yes
ProtectControlGroups=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
CapabilityBoundingSet=
SystemCallArchitectures=native
SystemCallFilter=@system-service
"""
"""No MemoryDenyWriteExecute: libraries that call back into Python write code (libffi)."""


def cron(job: Job) -> dict[str, str]:
    """A line for `crontab -e`; a percent sign would end its command there (crontab(5))."""
    variables = [f"{name}={shlex.quote(value)}" for name, value in job.environment.items()]
    words = [*(["env", *variables] if variables else []), shlex.join(job.line)]
    umask = f"umask {job.umask:03o} && " if job.umask is not None else ""
    log = shlex.quote(str(job.home / "nightly.log"))
    command = f"cd {shlex.quote(str(job.home))} && {umask}{' '.join(words)} >> {log} 2>&1"
    escaped = command.replace("%", r"\%")
    return {
        f"{job.name}.cron": f"# {job.show}, every night by the clock of this machine; add it with `crontab -e`.\n"
        f"{_secrets(job, '# Cron knows no secrets: put {} into the keyring, or into lines above this one.')}"
        f"{job.minute} {job.hour} * * *  {escaped}\n"
    }


def systemd(job: Job) -> dict[str, str]:
    """A service that may write to its own folders alone, and a timer that catches up on what it slept through."""
    environment = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in job.environment.items())
    mask = f"UMask={job.umask:04o}\n" if job.umask is not None else ""
    file = f"/etc/audioed/{job.name}.env"
    service = f"""\
# {job.show}: put this and {job.name}.timer into /etc/systemd/system/, then `systemctl enable --now {job.name}.timer`.
{_secrets(job, f"# {file}, which only root may read, has a line NAME=value for {{}}.")}\
[Unit]
Description=audioed: {_plain(job.show)}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={_plain(job.user)}
WorkingDirectory={_plain(str(job.home))}
ExecStart={" ".join(_quoted(each).replace("$", "$$") for each in job.line)}
{environment}EnvironmentFile=-{file}
# 3: a source of the show failed, and the night went on without it.
SuccessExitStatus=3
TimeoutStartSec={job.limit:.0f}
Nice=10
{mask}{HARDENED}\
# All else is safe from it. A minus: a folder that need not be there; run one night by hand, which makes them.
ReadWritePaths={" ".join(_quoted(f"-{each}" if each != job.home else f"{each}") for each in job.writes)}
"""
    timer = f"""\
[Unit]
Description=audioed every night: {_plain(job.show)}

[Timer]
OnCalendar=*-*-* {job.hour:02}:{job.minute:02}:00 {job.timezone}
Persistent=true
RandomizedDelaySec=120

[Install]
WantedBy=timers.target
"""
    return {f"{job.name}.service": service, f"{job.name}.timer": timer}


def _secrets(job: Job, told: str) -> str:
    return f"{told.format(', '.join(job.secrets))}\n" if job.secrets else ""


def _plain(text: str) -> str:
    """A value to the end of its line, where `%` begins a specifier (systemd.unit(5))."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of several (systemd.syntax(7)), as it is."""
    escaped = _plain(word.replace("\\", "\\\\").replace('"', '\\"'))
    return f'"{escaped}"'
