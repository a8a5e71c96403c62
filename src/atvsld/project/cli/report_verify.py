"""`atvsld report verify`: is a printed report ours, and do the frozen facts still give it?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from atvsld.project.cli import start

if TYPE_CHECKING:
    from atvsld.oversight.snapshots.facade import Result

# What the command leaves with, so that a script can tell the answers apart.
EXIT_CODES = {"equal": 0, "figures_equal": 3, "different": 4, "altered": 4, "unknown": 5}
_WORDS = {
    "equal": "KHỚP: đúng là tệp đã chấp nhận; tính lại từ dữ liệu đã chốt và in lại ra từng byte như vậy.",
    "figures_equal": "SỐ LIỆU KHỚP, TỆP ĐÃ BỊ SỬA: số liệu trong tệp vẫn đúng như đã chấp nhận.",
    "different": "KHÔNG KHỚP: số liệu trong tệp hoặc trong kho khác số liệu đã chấp nhận.",
    "altered": "KHÔNG KHỚP: tệp đã bị sửa, không đọc được số liệu trong tệp để so.",
    "unknown": "KHÔNG RÕ: không có báo cáo đã chấp nhận nào ứng với tệp này.",
}


@click.command("verify")
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def command(*, file: Path, as_json: bool) -> None:
    """Đối chiếu TỆP (PDF, Word, Excel, JSON, HTML) với báo cáo đã chấp nhận.

    Mã thoát: 0 khớp từng byte; 3 số liệu khớp nhưng tệp đã sửa; 4 không khớp; 5 không có báo cáo ứng với tệp.
    """
    start.django()
    start.require_migrated()
    from atvsld.oversight.snapshots.facade import verify

    try:
        given = file.read_bytes()
    except OSError as error:
        raise start.Failure(f"Không đọc được {file}: {error.strerror}.") from error
    result = verify(given)
    click.echo(json.dumps(told(result), ensure_ascii=False, indent=2) if as_json else "\n".join(lines(result)))
    sys.exit(EXIT_CODES[result.verdict.value])


def told(result: Result) -> dict[str, Any]:
    """The answer as data."""
    snapshot, store = result.snapshot, result.store
    return {
        "verdict": result.verdict.value,
        "format": result.format,
        "sha256": result.sha256,
        "report": snapshot
        and {
            "code": snapshot.code, "form": snapshot.form, "form_valid_from": snapshot.form_valid_from.isoformat(),
            "period": snapshot.period, "subject": snapshot.subject_code, "number": snapshot.number,
            "state": snapshot.state, "as_of": snapshot.as_of.isoformat(), "law_version": snapshot.law_version,
            "accepted_by": snapshot.accepted_by_name, "figures_sha256": snapshot.figures_digest,
        },
        "store": store
        and {
            "facts_unchanged": store.facts_unchanged, "recounted": store.recounted, "redrawn": store.redrawn,
            "engine_moved": store.engine_moved,
        },
        "cells": [change.to_data() for change in store.cells] if store else [],
        "spots": [spot.to_data() for spot in result.spots],
    }  # fmt: skip


def lines(result: Result) -> list[str]:
    """The answer in sentences."""
    found = [_WORDS[result.verdict.value]]
    snapshot, store = result.snapshot, result.store
    if snapshot is not None:
        found.append(
            f"  {snapshot.form} kỳ {snapshot.period}, {snapshot.subject_name}, lần {snapshot.number}"
            f" ({snapshot.get_state_display()}), mã {snapshot.spelled_code}"
        )
    if store is not None:
        parts = (
            ("dữ liệu đã chốt còn nguyên", store.facts_unchanged), ("tính lại ra đúng số liệu", store.recounted),
            ("in lại ra đúng từng byte", store.redrawn),
        )  # fmt: skip
        found += [f"  {'✓' if good else '✗'} {what}" for what, good in parts]
        if store.engine_moved and not store.redrawn:
            found.append("  (bộ in nay là phiên bản khác lúc chấp nhận; so theo tệp đã giữ)")
        found += [
            f"  {change.table}/{change.row}/{change.column}: {change.was} → {change.now}" for change in store.cells
        ]
    found += [f"  {spot.where}: đã chấp nhận “{spot.kept}”, trong tệp “{spot.found}”" for spot in result.spots]
    return found
