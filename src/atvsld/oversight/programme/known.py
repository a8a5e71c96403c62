"""Programmes shipped with the law book and those entered here, as one collection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.conf import settings
from django.db.models import Q

from atvsld.law import load_book
from atvsld.law.programme import Programme, Programmes
from atvsld.law.programme_check import Surroundings
from atvsld.law.programme_outline import Reading, read_outline
from atvsld.law.programme_reading import load_programmes
from atvsld.oversight.programme.models import EnteredProgramme

State = EnteredProgramme.State
# Edition in force by code → everything known then. One set of editions at a time is asked for again and again.
_held: dict[tuple[object, ...], Programmes] = {}
_MOST_HELD = 8


def known(on: date) -> Programmes:
    """Everything there is on a day: of a plan entered here the edition issued last by then, else its first one."""
    chosen = _editions(on)
    stamp = (settings.DATABASES["default"]["NAME"], *sorted(chosen.values()))
    if stamp not in _held:
        if len(_held) >= _MOST_HELD:
            _held.clear()
        keys = [pk for pk, _version in chosen.values()]
        _held[stamp] = together(EnteredProgramme.objects.filter(pk__in=keys).order_by("year", "pk"))
    return _held[stamp]


def _editions(on: date) -> dict[str, tuple[int, int]]:
    """By code the edition that holds on a day: its primary key and version."""
    rows = EnteredProgramme.objects.filter(~Q(state=State.DRAFT)).order_by("code", "edition")
    found: dict[str, tuple[int, int]] = {}
    for code, issued_on, pk, version in rows.values_list("code", "issued_on", "pk", "version"):
        if code not in found or (issued_on is not None and issued_on <= on):
            found[code] = (pk, version)
    return found


def together(entered: Iterable[EnteredProgramme]) -> Programmes:
    """The shipped programmes with these: each read among those it speaks of, in whatever order they were entered.

    One that no longer agrees with the words and rules of the law book is left out; its own page says what is wrong.
    """
    shipped = load_programmes()
    found: dict[str, Programme] = dict(shipped.by_id)
    waiting = list(entered)
    while waiting:
        left = []
        for one in waiting:
            reading = read(one.header, one.rows, among=found)
            if reading.programme is None:
                left.append(one)
            else:
                found[one.code] = reading.programme
        if len(left) == len(waiting):
            break
        waiting = left
    return Programmes(shipped.words, shipped.instruments, found)


def read(
    header: Mapping[str, str],
    rows: Iterable[Mapping[str, str]],
    *,
    among: Mapping[str, Programme] | None = None,
    first_row: int = 2,
) -> Reading:
    """A plan's outline against everything it may speak of; `first_row` is the sheet's number of its first row."""
    shipped = load_programmes()
    others = dict(shipped.by_id if among is None else among)
    # An edition is not read against the one before it.
    others.pop(str(header.get("id", "")), None)
    around = Surroundings(shipped.words, load_book(), shipped.instruments, others)
    return read_outline(header, list(rows), around=around, first_row=first_row)
