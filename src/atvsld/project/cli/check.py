"""`atvsld check`: is this installation fit for work, and if not, what is to be done."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import click

from atvsld.project.cli import start
from atvsld.project.cli.output import json_option, print_json

FREE_BYTES = 2 * 2**30
MARKS = {"ok": "đạt ", "warn": "lưu ý", "fail": "LỖI "}


@dataclass(frozen=True, slots=True)
class Finding:
    """`level`: ok, warn (works, but look at it) or fail (does not work)."""

    name: str
    level: str
    detail: str


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Kiểm tra hệ thống: cơ sở dữ liệu, pháp luật, tệp giao diện, khóa bí mật, chỗ trống, tiến trình nền."""
    start.django()
    found = [*_conditions(), *_installation()]
    failed = any(finding.level == "fail" for finding in found)
    if as_json:
        rows = [{"name": item.name, "level": item.level, "detail": item.detail} for item in found]
        print_json({"ok": not failed, "checks": rows})
    else:
        for item in found:
            click.echo(f"{MARKS[item.level]}  {item.name}: {item.detail}")
    if failed:
        raise SystemExit(1)


def _conditions() -> list[Finding]:
    """The conditions of /readyz. Without a worker pages still work, so that one only warns."""
    from atvsld.project import health

    return [
        Finding(check.name, "ok" if check.ok else "warn" if check.name == "worker" else "fail", check.detail)
        for check in health.checks()
    ]


def _installation() -> list[Finding]:
    from django.conf import settings

    package = Path(__file__).resolve().parents[2]
    styles, font = package / "platform/ui/static/vendor/tabler.min.css", package / "documents/fonts/Tinos-Regular.ttf"
    missing = [path.name for path in (styles, font) if not path.exists()]
    free = shutil.disk_usage(settings.HOME if Path(settings.HOME).exists() else "/").free
    return [
        Finding("assets", "fail", f"thiếu {', '.join(missing)}; chạy make assets hoặc cài lại gói")
        if missing
        else Finding("assets", "ok", "giao diện và phông chữ đủ"),
        Finding("secret", "ok" if _demo() else "fail", "đang dùng khóa tự sinh, chỉ hợp với tỉnh mẫu")
        if settings.SECRET_IS_DEVELOPMENT
        else Finding("secret", "ok", "khóa riêng"),
        Finding("disk", "ok" if free > FREE_BYTES else "warn", f"còn {free / 2**30:.1f} GB trống".replace(".", ",")),
    ]


def _demo() -> bool:
    from django.db import DatabaseError

    try:
        return start.holds_demo()
    except DatabaseError:  # said by the conditions above
        return False
