"""All that other rooms may ask about who owes which report.

`discharge_for(filing, at)` is called within the act that hands a report in. `term` gives the dates of a report and
period; `of_reporter` answers for one reporter, `total` and `counts` for all of them.
"""

from __future__ import annotations

from atvsld.oversight.obligations.actions.opening import discharge_for, known_term
from atvsld.oversight.obligations.answers import Answer, answer
from atvsld.oversight.obligations.board import Counts, board_terms, counts, listed_sql, total
from atvsld.oversight.obligations.expected import Expected, answered, explained, of_reporter, punctuality, reporter_of
from atvsld.oversight.obligations.statement import Scope, Standing, standings
from atvsld.oversight.obligations.states import ReportState

__all__ = [
    "Answer",
    "Counts",
    "Expected",
    "ReportState",
    "Scope",
    "Standing",
    "answer",
    "answered",
    "board_terms",
    "counts",
    "discharge_for",
    "explained",
    "known_term",
    "listed_sql",
    "of_reporter",
    "punctuality",
    "reporter_of",
    "standings",
    "total",
]
