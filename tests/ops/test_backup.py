"""Backup and restore: complete, proved by counts, never over existing data, never from a damaged file."""

from __future__ import annotations

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
MOMENT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A backup of two places, one account and one uploaded file."""
    for number in (1, 2):
        Place.objects.create(
            code=f"0000{number}", name=f"Xã Điện {number}", name_folded="xa dien", level="commune", kind="xã",
            valid_from="2025-07-01",
        )  # fmt: skip
    User.objects.create_user(username="an", full_name="Nguyễn Thị An")
    files = tmp_path / "files"
    (files / "2026").mkdir(parents=True)
    (files / "2026" / "biên bản.txt").write_text("đã ký", encoding="utf-8")
    target = tmp_path / "sao lưu.tar"
    return target, archive.write(target, files=files, at=MOMENT)


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
    assert archive.read(source, files=folder) == manifest
    assert manifest["tables"]["places_place"] == 2
    assert [place.name for place in Place.objects.order_by("code")] == ["Xã Điện 1", "Xã Điện 2"]
    assert User.objects.get().full_name == "Nguyễn Thị An"
    assert (folder / "2026" / "biên bản.txt").read_text(encoding="utf-8") == "đã ký"
    # The history triggers came along: a change in the restored database is recorded as before.
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'pgtrigger%'")
        assert cursor.fetchone()[0] > 0


def test_a_backup_is_private_and_never_overwritten(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    target, _manifest = made
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    before = target.read_bytes()
    with pytest.raises(archive.ArchiveError, match="không ghi đè"):
        archive.write(target, files=tmp_path / "files", at=MOMENT)
    assert target.read_bytes() == before


def test_nothing_is_restored_over_existing_tables(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    source, _manifest = made
    with pytest.raises(archive.ArchiveError, match="trống"):
        archive.read(source, files=tmp_path / "new")
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
        archive.read(source, files=tmp_path / "new")
    assert connection.introspection.table_names() == []


def test_a_file_that_is_no_backup_is_refused_in_words(other_database: str, tmp_path: Path) -> None:
    source = tmp_path / "ảnh.tar"
    source.write_bytes(b"not a tar file")
    with pytest.raises(archive.ArchiveError, match="không phải tệp sao lưu"):
        archive.read(source, files=tmp_path / "new")
