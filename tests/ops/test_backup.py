"""Backup and restore: complete, proved by counts, never over existing data, never from a damaged file."""

from __future__ import annotations

import io
import json
import stat
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from atvsld.platform.accounts.models import User
from atvsld.platform.database import archive
from atvsld.registers.places.models import Place

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
# What a data folder may hold: files handed in, the province's boundaries and templates, and things of a later version.
FILES = {
    "files/2026/biên bản.txt": "đã ký",
    "boundaries.json": '{"on": "2026-07-01", "rings": {}}',
    "templates/quyết định.docx": "mẫu của tỉnh",
    "van-sau/them.bin": "của phiên bản sau",
}
# The secret opens what is sealed; the rest is the database itself, is made again, or is unfinished.
NOT_KEPT = ("secret.key", "postgres/PG_VERSION", "static/x.css", "static.stamp", "backups/cũ.tar", "boundaries.new")
MOMENT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A backup of two places, one account and a data folder with files of every kind."""
    for number in (1, 2):
        Place.objects.create(
            code=f"0000{number}", name=f"Xã Điện {number}", name_folded="xa dien", level="commune", kind="xã",
            valid_from="2025-07-01",
        )  # fmt: skip
    User.objects.create_user(username="an", full_name="Nguyễn Thị An")
    home = tmp_path / "home"
    for name, content in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(content, encoding="utf-8")
    for name in NOT_KEPT:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("không mang theo", encoding="utf-8")
    target = home / "backups" / "sao lưu.tar"
    return target, archive.write(target, home=home, at=MOMENT, secret="dấu")


@pytest.fixture
def other_database() -> Iterator[str]:
    """A second, empty database on the same server, and the connection pointing at it."""
    own, other = connection.settings_dict["NAME"], f"{connection.settings_dict['NAME']}_restored"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{other}"')
        cursor.execute(f'CREATE DATABASE "{other}" TEMPLATE template0')
    connection.close()
    connection.settings_dict["NAME"] = other
    yield other
    connection.close()
    connection.settings_dict["NAME"] = own
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{other}"')


def test_what_was_saved_comes_back_in_an_empty_database(
    made: tuple[Path, dict[str, Any]], other_database: str, tmp_path: Path
) -> None:
    source, manifest = made
    folder = tmp_path / "new"
    # What a new installation already has does not stand in the way.
    folder.mkdir()
    (folder / "secret.key").write_text("khóa mới", encoding="utf-8")
    assert archive.read(source, home=folder) == manifest
    assert manifest["secret"] == "dấu"
    assert manifest["tables"]["places_place"] == 2
    assert [place.name for place in Place.objects.order_by("code")] == ["Xã Điện 1", "Xã Điện 2"]
    assert User.objects.get().full_name == "Nguyễn Thị An"
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {*FILES, "secret.key"}
    assert all((folder / name).read_text(encoding="utf-8") == content for name, content in FILES.items())
    assert (folder / "secret.key").read_text(encoding="utf-8") == "khóa mới"
    # The history triggers came along: a change in the restored database is recorded as before.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'pgtrigger%'")
        assert cursor.fetchone()[0] > 0


def test_a_backup_is_private_and_never_overwritten(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    target, _manifest = made
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = target.read_bytes()
    with pytest.raises(archive.ArchiveError, match="không ghi đè"):
        archive.write(target, home=tmp_path / "home", at=MOMENT)
    assert target.read_bytes() == before


def test_nothing_is_restored_over_existing_tables(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    source, _manifest = made
    with pytest.raises(archive.ArchiveError, match="trống"):
        archive.read(source, home=tmp_path / "new")
    assert Place.objects.count() == 2


def test_nothing_is_restored_over_files_of_the_folder(
    made: tuple[Path, dict[str, Any]], other_database: str, tmp_path: Path
) -> None:
    source, _manifest = made
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "boundaries.json").write_text("của tỉnh", encoding="utf-8")
    with pytest.raises(archive.ArchiveError, match=r"boundaries\.json"):
        archive.read(source, home=tmp_path / "new")
    assert connection.introspection.table_names() == []


def test_a_backup_of_the_first_format_is_still_read(
    made: tuple[Path, dict[str, Any]], other_database: str, tmp_path: Path
) -> None:
    """It held the folder of files alone, under another name."""
    source, manifest = made
    files = {name: name.removeprefix("home/") for name in manifest["files"] if name.startswith("home/files/")}
    first = manifest | {"format": 1, "files": sorted(files.values())}
    first["sha256"] = {
        files.get(name, name): value
        for name, value in manifest["sha256"].items()
        if name in files or name == archive.DUMP
    }
    old = tmp_path / "bản đầu.tar"
    with tarfile.open(source) as tar, tarfile.open(old, "w") as out:
        for member in tar:
            if member.name in files or member.name == archive.DUMP:
                content = tar.extractfile(member)
                part = tarfile.TarInfo(files.get(member.name, member.name))
                part.size = member.size
                out.addfile(part, content)
        text = json.dumps(first).encode()
        head = tarfile.TarInfo(archive.MANIFEST)
        head.size = len(text)
        out.addfile(head, io.BytesIO(text))
    archive.read(old, home=tmp_path / "new")
    assert (tmp_path / "new" / "files/2026/biên bản.txt").read_text(encoding="utf-8") == "đã ký"
    assert not (tmp_path / "new" / "boundaries.json").exists()
    assert Place.objects.count() == 2


def test_a_damaged_backup_restores_nothing(
    made: tuple[Path, dict[str, Any]], other_database: str, tmp_path: Path
) -> None:
    source, _manifest = made
    with tarfile.open(source) as tar:
        place = next(member for member in tar if member.name == archive.DUMP).offset_data + 5000
    damaged = bytearray(source.read_bytes())
    damaged[place] ^= 1
    source.chmod(0o600)
    source.write_bytes(damaged)
    with pytest.raises(archive.ArchiveError, match="mã băm"):
        archive.read(source, home=tmp_path / "new")
    assert connection.introspection.table_names() == []


def test_a_file_that_is_no_backup_is_refused_in_words(other_database: str, tmp_path: Path) -> None:
    source = tmp_path / "ảnh.tar"
    source.write_bytes(b"not a tar file")
    with pytest.raises(archive.ArchiveError, match="không phải tệp sao lưu"):
        archive.read(source, home=tmp_path / "new")
