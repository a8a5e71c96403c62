"""The three targets of the plan as figures of a report, from the room of indicators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from atvsld.oversight.indicators import facade as indicators
from atvsld.oversight.indicators.policy import READ
from atvsld.platform.access.actor import system_actor
from atvsld.registers.proofs import Asked, Figure, ProofRecord

JOB = "Soạn báo cáo năm"


def told(year: int, at: datetime) -> list[Any]:
    """The targets of a year as the room of indicators tells them; none while it does not tell them."""
    give = getattr(indicators, "targets", None)
    return list(give(system_actor(JOB, [READ]), year, at)) if give else []


def figures(word: str, asked: Asked, at: datetime) -> list[Figure]:
    """The figures of one target for the year asked, as they stand at a moment."""
    year = asked.end.year
    return [figure for one in told(year, at) if one.id == word for figure in figures_of(one, year)]


def figures_of(target: Any, year: int) -> list[Figure]:  # noqa: ARG001
    """Actual, baseline, path and change of one target, those it has."""
    return []


def no_records(asked: Asked, key: str) -> Iterable[ProofRecord]:  # noqa: ARG001
    """A target opens to its own page, which shows what it rests on."""
    return ()


def words_of(target: Any) -> tuple[str, str, str]:
    """Verdict, reason and name of a target in Vietnamese words."""
    return str(target.verdict), str(target.reason), str(target.label)
