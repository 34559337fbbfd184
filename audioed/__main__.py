"""`python -m audioed`."""

from audioed.cli.app import run

run()
