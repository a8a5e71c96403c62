"""Where the forms of reports come from: the law book first, then rooms that compose forms of their own."""

from __future__ import annotations

from collections.abc import Callable

from atvsld.kit.periods import Period
from atvsld.law import load_book
from atvsld.law.errors import UnknownEntry
from atvsld.law.forms.spec import FormSpec

# A form by its code, laid out for a period (None: the newest); None when the room has no such form.
FormSource = Callable[[str, Period | None], FormSpec | None]
_SOURCES: list[FormSource] = []


def add_source(source: FormSource) -> None:
    """Let reports be asked for by the codes of a room's own forms."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def form_of(code: str, period: Period | None = None) -> FormSpec:
    """A form by code. `UnknownEntry`, `NotInForce` as the law book raises them."""
    try:
        return load_book().form(code, period=period)
    except UnknownEntry:
        for source in _SOURCES:
            if found := source(code, period):
                return found
        raise
