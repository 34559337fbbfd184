"""Every night on Windows, by its Task Scheduler, which catches up on what it slept through."""

from subprocess import list2cmdline
from xml.sax.saxutils import escape

from audioed.scheduling.job import Job


def task(job: Job) -> dict[str, str]:
    """
    A task (Task Scheduler schema 1.2) for `schtasks /create /tn NAME /xml FILE`.

    It has no environment of its own: what must be set is set for the user, with `setx`.
    """
    program, *words = job.line
    variables = "".join(f" Before that: setx {name} {list2cmdline([value])}" for name, value in job.environment.items())
    kept = f" Put {', '.join(job.secrets)} into the keyring." if job.secrets else ""
    told = f"{job.show}.{kept} schtasks /create /tn {job.name} /xml {job.name}.xml{variables}"
    return {
        f"{job.name}.xml": f"""\
<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>{escape(told)}</Description></RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>2026-01-01T{job.hour:02}:{job.minute:02}:00</StartBoundary>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>
    <ExecutionTimeLimit>PT{job.limit:.0f}S</ExecutionTimeLimit>
    <Priority>7</Priority>
  </Settings>
  <Actions>
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(list2cmdline(words))}</Arguments>
      <WorkingDirectory>{escape(str(job.home))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""
    }
