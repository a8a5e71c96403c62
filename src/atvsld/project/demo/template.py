"""A workbook of new accidents, as an employer or a commune would send it, to try the import with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

from atvsld.project.demo.accidents import VIET_NAM, Case, Generator
from atvsld.project.demo.establishments import Firm
from atvsld.project.demo.ground import Ground
from atvsld.project.demo.material import Industry, chance_of, material
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.places import tree

COLUMNS = (
    "case_key", "occurred_at", "place_code", "establishment_tax_code", "establishment_name", "labour_relation",
    "conclusion", "cause_code", "injury_agent_code", "property_damage", "victim_name", "birth_year", "sex",
    "occupation_code", "severity", "injury_codes", "managed", "days_lost", "medical_cost", "wage_cost",
    "compensation_cost",
)  # fmt: skip
ROWS = 40
SHEET = "Tai nạn"


def demo_template(path: Path, seed: int = 2026) -> int:
    """Write about forty good rows of accidents in the demo's own establishments; number of rows.

    Needs the demo province. Every row has a case key, so that importing the file twice changes nothing.
    """
    rows = list(_rows(seed))
    workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    sheet = workbook.add_worksheet(SHEET)
    bold = workbook.add_format({"bold": True, "bg_color": "#dbe7f5", "border": 1})
    moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    text = workbook.add_format({"num_format": "@"})
    for column, name in enumerate(COLUMNS):
        sheet.write_string(0, column, name, bold)
        sheet.set_column(column, column, 18)
    for number, row in enumerate(rows, start=1):
        for column, name in enumerate(COLUMNS):
            value = row.get(name)
            if value is None:
                continue
            if name == "occurred_at":
                sheet.write_datetime(number, column, value, moment)
            elif isinstance(value, int):
                sheet.write_number(number, column, value)
            else:
                sheet.write_string(number, column, value, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
    workbook.close()
    return len(rows)


def _rows(seed: int) -> list[dict[str, Any]]:
    chance = chance_of(seed, "workbook")
    ground = Ground(tree.current(), chance_of(seed, "ground"))
    generator = Generator(ground, _firms(), chance)
    codes = {pk: node.code for pk, node in tree.current().nodes.items()}
    firms = Establishment.objects.in_bulk()
    found: list[dict[str, Any]] = []
    for case in generator.cases(2.0):
        # Accidents of the last month of the demo: a newer sending than what is already there.
        if case.occurred_at.astimezone(VIET_NAM).strftime("%Y-%m") != "2026-10" or len(found) >= ROWS:
            continue
        found.extend(_victim_rows(case, f"MAU-{len(found) + 1:03d}", codes, firms))
    return found


def _victim_rows(case: Case, key: str, codes: dict[int, str], firms: dict[int, Establishment]) -> list[dict[str, Any]]:
    firm = firms.get(case.establishment_id or 0)
    shared = {
        "case_key": key,
        "occurred_at": (case.occurred_at.astimezone(VIET_NAM)).replace(tzinfo=None),
        "place_code": codes[case.place_id],
        "establishment_tax_code": firm.tax_code if firm else None,
        "establishment_name": firm.name if firm else None,
        "conclusion": case.conclusion,
        "cause_code": case.cause_code,
        "injury_agent_code": case.injury_agent_code,
        "property_damage": case.property_damage,
    }
    return [
        shared
        | {name: victim[name] for name in COLUMNS if name in victim}
        | {
            "victim_name": victim["name"],
            "injury_codes": ";".join(victim["injury_codes"]) or None,
            "managed": None if victim["managed"] is None else str(victim["managed"]).lower(),
        }
        for victim in case.victims
    ]


def _firms() -> list[Firm]:
    """The demo's establishments as the generator wants them; industries are told by their code."""
    by_code: dict[str, Industry] = {}
    for industry in material().industries.values:
        for code in industry.codes.values():
            by_code[code] = industry
    found = []
    for record in Establishment.objects.filter(closed_on__isnull=True, industry_code__in=by_code).order_by("tax_code"):
        stated = record.workforce.order_by("-year").values_list("workers", flat=True).first()
        found.append(Firm(record, by_code[record.industry_code], record.place_id, stated or 1, 2023))
    return found
