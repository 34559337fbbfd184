"""Every night in a container, started by the clock of the machine that it runs on."""

import json
from pathlib import Path

from audioed.scheduling.job import Job


def image(job: Job) -> dict[str, str]:
    """The Dockerfile beside this file, and how Docker Compose runs it on the show's folder."""
    environment = "".join(f"      - {name}\n" for name in job.secrets)
    compose = f"""\
# {job.show}: `docker compose --file /path/to/compose.yaml run --rm audioed` is a night; a line for `crontab -e`:
# {job.minute} {job.hour} * * *  docker compose --file /path/to/compose.yaml run --rm audioed >> nightly.log 2>&1
services:
  audioed:
    build: .
    image: {json.dumps(job.name)}
    command: ["nightly"]
    read_only: true
    tmpfs: ["/tmp"]
    cap_drop: ["ALL"]
    security_opt: ["no-new-privileges:true"]
    volumes:
      - type: bind
        source: {json.dumps(str(job.home).replace("$", "$$"))}
        target: /show
      - type: volume
        source: cache
        target: /cache
    environment:
      - AUDIOED_LOG=json
{environment}volumes:
  cache:
"""
    image = Path(__file__).with_name("Dockerfile").read_text("utf-8")
    given = "".join(f"-e {name} " for name in job.secrets)
    image = image.replace("-e AUDIOED_WEB_PASSWORD ", given).replace("audioed[deploy]", job.package)
    return {"Dockerfile": image, "compose.yaml": compose}
