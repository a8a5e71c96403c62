"""Establishments by the file beside a bare COPY of the same rows; a messy file mended; 5,000 planted duplicates.

`python -m bench establishments --full` takes 1,000,000 rows of text and 200,000 of a workbook.
"""

from __future__ import annotations

import csv
import os
import random
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Self

MESSY = 20_000
TEXT, WORKBOOK = 100_000, 20_000
FULL_TEXT, FULL_WORKBOOK = 1_000_000, 200_000
BLOCK = 20_000
BASE, DUPLICATES = 20_000, 5_000
SEED = 2026


def run(say: Callable[[str], None]) -> None:
    """Time all of it into the benchmark database, which the caller throws away."""
    full = os.environ.get("BENCH_FULL") == "1"
    with tempfile.TemporaryDirectory(dir="/var/tmp" if Path("/var/tmp").is_dir() else None) as folder:
        _messy(say, Path(folder))
        _large(say, Path(folder) / "establishments.csv", FULL_TEXT if full else TEXT)
        _large(say, Path(folder) / "establishments.xlsx", FULL_WORKBOOK if full else WORKBOOK)
    _duplicates(say)


def _messy(say: Callable[[str], None], folder: Path) -> None:
    messy, clean = folder / "messy.csv", folder / "clean.csv"
    chance = random.Random(SEED)
    _write(messy, (_spoilt(row, chance) for row in _rows(MESSY)))
    _write(clean, _rows(MESSY))
    for title, path in (("messy file", messy), ("mended file", clean), ("the same again", clean)):
        took, outcome = _import(path)
        say(f"{title:<27} {MESSY / took:9,.0f} rows/s   {outcome}")
    _empty()


def _large(say: Callable[[str], None], path: Path, count: int) -> None:
    """The same rows by bare COPY and by the import, twice; what it took of both processors and of memory."""
    (_write_workbook if path.suffix == ".xlsx" else _write)(path, _rows(count))
    floor = _bare_copy(_rows(count))
    say(f"{count:,} rows of {path.suffix}, load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    say(f"{'bare COPY of one table':<27} {count / floor:9,.0f} rows/s")
    for title in ("first import", "the same again"):
        with _Watch() as watch:
            took, outcome = _import(path)
        say(f"{title:<27} {count / took:9,.0f} rows/s   1/{took / floor:.1f} of the bare COPY   {outcome}")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        say(f"{'':<27} processors: {watch.own:.1f} s here, {watch.theirs:.1f} s in the database;"
            f" memory at most: {memory} MB here, {watch.peak} MB in the database")  # fmt: skip
    path.unlink()
    _empty()


@dataclass
class _Watch:
    """Processor time of this process and of the database's, and the most memory the latter took for itself (MB)."""

    own: float = 0.0
    theirs: float = 0.0
    peak: int = 0
    _done: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Self:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self._process = Path("/proc") / str(cursor.fetchone()[0])
        self._own, self._theirs = time.process_time(), self._cpu()
        self._thread = threading.Thread(target=self._sample)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._done.set()
        self._thread.join()
        self.own, self.theirs = time.process_time() - self._own, self._cpu() - self._theirs

    def _sample(self) -> None:
        while not self._done.wait(0.2):
            for line in self._read("status").splitlines():
                if line.startswith("RssAnon:"):
                    self.peak = max(self.peak, int(line.split()[1]) // 1024)

    def _cpu(self) -> float:
        """Seconds of user and system time; 0 for a database on another machine."""
        parts = self._read("stat").rpartition(")")[2].split()
        return sum(map(int, parts[11:13])) / os.sysconf("SC_CLK_TCK") if parts else 0.0

    def _read(self, name: str) -> str:
        try:
            return (self._process / name).read_text()
        except OSError:
            return ""


def _bare_copy(rows: Iterator[dict[str, str]]) -> float:
    """Seconds to COPY the same values, as text, into one plain table: what no import can beat.

    Rows are made a block at a time, and making them is not counted.
    """
    from django.db import connection, transaction

    took = 0.0
    width = 0
    with transaction.atomic(), connection.cursor() as cursor:
        while block := [list(row.values()) for row in islice(rows, BLOCK)]:
            begun = time.perf_counter()
            if not width:
                width = len(block[0])
                columns = ", ".join(f"c{number} text" for number in range(width))
                cursor.execute("DROP TABLE IF EXISTS bare_establishment")
                cursor.execute(f"CREATE TABLE bare_establishment (id bigserial PRIMARY KEY, {columns})")
            names = ", ".join(f"c{number}" for number in range(width))
            with cursor.copy(f"COPY bare_establishment ({names}) FROM STDIN") as copy:
                for row in block:
                    copy.write_row(row)
            took += time.perf_counter() - begun
        begun = time.perf_counter()
    took += time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bare_establishment")
    return took


def _empty() -> None:
    """The register as it was: nothing in it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE establishments_establishment, establishments_establishmentevent, establishments_enterprise,"
            " establishments_enterpriseevent, establishments_workforceyear, establishments_workforceyearevent,"
            " establishments_establishmentindustry, establishments_establishmentindustryevent CASCADE"
        )


def _duplicates(say: Callable[[str], None]) -> None:
    from tests.registers.establishments import planted

    made = planted.build(SEED, base=BASE, duplicates=DUPLICATES)
    begun = time.perf_counter()
    precision, recall, _wrong, _missed = planted.measured(made)
    took = time.perf_counter() - begun
    among = f"{DUPLICATES:,} duplicates among {len(made.subjects):,}"
    say(f"{among}: precision {precision:.2%}, recall {recall:.2%}, {took:.1f} s")


def _rows(count: int) -> Iterator[dict[str, str]]:
    from stdnum.vn import mst

    from atvsld.registers.places.models import Place

    chance = random.Random(SEED)
    places = list(Place.objects.filter(level="commune", valid_to=None).values_list("code", flat=True).order_by("code"))
    codes = (
        f"{stem}{digit}"
        for stem in range(980_000_001, 989_999_999)
        if len(digit := mst.calc_check_digit(str(stem))) == 1
    )
    for number in range(count):
        yield {
            "MST": next(codes),
            "Tên doanh nghiệp": f"Công ty TNHH Thử {number}",
            "Địa chỉ": f"{chance.randint(1, 400)} Trần Phú",
            "Mã xã": chance.choice(places),
            "Hệ thống ngành": chance.choice(["2018", "2025"]),
            "Ngành": chance.choice(["1410", "4101", "2395", "4933"]),
            "Loại hình": chance.choice(["02", "03", "05"]),
            "Điện thoại": f"0{chance.randrange(200_000_000, 999_999_999)}",
            "Năm": "2025",
            "Lao động": str(chance.randrange(1, 900)),
            "Lao động nữ": "",
            "Quỹ lương": f"{chance.randrange(1, 900)}.000.000",
        }


def _spoilt(row: dict[str, str], chance: random.Random) -> dict[str, str]:
    """One row in eight has something wrong with it, one in five is only untidy."""
    dice = chance.random()
    if dice < 0.125:
        column, value = chance.choice(
            [
                ("MST", row["MST"][:-1] + str((int(row["MST"][-1]) + 1) % 10)), ("Mã xã", "99999"), ("Ngành", "9Z"),
                ("Lao động", "khoảng 10"), ("Năm", "2031"), ("Tên doanh nghiệp", ""), ("Hệ thống ngành", "1993"),
            ]
        )  # fmt: skip
        return row | {column: value}
    if dice < 0.325:
        return row | {
            "MST": f"{row['MST'][:2]}.{row['MST'][2:5]} {row['MST'][5:]}",
            "Tên doanh nghiệp": f"  {row['Tên doanh nghiệp'].upper()} ",
        }
    return row


def _write(path: Path, rows: Iterable[dict[str, str]]) -> None:
    given = iter(rows)
    first = next(given)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, first.keys())
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(given)


def _write_workbook(path: Path, rows: Iterable[dict[str, str]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            if not number:
                page.write_row(0, 0, list(row))
            page.write_row(number + 1, 0, list(row.values()))


def _import(path: Path) -> tuple[float, str]:
    from atvsld.platform.access.actor import system_actor
    from atvsld.platform.access.permissions import all_permissions
    from atvsld.platform.acts import Act, Channel
    from atvsld.platform.imports import targets

    act = Act(system_actor("bench", all_permissions()), Channel.CLI)
    begun = time.perf_counter()
    outcome = targets.accept_file(act, targets.get("establishments"), path)
    took = time.perf_counter() - begun
    return took, f"accepted {outcome.accepted:,}, unchanged {outcome.unchanged:,}, rejected {outcome.rejected:,}"
