"""`python -m sleutelbos` is the command too."""

from sleutelbos.cli import main

main()
