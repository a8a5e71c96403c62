"""Whether the victims' benefits of a case are settled: the room that keeps benefits answers, others ask here.

answer_with(settlement_of)     # in that room's AppConfig.ready()
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.outcome import Problem


class State(StrEnum):
    """`nothing` is owed; `settled`: all that is recorded is paid; `open`: something recorded is not; `unknown`."""

    NOTHING = "nothing"
    SETTLED = "settled"
    OPEN = "open"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the benefits of a case stand.

    `on`: the day of the last payment; `why`: a sentence for people; `problems`: what is open; `silent`: positions of
    the dead and badly hurt of whom the register says nothing.
    """

    state: State
    why: str = ""
    on: date | None = None
    problems: tuple[Problem, ...] = ()
    silent: tuple[int, ...] = ()

    @property
    def known(self) -> bool:
        """Whether the record answers by itself, so that nobody has to state it."""
        return self.state in (State.NOTHING, State.SETTLED)


Answer = Callable[[AccidentCase], Settlement]
_ANSWERS: list[Answer] = []


def answer_with(answer: Answer) -> None:
    """Let a room answer; stating it twice is stating it once."""
    if answer not in _ANSWERS:
        _ANSWERS.append(answer)


def settlement(case: AccidentCase) -> Settlement:
    """How the benefits of a case stand; unknown where no room keeps them."""
    return _ANSWERS[0](case) if _ANSWERS else Settlement(State.UNKNOWN)
