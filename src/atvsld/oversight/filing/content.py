"""What is handed in, as plain JSON: the same content makes the same digest, years later too."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from atvsld.oversight.filing import keys
from atvsld.oversight.filing.numbers import plain
from atvsld.oversight.reporting.words import Words

FORMAT = 1
Figures = Mapping[str, Mapping[str, Mapping[str, Decimal | None]]]


@dataclass(frozen=True, slots=True)
class Content:
    """One report as it was, or would be, handed in.

    `figures` and `registers` by table, row and column; rows of open lists that hold nothing are left out.
    `reasons` say by key why a figure departs from the registers, `explanations` by check why it does not hold.
    `files` name what is attached, with its SHA-256.
    """

    report: str
    form: str
    form_valid_from: str
    form_status: str
    period: str
    reporter: Mapping[str, str]
    nil: bool
    figures: Figures
    registers: Figures
    header: Mapping[str, str | None]
    words: Words = field(default_factory=Words)
    reasons: Mapping[str, str] = field(default_factory=dict)
    explanations: Mapping[str, str] = field(default_factory=dict)
    departures: tuple[str, ...] = ()
    faults: tuple[Mapping[str, Any], ...] = ()
    files: tuple[Mapping[str, Any], ...] = ()
    law_version: str = ""
    synthetic: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values; figures as exact text."""
        return {
            "format": FORMAT,
            "report": self.report,
            "form": self.form,
            "form_valid_from": self.form_valid_from,
            "form_status": self.form_status,
            "period": self.period,
            "reporter": dict(self.reporter),
            "nil": self.nil,
            "figures": _plain(self.figures),
            "registers": _plain(self.registers),
            "header": dict(self.header),
            "words": {
                "cells": dict(self.words.cells),
                "lists": {table: [dict(row) for row in rows] for table, rows in self.words.lists.items()},
                "sections": dict(self.words.sections),
            },
            "reasons": dict(self.reasons),
            "explanations": dict(self.explanations),
            "departures": list(self.departures),
            "faults": [dict(fault) for fault in self.faults],
            "files": [dict(file) for file in self.files],
            "law_version": self.law_version,
            "synthetic": self.synthetic,
        }

    @property
    def digest(self) -> str:
        return digest(self.to_json())

    def texts(self) -> dict[str, str]:
        """Everything a reporter could have written, by key, as text in JSON form (`1234.5`)."""
        found = {
            keys.cell(table, row, column): plain(value) or ""
            for table, rows in self.figures.items()
            for row, cells in rows.items()
            for column, value in cells.items()
        }
        found |= self.words.cells
        for table, rows in self.words.lists.items():
            for number, row in enumerate(rows):
                name = row.get("id") or str(number)
                found |= {keys.listed(table, name, column): text for column, text in row.items() if column != "id"}
        found |= {keys.section(key): text for key, text in self.words.sections.items()}
        found |= {keys.header(key): text or "" for key, text in self.header.items()}
        found |= {keys.explain(key): text for key, text in self.explanations.items()}
        return found | ({keys.NIL: "1"} if self.nil else {})


def read(told: Mapping[str, Any]) -> Content:
    """The inverse of `to_json`."""
    words = told["words"]
    return Content(
        report=told["report"],
        form=told["form"],
        form_valid_from=told["form_valid_from"],
        form_status=told["form_status"],
        period=told["period"],
        reporter=told["reporter"],
        nil=told["nil"],
        figures=_figures(told["figures"]),
        registers=_figures(told["registers"]),
        header=told["header"],
        words=Words(
            cells=words["cells"],
            lists={table: tuple(rows) for table, rows in words["lists"].items()},
            sections=words["sections"],
            header={key: text for key, text in told["header"].items() if text},
        ),
        reasons=told["reasons"],
        explanations=told["explanations"],
        departures=tuple(told["departures"]),
        faults=tuple(told["faults"]),
        files=tuple(told["files"]),
        law_version=told["law_version"],
        synthetic=told["synthetic"],
    )


def canonical(value: Any) -> bytes:
    """JSON that is the same for the same content: sorted keys, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(told: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content, as printed on the receipt."""
    return hashlib.sha256(canonical(told)).hexdigest()


def _plain(figures: Figures) -> dict[str, dict[str, dict[str, str | None]]]:
    return {
        table: {row: {column: plain(value) for column, value in cells.items()} for row, cells in rows.items()}
        for table, rows in figures.items()
    }


def _figures(told: Mapping[str, Any]) -> dict[str, dict[str, dict[str, Decimal | None]]]:
    return {
        table: {
            row: {column: None if value is None else Decimal(value) for column, value in cells.items()}
            for row, cells in rows.items()
        }
        for table, rows in told.items()
    }
