"""Codes of the register in words."""

from __future__ import annotations

from datetime import date

from atvsld.law import load_book
from atvsld.registers.workers.rules import OCCUPATIONS, RELATIONS


def occupation(code: str, on: date) -> str:
    """An occupation in words; the code itself when the list does not have it."""
    return _label(OCCUPATIONS, code, on)


def relation(code: str, on: date) -> str:
    """A labour relation in words."""
    return _label(RELATIONS, code, on)


def occupation_choices(on: date) -> list[tuple[str, str]]:
    """Occupations as a select wants them."""
    return [(item.code, f"{item.code} – {item.label_vi}") for item in load_book().code_list(OCCUPATIONS, on=on)]


def relation_choices(on: date) -> list[tuple[str, str]]:
    """Labour relations as a select wants them."""
    return [(item.code, item.label_vi) for item in load_book().code_list(RELATIONS, on=on)]


def _label(name: str, code: str, on: date) -> str:
    item = load_book().code_list(name, on=on).get(code) if code else None
    return item.label_vi if item else code
