"""Rows of accident files for the tests, and short ways to take them in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter
from tests.casework.accidents import scene

from atvsld.casework.accidents.intake import ACCIDENTS, accept_rows
from atvsld.platform.imports import targets
from atvsld.platform.imports.findings import ImportOutcome

GOOD = {
    "case_key": "V1",
    "occurred_at": "10/02/2026 09:30",
    "place_code": "99001",
    "establishment_tax_code": "0100109106",
    "labour_relation": "contract",
    "conclusion": "occupational",
    "cause_code": "7",
    "injury_agent_code": "4",
    "property_damage": "1000000",
    "victim_name": "Nguyễn Văn Thử",
    "birth_year": "1990",
    "sex": "male",
    "occupation_code": "71",
    "severity": "minor",
    "managed": "true",
    "days_lost": "3",
    "medical_cost": "500000",
}


def row(**changes: Any) -> dict[str, Any]:
    return GOOD | changes


def take(*rows: Mapping[str, Any], act: Any = None, **options: Any) -> ImportOutcome:
    return accept_rows(act or scene.act(), rows, **options)


def take_file(
    path: Path, *, act: Any = None, mapping: Any = None, constants: Any = None, **options: Any
) -> ImportOutcome:
    return targets.accept_file(
        act or scene.act(), ACCIDENTS, path, mapping=mapping, constants=constants, options=targets.Options(**options)
    )


def write_csv(path: Path, rows: Iterable[Mapping[str, Any]], *, separator: str = ",", encoding: str = "utf-8") -> Path:
    rows = list(rows)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, cells: Iterable[Iterable[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(cells):
            for position, cell in enumerate(line):
                sheet.write(number, position, cell)
    return path


def only(outcome: ImportOutcome) -> Any:
    """The single error."""
    assert len(outcome.errors) == 1, [str(error) for error in outcome.errors]
    return outcome.errors[0]
