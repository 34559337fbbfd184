"""`python -m audioed`."""

from audioed.cli import main

main()
