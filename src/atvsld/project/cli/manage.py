"""Passthrough to Django's own commands, for developers and for rescue."""

from __future__ import annotations

import click

from atvsld.project.cli import start


@click.command(
    "manage",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True, "allow_interspersed_args": False},
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Lệnh của Django (dành cho người phát triển), ví dụ: atvsld manage shell."""
    start.django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["atvsld manage", *arguments])
