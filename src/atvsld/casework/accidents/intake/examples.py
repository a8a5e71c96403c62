"""Example rows of the template: plainly invented, complete enough to import."""

from __future__ import annotations

from typing import Any

from atvsld.casework.accidents.intake.columns import spec


def examples() -> list[dict[str, Any]]:
    """Two cases, one with two victims, written the way people write."""
    row = {column.name: column.example for column in spec().columns}
    second = {
        **row,
        "victim_name": "Trần Thị Bình",
        "birth_year": "1995",
        "sex": "Nữ",
        "severity": "Nhẹ",
        "injury_codes": "",
        "days_lost": "5",
        "property_damage": "",
        "medical_cost": "1500000",
        "wage_cost": "1200000",
        "compensation_cost": "",
    }
    third = {
        **row,
        "case_key": "2024-002",
        "occurred_at": "12/04/2024 09:15",
        "establishment_tax_code": "",
        "establishment_name": "",
        "labour_relation": "Không theo hợp đồng lao động",
        "cause_code": "",
        "injury_agent_code": "",
        "property_damage": "",
        "victim_name": "Lê Văn Cường",
        "birth_year": "1979",
        "severity": "Chết người",
        "injury_codes": "",
        "managed": "",
        "days_lost": "",
        "medical_cost": "",
        "wage_cost": "",
        "compensation_cost": "",
    }
    return [row, second, third]
