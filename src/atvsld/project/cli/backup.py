"""`atvsld backup` and `atvsld restore`: one file with the database, the uploaded files and their check sums."""

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
    """Sao lưu cơ sở dữ liệu và tệp đính kèm vào một tệp; hệ thống vẫn chạy trong lúc đó."""
    start.django()
    start.require_migrated()
    from django.conf import settings

    from atvsld.platform.acts import clock
    from atvsld.platform.database import archive

    now = clock.now()
    target = output or Path(settings.HOME) / "backups" / f"atvsld-{now:%Y%m%d-%H%M%S}.tar"
    try:
        with timed("Sao lưu"):
            manifest = archive.write(target, files=Path(settings.HOME) / "files", at=now)
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
            manifest = archive.read(file, files=Path(settings.HOME) / "files")
    except (archive.ArchiveError, OSError) as error:
        raise start.Failure(str(error)) from error
    if as_json:
        print_json({"restored": str(file), **manifest})
        return
    rows = sum(manifest["tables"].values())
    click.echo(f"Đã khôi phục {len(manifest['tables'])} bảng, {rows} dòng, {len(manifest['files'])} tệp.")
