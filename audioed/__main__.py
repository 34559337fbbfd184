"""`python -m audioed`."""

from audioed.cli.app import main

main()
