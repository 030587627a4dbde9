"""`python -m sokoni.apps.cli`: the command line where no `sokoni` script is on the path."""

from sokoni.apps.cli import app

app()
