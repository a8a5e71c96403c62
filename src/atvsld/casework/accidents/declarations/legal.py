"""By which article each kind of notice is owed, which deadline it follows, and on which form of its day it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from atvsld.kit.certainty import Certainty, Citation


@dataclass(frozen=True, slots=True)
class LegalKind:
    """A kind of notice: by which article, under which deadline rule (empty = none), from which instant."""

    slug: str
    notice: str
    rule: str
    starts: str
    citation: Citation
    status: Certainty


@dataclass(frozen=True, slots=True)
class Template:
    """A legal form with the days on which it applies; `valid_to` inclusive, None = still in force."""

    id: str
    label: str
    kinds: frozenset[str]
    valid_from: date
    valid_to: date | None
    citation: Citation
    status: Certainty

    def fits(self, kind: str, on: date) -> bool:
        return kind in self.kinds and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@cache
def _data() -> dict[str, Any]:
    text = files("atvsld.casework.accidents.declarations").joinpath("legal.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@cache
def kinds() -> Mapping[str, LegalKind]:
    """Every kind by its slug."""
    return {
        slug: LegalKind(
            slug, row["notice"], row.get("rule", ""), row.get("starts", ""), _citation(row), Certainty(row["status"])
        )
        for slug, row in _data()["kinds"].items()
    }


@cache
def templates() -> tuple[Template, ...]:
    """Every form, old and new."""
    return tuple(
        Template(
            row["id"], row["label"], frozenset(row["kinds"]), row["from"], row.get("to"), _citation(row),
            Certainty(row["status"]),
        )
        for row in _data()["templates"]
    )  # fmt: skip


def template_on(kind: str, on: date) -> Template | None:
    """The form a kind of notice stands on when it is received on a day; None when the law prescribes none."""
    return next((template for template in templates() if template.fits(kind, on)), None)


def protection() -> Citation:
    """Where the law protects the one who tells."""
    return _citation(_data()["protection"])


def _citation(row: Mapping[str, Any]) -> Citation:
    return Citation(**row["citation"])
