"""The two processes of an installation: web and worker."""

from __future__ import annotations

import os
import signal
import sys
import threading

import click

from atvsld.project.cli import start

_parent = click.option(
    "--until-parent-ends", is_flag=True, hidden=True, help="Dừng khi tiến trình mẹ dừng (đầu vào chuẩn đóng lại)."
)


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", envvar="PORT", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Cổng.")
@_parent
def serve(host: str, port: int, until_parent_ends: bool) -> None:
    """Chạy máy chủ web (tệp tĩnh đã gom sẵn bởi run hoặc init)."""
    if until_parent_ends:
        _follow_parent()  # the supervisor has looked at everything already, and holds the database
    else:
        start.django()
        require_own_secret()
        start.require_migrated()
        require_free(host, port)
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from atvsld.project import env

    Granian(
        "atvsld.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=env.number("ATVSLD_WEB_WORKERS", 2),
        blocking_threads=min(8, 2 * (os.cpu_count() or 1) + 1),
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()


@click.command()
@click.option("--concurrency", default=2, show_default=True, type=click.IntRange(1, 32), help="Số việc chạy cùng lúc.")
@_parent
def worker(concurrency: int, until_parent_ends: bool) -> None:
    """Chạy các việc nền: nhập tệp lớn, lập báo cáo dài, việc theo lịch."""
    start.django()
    require_own_secret()
    start.require_migrated()
    if until_parent_ends:
        _follow_parent()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    assert isinstance(app.connector, DjangoConnector)
    # asyncio takes the signals over: the job in hand is finished first, then the process ends.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with app.replace_connector(app.connector.get_worker_connector()):
        app.run_worker(concurrency=concurrency, shutdown_graceful_timeout=20)


def require_own_secret() -> None:
    """A real installation states its own secret; only the demo may use the generated one."""
    from django.conf import settings

    if settings.SECRET_IS_DEVELOPMENT and not settings.DEMO:
        raise start.Failure(
            "Hệ thống thật cần khóa bí mật riêng: đặt ATVSLD_SECRET_KEY (hoặc ATVSLD_SECRET_KEY_FILE là đường dẫn tệp "
            "chứa khóa). Tạo khóa: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


def require_free(host: str, port: int) -> None:
    """Raise Failure when somebody else listens there already."""
    import socket

    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as error:
            raise start.Failure(
                f"Không mở được {host}:{port} ({error.strerror}). Cổng có thể đang được chương trình khác dùng; "
                f"hãy chọn cổng khác, ví dụ: PORT={port % 65535 + 1} make run"
            ) from error


def _follow_parent() -> None:
    def wait() -> None:
        while os.read(sys.stdin.fileno(), 1):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, daemon=True).start()
