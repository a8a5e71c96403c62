"""`atvsld run`: everything on one machine with one command, and everything stopped by one Ctrl-C."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from types import FrameType
from typing import Self

import click

from atvsld.project.cli import prepare, start
from atvsld.project.cli.output import progress, timed
from atvsld.project.cli.serve import require_free, require_own_secret

READY_SECONDS = 60
STOP_SECONDS = 30
# A child that ends this often within a minute is not going to stay up.
MAX_RESTARTS = 5


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe (HOST).")
@click.option(
    "--port", envvar="PORT", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Cổng (PORT)."
)
def command(host: str, port: int) -> None:
    """Chạy tất cả: cơ sở dữ liệu, web, việc nền; lần đầu nạp tỉnh mẫu (ATVSLD_DEMO=0: không nạp)."""
    begun = time.monotonic()
    os.environ.setdefault("ATVSLD_DEMO", "1")
    require_free(host, port)
    with timed("Mở cơ sở dữ liệu"):
        start.django()
    require_own_secret()
    prepare.database()
    prepare.reference_data()
    logins = _demo()
    prepare.static_files()
    _close_connections()
    supervisor = Supervisor(
        [
            Child("web", ["serve", "--host", host, "--port", str(port)]),
            Child("việc nền", ["worker"]),
        ]
    )
    with supervisor:
        if _wait_until_ready(supervisor, host, port):
            _welcome(f"http://{_shown(host)}:{port}/", logins, time.monotonic() - begun)
        supervisor.watch()


@dataclass
class Child:
    """A process of ours, restarted when it ends by itself."""

    name: str
    arguments: list[str]
    process: subprocess.Popen[bytes] | None = None
    ends: list[float] = field(default_factory=list)

    def start(self) -> None:
        command = [sys.executable, "-m", "atvsld.project.cli", *self.arguments, "--until-parent-ends"]
        # A session of its own: Ctrl-C reaches us alone, and we stop the children in order.
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None


class Supervisor:
    """Starts the children, restarts one that dies, stops all on leaving."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = False

    def __enter__(self) -> Self:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        return self

    def __exit__(self, *_error: object) -> None:
        for child in self.children:
            if child.process and not child.ended():
                child.process.terminate()
        end = time.monotonic() + STOP_SECONDS
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                progress(f"Tiến trình {child.name} không chịu dừng; buộc dừng.")
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait()
        progress("Đã dừng.")

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if not self.stopping:
            progress("\nĐang dừng …")
        self.stopping = True

    def watch(self) -> None:
        """Until asked to stop. Raises Failure when a child cannot be kept alive."""
        while not self.stopping:
            for child in self.children:
                if child.ended() and not self.stopping:
                    self._restart(child)
            time.sleep(0.2)

    def _restart(self, child: Child) -> None:
        now = time.monotonic()
        child.ends = [moment for moment in child.ends if now - moment < 60] + [now]
        if len(child.ends) > MAX_RESTARTS:
            raise start.Failure(f"Tiến trình {child.name} liên tục dừng; xem thông báo lỗi ở trên.")
        progress(f"Tiến trình {child.name} đã dừng bất ngờ; khởi động lại.")
        child.start()


def _demo() -> list[tuple[str, str, str]]:
    """Build the demo province when wanted and absent; rows of (role, name, password) to show."""
    from django.conf import settings

    if not settings.DEMO or not importlib.util.find_spec("atvsld.project.demo"):
        return []
    from atvsld.platform.accounts.models import User
    from atvsld.project import demo

    if not demo.exists():
        if User.objects.exists():
            raise start.Failure(
                "Cơ sở dữ liệu này đang có dữ liệu thật; không nạp tỉnh mẫu vào. "
                "Đặt ATVSLD_DEMO=0 để chạy hệ thống thật."
            )
        with timed("Lập tỉnh mẫu (dữ liệu tổng hợp, chỉ lần đầu)"):
            demo.build(progress=lambda *_parts: None)
    return [(login.role, login.username, login.password) for login in demo.logins()]


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


def _wait_until_ready(supervisor: Supervisor, host: str, port: int) -> bool:
    url = f"http://{_shown(host)}:{port}/readyz"
    end = time.monotonic() + READY_SECONDS
    missing = ""
    while time.monotonic() < end and not supervisor.stopping:
        web = supervisor.children[0]
        if web.ended():
            raise start.Failure("Máy chủ web không khởi động được; xem thông báo lỗi ở trên.")
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            missing = _missing(error)
        except OSError:
            pass
        time.sleep(0.1)
    if not supervisor.stopping:
        progress(f"Chưa sẵn sàng hoàn toàn sau {READY_SECONDS} giây. {missing}".rstrip())
    return not supervisor.stopping


def _missing(error: urllib.error.HTTPError) -> str:
    try:
        found = json.loads(error.read())["checks"]
    except (ValueError, KeyError):
        return f"Trang trả lời mã {error.code}."
    return "; ".join(f"{check['name']}: {check['detail']}" for check in found if not check["ok"])


def _shown(host: str) -> str:
    """An address a browser on this machine can open."""
    if host in {"0.0.0.0", "::", ""}:  # noqa: S104 compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _welcome(address: str, logins: list[tuple[str, str, str]], seconds: float) -> None:
    click.echo(f"\nSẵn sàng sau {seconds:.1f} giây:  {address}\n".replace(".", ",", 1))
    if logins:
        click.echo("DỮ LIỆU MẪU – TỔNG HỢP. Tài khoản dùng thử:")
        width = max(len(name) for _role, name, _password in logins)
        for role, name, password in logins:
            click.echo(f"  {name:<{width}}  mật khẩu {password}  {role}")
    click.echo("\nDừng: Ctrl-C")
