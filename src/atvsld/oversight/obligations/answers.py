"""Where the answer to a report lies: in the filings, unless another room takes that report in.

A room that does states it when it is loaded:  answer("R12", Answer(relation=…, page=…, begin=…))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import Model

from atvsld.platform.access.actor import Actor

# What every answer must have as columns; ids as filings have them.
COLUMNS = (
    "id", "public_id", "report", "period", "establishment_id", "body_id", "provider_id", "state", "submitted_at",
    "late", "nil",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """Reports taken in by another room. `relation`: an SQL relation with `COLUMNS`, its states those of a filing.

    `page` gives the address of one by its public id, `begin` that of beginning one for a reporter and the code of a
    period; empty when the person may not.
    """

    relation: str
    page: Callable[[str], str]
    begin: Callable[[Actor, Model, str], str]


_ANSWERS: dict[str, Answer] = {}


def answer(report: str, source: Answer) -> None:
    """State who takes a report in. ValueError for a second room of one report."""
    if _ANSWERS.setdefault(report, source) is not source:
        raise ValueError(f"{report} is answered by two rooms")


def answer_of(report: str) -> Answer | None:
    """Who takes a report in; None: it is filed."""
    return _ANSWERS.get(report)


def answers() -> Mapping[str, Answer]:
    """Every report that is not filed."""
    return _ANSWERS


def relation_of(report: str) -> str:
    """The relation in which the answers to a report stand."""
    found = _ANSWERS.get(report)
    return found.relation if found else "filing_filing"
