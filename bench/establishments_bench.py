"""A messy file of 20,000 establishments, the same file mended and sent again; and 5,000 planted duplicates."""

from __future__ import annotations

import csv
import random
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

ROWS = 20_000
BASE, DUPLICATES = 20_000, 5_000
SEED = 2026


def run(say: Callable[[str], None]) -> None:
    """Time both into the benchmark database, which the caller throws away."""
    with tempfile.TemporaryDirectory() as folder:
        messy, clean = Path(folder) / "messy.csv", Path(folder) / "clean.csv"
        rows = list(_rows(ROWS))
        chance = random.Random(SEED)
        _write(messy, (_spoilt(row, chance) for row in rows))
        _write(clean, rows)
        for title, path in (("messy file", messy), ("mended file", clean), ("the same again", clean)):
            took, outcome = _import(path)
            say(f"{title:<27} {ROWS / took:9,.0f} rows/s   {outcome}")
        say(f"peak memory of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    _duplicates(say)


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


def _write(path: Path, rows: Iterator[dict[str, str]] | list[dict[str, str]]) -> None:
    held = list(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, held[0].keys())
        writer.writeheader()
        writer.writerows(held)


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
