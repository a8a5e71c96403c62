"""All that other rooms may ask of plans and programmes: shipped with the law book and entered here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from atvsld.law.programme import Programme
from atvsld.oversight.programme.holding import assignments_of, issuer_of
from atvsld.oversight.programme.intake.bring import judge
from atvsld.oversight.programme.known import known
from atvsld.oversight.programme.queries import readable
from atvsld.registers.proofs import Asked, Figure

# The board stands in `programme.board`: it asks the room of tasks, which asks here for clauses.
__all__ = ["addressed", "assignments_of", "issuer_of", "judge", "known", "plan", "readable"]


def plan(programme: str, on: date | None = None) -> Programme:
    """A programme by id: the edition of a day, without a day the newest; `UnknownEntry` when there is none."""
    return known(on or date.max)[programme]


def addressed(measure: str, asked: Asked, figures: Iterable[Figure]) -> list[Figure]:
    """The figures of a measure, each with an address: ours where no list can show just the records counted."""
    return [
        one if one.url or one.value is None else replace(one, url=_behind(measure, one.key, asked)) for one in figures
    ]


def _behind(measure: str, key: str, asked: Asked) -> str:
    given: list[tuple[str, str]] = [("cai", measure), ("so", key), ("tu", f"{asked.start}"), ("den", f"{asked.end}")]
    for name, ids in (("co-quan", asked.bodies), ("co-so", asked.establishments), ("dia-ban", asked.places)):
        if ids is not None:
            given.append((name, ",".join(map(str, sorted(ids)))))
    return f"{reverse('programme:figures')}?{urlencode(given)}"
