"""The command `atvsld`: one file per family of commands, loaded only when asked for."""

from __future__ import annotations

import importlib
import importlib.util
import signal
import sys
from types import FrameType

import click

from atvsld import __version__

# Name on the command line → module here and the click command in it.
COMMANDS = {
    "run": "run:command",
    "init": "setup:command",
    "demo": "demo:command",
    "serve": "serve:serve",
    "worker": "serve:worker",
    "import": "imports:command",
    "report": "report:command",
    "paper": "paper:command",
    "law": "law:command",
    "places": "places:command",
    "plan": "plan:command",
    "duties": "duties:command",
    "bodies": "bodies:command",
    "declarations": "declarations:command",
    "providers": "providers:command",
    "workers": "workers:command",
    "check": "check:command",
    "backup": "backup:backup",
    "restore": "backup:restore",
    "manage": "manage:command",
}


class Families(click.Group):
    """Finds a command's module by name, so that one family cannot slow or break another."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in COMMANDS if importlib.util.find_spec(_module(name))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = getattr(importlib.import_module(_module(cmd_name)), COMMANDS[cmd_name].split(":")[1])
        return found


def _module(name: str) -> str:
    return f"{__name__}.{COMMANDS[name].split(':')[0]}"


@click.group(cls=Families, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="atvsld")
def group() -> None:
    """Hệ thống thông tin quản lý nhà nước về an toàn, vệ sinh lao động cấp tỉnh.

    Lần đầu: “atvsld run” mở tỉnh mẫu; “atvsld init” lập hệ thống thật.
    Dữ liệu nằm trong ATVSLD_HOME (mặc định var/), hoặc ở máy chủ PostgreSQL trong DATABASE_URL.
    """


def _leave(number: int, _frame: FrameType | None) -> None:
    """A polite request to stop must still release the database and remove half-written files."""
    sys.exit(128 + number)


def main() -> None:
    """Entry point. Exit code 0 on success, 1 on failure, 2 for a wrong command line."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    group(prog_name="atvsld")
