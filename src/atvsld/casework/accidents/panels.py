"""Parts of a case's page that outer rooms add, without the page knowing them.

A room states its part once, when it is loaded:

    show(20, procedure_panel)        # in its AppConfig.ready()

The function gets the case and the request and answers a `Panel`, or None when it has nothing to say to this person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.functional import Promise

from atvsld.casework.accidents.models import AccidentCase


@dataclass(frozen=True, slots=True)
class Panel:
    """One part: `template` is rendered inside a card with title and icon; it reads its `context` as `part`.

    `column` is where it stands: `lead` right below the facts of the case, `main` after its victims and costs, `side`
    with deadlines and history. `replaces` names a part of the page itself that this one makes superfluous (`deadlines`,
    `competence`).
    """

    title: str | Promise
    icon: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    column: Literal["lead", "main", "side"] = "main"
    id: str = ""
    note: str = ""
    flush: bool = False
    replaces: frozenset[str] = frozenset()


Source = Callable[[AccidentCase, HttpRequest], Panel | None]
_SOURCES: list[tuple[int, Source]] = []


def show(order: int, source: Source) -> None:
    """Let a room show its part; the lower the order, the higher it stands in its column."""
    if all(source is not known for _, known in _SOURCES):
        _SOURCES.append((order, source))
        _SOURCES.sort(key=lambda pair: pair[0])


def panels(case: AccidentCase, request: HttpRequest) -> list[Panel]:
    """Every part that has something to say of a case to the person asking, in order."""
    return [panel for _, source in _SOURCES if (panel := source(case, request)) is not None]
