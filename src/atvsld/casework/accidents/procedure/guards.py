"""What must be in order before a step: rooms state their conditions here, the step lists what is missing.

    require("send_minutes", everybody_got_them)     # in the room's AppConfig.ready()

A guard answers the problems that stand against the step, none when it may be taken. It is asked when the page lists
the next steps and again, in the transaction, when the step is taken.
"""

from __future__ import annotations

from collections.abc import Callable

from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.kit.outcome import Problem

Guard = Callable[[CaseFile], list[Problem]]
_GUARDS: dict[str, list[Guard]] = {}


def require(step_id: str, guard: Guard) -> None:
    """Let a room state a condition of a step; stating it twice is stating it once."""
    guards = _GUARDS.setdefault(step_id, [])
    if guard not in guards:
        guards.append(guard)


def problems(file: CaseFile, step_id: str) -> list[Problem]:
    """Everything that stands against a step, each sentence once."""
    found: dict[tuple[str, str], Problem] = {}
    for guard in _GUARDS.get(step_id, []):
        for problem in guard(file):
            found.setdefault((problem.code, problem.message), problem)
    return list(found.values())
