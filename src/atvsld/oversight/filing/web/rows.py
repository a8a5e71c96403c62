"""Rows of the entry page as HTML. A form has a thousand cells: templates would take ten times as long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Field:
    """One place to write: what stands in it, what the registers hold, and what is to be said of it."""

    key: str
    text: str
    kind: str
    label: str = ""
    register: str = ""
    departs: bool = False
    bad: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a `label`, a `text` that is printed, `fields` to write in (two for a pair), or a `computed` figure.

    `counted`: records stand behind what the registers hold of it.
    """

    kind: Literal["label", "text", "fields", "computed", "blank"]
    text: str = ""
    column: str = ""
    head: str = ""
    fields: tuple[Field, ...] = ()
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `order` is its place among all rows of the form's table."""

    key: str
    kind: str
    level: int
    order: int
    cells: tuple[Cell, ...]


def draw(row: Row, table: str, *, labelled: bool) -> SafeString:
    """The row as a `tr`. Everything that did not come from this file is escaped."""
    key, place = escape(row.key), f"{escape(table)}/{escape(row.key)}"
    named = f"r:{place} " if labelled else ""
    cells = "".join(_cell(cell, escape(table), place, named) for cell in row.cells)
    return mark_safe(  # noqa: S308 - every text is escaped
        f'<tr data-row="{key}" data-order="{row.order}" class="row-{row.kind} level-{row.level}">{cells}</tr>\n'
    )


def _cell(cell: Cell, table: str, place: str, named: str) -> str:
    match cell.kind:
        case "label":
            return f'<th scope="row" id="r:{place}">{escape(cell.text)}</th>'
        case "text":
            head = f' data-label="{escape(cell.head)}"' if cell.text else ""
            return f'<td class="fixed"{head}>{escape(cell.text)}</td>'
        case "computed":
            key = escape(cell.fields[0].key)
            return (
                f'<td class="computed" data-label="{escape(cell.head)}">'
                f'<output data-computed="{key}" id="o:{key}" tabindex="-1">{escape(cell.text)}</output></td>'
            )
        case "fields":
            labels = f"{named}c:{table}/{escape(cell.column)}"
            inputs = [_field(one, labels) for one in cell.fields]
            inner = inputs[0] if len(inputs) == 1 else _pair(inputs)
            counted = " data-counted" if cell.counted else ""
            return f'<td data-label="{escape(cell.head)}"{counted}>{inner}</td>'
    return '<td class="blank"></td>'


def _pair(inputs: list[str]) -> str:
    return f'<span class="entry-pair">{"<span class=pair>/</span>".join(inputs)}</span>'


def _field(one: Field, labels: str) -> str:
    key, number = escape(one.key), one.kind == "number"
    marks = [name for name in ("departs", "bad") if getattr(one, name)] + (["remarked"] if one.remarks else [])
    register = f' data-register="{escape(one.register)}"' if one.register else ""
    mode = ' inputmode="decimal"' if number else ""
    wrong = ' aria-invalid="true"' if one.bad else ""
    return (
        f'<span class="{" ".join(["entry-field", *marks])}">'
        f'<input class="entry-input{" entry-number" if number else ""}" id="o:{key}" name="c:{key}" data-key="{key}"'
        f'{register} value="{escape(one.text)}"{mode} aria-labelledby="{labels}"{wrong}>{_note(one)}</span>'
    )


def _note(one: Field) -> str:
    if not (one.departs or one.remarks):
        return ""
    held = escape(_("sổ: %(held)s") % {"held": one.register}) if one.departs else ""
    said = "".join(f" <b>{escape(remark)}</b>" for remark in one.remarks)
    return f'<small class="entry-note">{held}{said}</small>'
