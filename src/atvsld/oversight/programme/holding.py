"""Which bodies answer for a clause on a day: its holders are functions, and functions are held by bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from atvsld.law.programme import Assignment, Clause, Holder, Programme, Programmes, assignments
from atvsld.law.programme_reading import load_programmes
from atvsld.oversight.programme import known
from atvsld.oversight.programme.queries import followed
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.bodies.queries import in_force, lineage

# Held by many bodies alike: shown together.
MANY = ("commune", "district")
# The word by which clauses reach establishments, and by which they issue plans.
EMPLOYERS = "employers"


@dataclass(frozen=True, slots=True)
class Held:
    """By function the bodies that hold it on a day, as far as somebody may follow them; all of them by primary key.

    `many`: the communes and districts among them, each one of many that do the same.
    """

    by_function: Mapping[str, tuple[Body, ...]]
    bodies: Mapping[int, Body]
    many: frozenset[int]
    # What words were asked for so far: a board asks for the same few hundreds of times.
    _told: dict[str, tuple[Body, ...]] = field(default_factory=dict, repr=False)

    def of_word(self, word: str, programmes: Programmes) -> tuple[Body, ...]:
        """The bodies a word of the vocabulary means: of a function, or of all functions of a class."""
        if word not in self._told:
            self._told[word] = self._of_word(word, programmes)
        return self._told[word]

    def _of_word(self, word: str, programmes: Programmes) -> tuple[Body, ...]:
        held = programmes.words.holder(word)
        found: dict[int, Body] = {}
        for function in (held.word,) if held.function else held.includes:
            found.update((body.pk, body) for body in self.by_function.get(function, ()))
        return tuple(found.values())


def held_on(actor: Actor, day: date) -> Held:
    """Who holds what on a day, among the bodies the actor may follow."""
    rows = BodyFunction.objects.filter(in_force(day), in_force(day, "body__"), body__in=followed(actor))
    found: dict[str, dict[int, Body]] = defaultdict(dict)
    for row in rows.select_related("body").order_by("body__code"):
        found[row.function][row.body_id] = row.body
    everybody = {pk: body for bodies in found.values() for pk, body in bodies.items()}
    many = frozenset(pk for word in MANY for pk in found.get(word, ()))
    return Held({word: tuple(bodies.values()) for word, bodies in found.items()}, everybody, many)


def day_in(year: int, today: date) -> date:
    """The day of a year on which holders are asked: today while the year runs."""
    return min(max(today, date(year, 1, 1)), date(year, 12, 31))


def leading(clause: Clause, held: Held, day: date, programmes: Programmes) -> list[tuple[Holder, tuple[Body, ...]]]:
    """Each holder of a clause on a day with the bodies that are meant; none where no body is in the register."""
    return [
        (holder, held.of_word(holder.word, programmes)) for holder in clause.holders if holder.holds_on(day)
    ]  # fmt: skip


def duties(clause: Clause, held: Held, day: date, programmes: Programmes) -> dict[int, bool]:
    """The bodies a clause reaches on a day; True for those that lead it."""
    found: dict[int, bool] = {}
    for word in clause.supporting:
        found.update((body.pk, False) for body in held.of_word(word, programmes))
    for _holder, bodies in leading(clause, held, day, programmes):
        found.update((body.pk, True) for body in bodies)
    return found


def assignments_of(body: Body, on: date) -> list[tuple[Programme, Assignment]]:
    """What a body (with its older names) leads or supports on a day, in every programme there is."""
    programmes = known.known(on)
    rows = BodyFunction.objects.filter(in_force(on), body_id__in=lineage(body.pk))
    asked = sorted(set(rows.values_list("function", flat=True)) & set(programmes.words.holders))
    return [
        (one, assignment)
        for one in programmes.by_id.values()
        for assignment in (assignments(one, *asked, on=on, words=programmes.words) if asked else ())
    ]


def issuer_of(body: Body | None, on: date) -> str:
    """The word by which a body issues plans, a function it holds; that of employers for an establishment (None)."""
    if body is None:
        return EMPLOYERS
    words = load_programmes().words.holders
    rows = BodyFunction.objects.filter(in_force(on), body_id__in=lineage(body.pk)).order_by("pk")
    return next((word for word in rows.values_list("function", flat=True) if word in words), "")


def ordered(bodies: Iterable[Body], held: Held, programmes: Programmes) -> list[Body]:
    """Bodies in the order in which the vocabulary names their functions, then by code."""
    rank: dict[int, int] = {}
    for place, word in enumerate(programmes.words.functions):
        for body in held.by_function.get(word, ()):
            rank.setdefault(body.pk, place)
    return sorted(bodies, key=lambda body: (rank.get(body.pk, len(rank) + 99), body.code))
