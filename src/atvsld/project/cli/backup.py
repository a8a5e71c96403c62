"""`atvsld backup` and `atvsld restore`: one file with the database, the files of the data folder and check sums."""

from __future__ import annotations

from pathlib import Path

import click

from atvsld.project.cli import start
from atvsld.project.cli.output import json_option, print_json, timed


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Tệp sao lưu; mặc định backups/atvsld-NGÀY-GIỜ.tar trong thư mục dữ liệu.",
)
@json_option
def backup(output: Path | None, as_json: bool) -> None:
    """Sao lưu cơ sở dữ liệu và mọi tệp của thư mục dữ liệu vào một tệp; hệ thống vẫn chạy trong lúc đó.

    Khóa bí mật (ATVSLD_SECRET_KEY hoặc secret.key) KHÔNG nằm trong bản sao lưu: giữ riêng, thiếu khóa thì số định
    danh và tệp đã niêm phong không mở lại được.
    """
    start.django()
    start.require_migrated()
    from django.conf import settings

    from atvsld.platform.acts import clock
    from atvsld.platform.database import archive

    now = clock.now()
    target = output or Path(settings.HOME) / "backups" / f"atvsld-{now:%Y%m%d-%H%M%S}.tar"
    try:
        with timed("Sao lưu"):
            manifest = archive.write(target, home=Path(settings.HOME), at=now, secret=_mark())
    except (archive.ArchiveError, OSError) as error:
        raise start.Failure(str(error)) from error
    rows = sum(manifest["tables"].values())
    if as_json:
        print_json({"file": str(target), "bytes": target.stat().st_size, **manifest})
        return
    size = f"{target.stat().st_size / 2**20:.1f}".replace(".", ",")
    click.echo(f"{target} ({size} MB, {len(manifest['tables'])} bảng, {rows} dòng, {len(manifest['files'])} tệp)")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def restore(file: Path, as_json: bool) -> None:
    """Khôi phục từ tệp sao lưu vào một cơ sở dữ liệu TRỐNG; kiểm tra mã băm trước, số dòng sau.

    Không bao giờ ghi đè dữ liệu đang có. Muốn thay thế: đặt ATVSLD_HOME là thư mục mới, hoặc DATABASE_URL là cơ sở
    dữ liệu mới, khôi phục vào đó rồi chuyển sang dùng.
    """
    start.django()
    from django.conf import settings

    from atvsld.platform.database import archive

    try:
        with timed("Khôi phục"):
            manifest = archive.read(file, home=Path(settings.HOME))
    except (archive.ArchiveError, OSError) as error:
        raise start.Failure(str(error)) from error
    same = manifest.get("secret", "") in ("", _mark())
    if not same:
        click.echo(
            "CẢNH BÁO: khóa bí mật của hệ thống này khác khóa lúc sao lưu. Số định danh và tệp đã niêm phong chưa mở"
            " được; đặt lại ATVSLD_SECRET_KEY (hoặc secret.key) như cũ trước khi dùng.",
            err=True,
        )
    if as_json:
        print_json({"restored": str(file), "same_secret": same, **manifest})
        return
    rows = sum(manifest["tables"].values())
    click.echo(f"Đã khôi phục {len(manifest['tables'])} bảng, {rows} dòng, {len(manifest['files'])} tệp.")


def _mark() -> str:
    """A mark of the installation's secret, from which the secret cannot be found."""
    from atvsld.platform import vault

    return vault.fingerprint("atvsld", purpose="backup.secret")
