"""What a worker is made of: a process of its own that knows the settings and has never spoken to a database."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection

import django
from django.apps import apps
from django.conf import settings


def _prepare() -> None:
    """Everything that is read once, so that a new worker begins as fast as an old one goes on."""
    django.setup()
    from django.utils.translation import gettext

    from atvsld.kit.workdays import WorkCalendar
    from atvsld.law import load_book
    from atvsld.registers.duties.ladder import house
    from atvsld.registers.duties.owners import owners
    from atvsld.registers.offices.roles import roles

    for read in (load_book, house, owners, roles):
        read()
    for year in (2024, 2025, 2026, 2027):
        WorkCalendar().is_working_day(date(year, 1, 3))
    gettext("Hạn")


if not apps.ready:  # in the clean process, where nobody has set the house up yet
    _prepare()


def work(line: Connection, database: str) -> None:
    """Say when it is ready, then take ticks until the line ends."""
    from django.db import connection, connections

    from atvsld.registers.duties import facade as duties

    held = settings.DATABASES["default"]
    held["OPTIONS"].pop("pool", None)
    connections.settings["default"]["NAME"] = held["NAME"] = database
    connection.ensure_connection()
    line.send("ready")
    with suppress(EOFError):
        while True:
            duties.tick(line.recv())
            line.send("done")
