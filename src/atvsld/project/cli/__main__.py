"""`python -m atvsld.project.cli`: how the supervisor starts its children."""

from atvsld.project.cli import main

main()
