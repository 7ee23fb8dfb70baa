"""`python -m infopool` is `infopool`."""

from infopool.cli import main

main()
