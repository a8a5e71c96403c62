"""Codes of the law book as people read them: labels and choices in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import get_language

from atvsld.kit.dated import NotInForce
from atvsld.law import CodeItem, CodeList, load_book

Choices = list[tuple[Any, Any]]


def listed(name: str, on: date) -> CodeList | None:
    """The list in force on a day; None when there was none."""
    try:
        return load_book().code_list(name, on=on)
    except NotInForce:
        return None


def label(name: str, code: str | None, on: date) -> str:
    """`7 – Vi phạm nội quy…`; the bare code when the list of the day does not know it, nothing for no code."""
    if not code:
        return ""
    codes = listed(name, on)
    item = codes.get(code) if codes else None
    return f"{code} – {_text(item)}" if item else code


def name_of(item: CodeItem) -> str:
    """Label of an item in the language of the page."""
    return _text(item)


def choices(name: str, on: date, *, deepest: int | None = None) -> Choices:
    """Codes one may record on a day, gathered under the headings of the list."""
    codes = listed(name, on)
    if codes is None:
        return []
    items = [item for item in codes.choices if deepest is None or item.level <= deepest]
    if codes.groups:
        grouped = [(_label(group.label), [_choice(i) for i in items if i.group == group.key]) for group in codes.groups]
        return [*grouped, *(_choice(item) for item in items if item.group is None)]
    return _by_top(codes, items)


def _by_top(codes: CodeList, items: Iterable[CodeItem]) -> Choices:
    """Under the top items of a tree; flat when the list has one level."""
    found: dict[str, Choices] = {}
    flat: Choices = []
    for item in items:
        top = codes.ancestor(item.code, 1)
        if item.level == 1 and not codes.children(item.code):
            flat.append(_choice(item))
        else:
            assert top is not None
            found.setdefault(f"{top.code} – {_text(top)}", []).append(_choice(item))
    return [*found.items(), *flat]


def _choice(item: CodeItem) -> tuple[str, str]:
    return item.code, f"{item.code} – {_text(item)}"


def _text(item: CodeItem) -> str:
    return item.label_en if get_language() == "en" and item.label_en else item.label_vi


def _label(text: Any) -> str:
    return str(text.en if get_language() == "en" and text.en else text.vi)
