"""What a command needs before it works: the settings, Django, and a database that answers."""

from __future__ import annotations

import importlib.util
import os
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from atvsld.platform.acts.act import Act


class Failure(click.ClickException):
    """A sentence for the person at the terminal; exit code 1, no traceback."""

    def show(self, file: object = None) -> None:
        click.echo(f"Lỗi: {self.message}", err=True)


def django(*, database: bool = True) -> None:
    """Read the settings and set Django up; with `database`, start the embedded server if none is configured.

    Raises Failure with the remedy when a setting is wrong or the server cannot start.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atvsld.project.settings")
    import django as framework
    from django.conf import settings

    from atvsld.platform.database import DatabaseUrlError, EmbeddedError, ensure_running
    from atvsld.project.env import EnvError, text

    try:
        home = settings.HOME
        if database and not text("DATABASE_URL"):
            ensure_running(home)
    except (DatabaseUrlError, EmbeddedError, EnvError, OSError) as error:
        raise Failure(str(error)) from error
    framework.setup()
    if database:
        _without_pool()


def _without_pool() -> None:
    """A command has one thread: a pool would only keep threads alive that delay its end."""
    from django.conf import settings

    settings.DATABASES["default"]["OPTIONS"].pop("pool", None)


def require_migrated() -> None:
    """Raise Failure unless the database answers and has every table of this version."""
    from django.db import OperationalError

    from atvsld.project import health

    try:
        waiting = health.unapplied_migrations()
    except OperationalError as error:
        raise Failure(f"Không kết nối được cơ sở dữ liệu: {str(error).strip()}") from error
    if waiting:
        raise Failure("Cơ sở dữ liệu chưa được lập hoặc chưa nâng cấp; hãy chạy “atvsld init”.")


def holds_demo() -> bool:
    """Whether the records are the synthetic province, however this command was started."""
    from django.conf import settings

    if settings.DEMO or not importlib.util.find_spec("atvsld.project.demo"):
        return bool(settings.DEMO)
    from atvsld.project import demo

    return demo.exists()


def command_line_act(reason: str = "") -> Act:
    """The act of whoever sits at this machine's terminal: every permission, named in history by account."""
    import getpass

    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions
    from atvsld.platform.acts.act import Act, Channel
    from atvsld.registers.offices.roles import roles

    granted = set(all_permissions()).union(*(role.permissions for role in roles().values()))
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        account = str(os.getuid())
    return Act(actor=system_actor(f"Dòng lệnh ({account})", granted), channel=Channel.CLI, reason=reason)
