"""Who answers for a task after its body has ended: one step at a time, each on its own day.

The heir that holds the function the clause is given to; else the one heir; else, unsure, one of several by the part of
the ground it took over, then by code; else the standing body. Where a body gives up a part and goes on, its tasks
stay and somebody must look.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from atvsld.law.programme import Programme
from atvsld.oversight.workplans import clauses
from atvsld.registers.bodies.models import Body, BodyFunction, BodySuccession
from atvsld.registers.places import tree

STANDING = "osh_lead"
# More steps than bodies ever had; a ring of successions stops here instead of running on.
MOST_STEPS = 40


@dataclass(frozen=True, slots=True)
class Step:
    """From `on`, a task is answered for by `body`, because of `why`."""

    on: date
    body: int
    why: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of one task, in order, and whether somebody must look at it although it did not move."""

    steps: tuple[Step, ...]
    flagged: bool


@dataclass(frozen=True, slots=True)
class _Edge:
    old: int
    new: int
    on: date
    basis: str


@dataclass(frozen=True, slots=True)
class _Function:
    body: int
    name: str
    place: int
    start: date
    end: date | None

    def held_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)


class Bodies:
    """The register of bodies as it now stands, read once for a settling."""

    def __init__(self) -> None:
        self.rows = {body.pk: body for body in Body.objects.only("pk", "code", "place_id", "valid_from", "valid_to")}
        self._edges: dict[int, list[_Edge]] = defaultdict(list)
        rows = BodySuccession.objects.order_by("effective_on", "pk").values_list(
            "predecessor_id", "successor_id", "effective_on", "legal_basis"
        )
        for row in rows:
            self._edges[row[0]].append(_Edge(*row))
        self._functions: dict[int, list[_Function]] = defaultdict(list)
        self._by_place: dict[tuple[str, int], list[_Function]] = defaultdict(list)
        functions = BodyFunction.objects.values_list("body_id", "function", "place_id", "valid_from", "valid_to")
        for held in (_Function(*one) for one in functions):
            self._functions[held.body].append(held)
            self._by_place[held.name, held.place].append(held)
        self._programmes: dict[str, Programme | None] = {}
        self._found: dict[tuple[frozenset[str], int, date], list[int]] = {}

    def leading(self, programme: str, clause: str, day: date) -> frozenset[str]:
        """The functions whose holders answer for a clause on a day."""
        if programme not in self._programmes:
            self._programmes[programme] = clauses.programme(programme)
        return clauses.leading_words(clauses.clause_of(self._programmes[programme], clause), day)

    def stands(self, pk: int, day: date) -> bool:
        body = self.rows[pk]
        return body.valid_from <= day and (body.valid_to is None or day <= body.valid_to)

    def functions(self, pk: int, day: date) -> frozenset[str]:
        """What a body holds on a day."""
        return frozenset(held.name for held in self._functions[pk] if held.held_on(day))

    def edges(self, pk: int) -> list[_Edge]:
        """Who took over from a body, first day first."""
        return self._edges[pk]

    def heirs(self, pk: int, day: date) -> dict[int, _Edge]:
        """The bodies standing on a day that carry a body on, through others if need be, by the first edge to them."""
        found: dict[int, _Edge] = {}
        waiting, seen = [pk], {pk}
        while waiting:
            for edge in self._edges[waiting.pop(0)]:
                if edge.on > day or edge.new in seen:
                    continue
                seen.add(edge.new)
                if self.stands(edge.new, day):
                    found[edge.new] = edge
                else:
                    waiting.append(edge.new)
        return found

    def holders(self, words: frozenset[str], place: int, day: date) -> list[int]:
        """Who holds a function on the ground of a place on a day: those of the ground itself before those above it,
        who took over most of it first, then by code.

        Where the unit ended and was followed by none, as districts were, its communes of old say where its ground went.
        """
        key = (words, place, day)
        if key not in self._found:
            near: dict[int, int] = defaultdict(int)
            far: dict[int, int] = defaultdict(int)
            for unit in self._ground(place, day):
                for word in words:
                    for level, pk in self._nearest(word, unit, day):
                        (far if level else near)[pk] += 1
            weights = near or far
            self._found[key] = sorted(weights, key=lambda pk: (-weights[pk], self.rows[pk].code))
        return self._found[key]

    def _nearest(self, word: str, unit: int, day: date) -> list[tuple[int, int]]:
        """Who holds one function at a unit, else at the first unit above where somebody does, with how far above."""
        line = [unit, *(up.pk for up in self.places.ancestors(unit, day))]
        for level, pk in enumerate(line):
            held = [one.body for one in self._by_place[word, pk] if one.held_on(day) and self.stands(one.body, day)]
            if held:
                return [(level, body) for body in held]
        return []

    def _ground(self, place: int, day: date) -> list[int]:
        places = self.places
        if (unit := places.unit_on(place, day)) is not None:
            return [unit.pk]
        last = places.nodes[place].valid_to or day
        below = [places.unit_on(child.pk, day) for child in places.within(place, last)]
        return [unit.pk for unit in below if unit is not None]

    @cached_property
    def places(self) -> tree.PlaceTree:
        return tree.current()

    def share(self, old: int, new: int) -> Decimal:
        """The part of the old body's ground that went to the place of the new one."""
        return max(
            (edge.share for edge in self.places.outcomes(self.rows[old].place_id)
             if edge.successor_id == self.rows[new].place_id),
            default=Decimal(0),
        )  # fmt: skip


def course(bodies: Bodies, *, programme: str, clause: str, body: int, place: int, since: date, on: date) -> Course:
    """What becomes until `on` of a task that `body` has answered for since a day; `place` is where it is done."""
    steps: list[Step] = []
    flagged = False
    while len(steps) < MOST_STEPS:
        last = bodies.rows[body].valid_to
        until = min(on, last) if last is not None else on
        flagged = flagged or _gave_up_part(bodies, programme, clause, body, since=since, until=until)
        if last is None or last >= on:
            break
        found = _next(bodies, programme, clause, body, place, max(last + timedelta(days=1), since), on)
        if found is None or found.body == body:
            return Course(tuple(steps), flagged=True)
        steps.append(found)
        body, since, place = found.body, found.on, bodies.rows[found.body].place_id
    return Course(tuple(steps), flagged)


def _gave_up_part(bodies: Bodies, programme: str, clause: str, body: int, *, since: date, until: date) -> bool:
    """Whether, while it went on, a body handed to another the function by which it answers for a clause."""
    return any(
        since < edge.on <= until and bodies.leading(programme, clause, edge.on) & bodies.functions(edge.new, edge.on)
        for edge in bodies.edges(body)
    )


def _next(bodies: Bodies, programme: str, clause: str, body: int, place: int, day: date, on: date) -> Step | None:  # noqa: PLR0917
    # Words as they hold on the day, and whether the body led by those that held before.
    before = day - timedelta(days=1)
    led = bool(bodies.leading(programme, clause, before) & bodies.functions(body, before))
    words = bodies.leading(programme, clause, day)
    heirs = bodies.heirs(body, day)
    fitting = [pk for pk in heirs if words & bodies.functions(pk, day)]
    if fitting:
        return _chosen(bodies, body, heirs, fitting, day)
    if led and (found := _by_function(bodies, clause, words, place, day)) is not None:
        return found
    if heirs:
        return _chosen(bodies, body, heirs, list(heirs), day)
    if later := next((edge.on for edge in bodies.edges(body) if day < edge.on <= on), None):
        return _next(bodies, programme, clause, body, place, later, on)
    standing = [pk for pk in bodies.holders(frozenset({STANDING}), place, day) if pk != body]
    why = _("Không có cơ quan kế thừa: cơ quan thường trực nhận, chờ phân công.")
    return Step(day, standing[0], why, unsure=True) if standing else None


def _by_function(bodies: Bodies, clause: str, words: frozenset[str], place: int, day: date) -> Step | None:
    """Whoever is given the clause from that day on, where nobody took the body itself over."""
    found = bodies.holders(words, place, day)
    if not found:
        return None
    why = _("Nội dung %(clause)s do cơ quan này làm tiếp từ ngày đó.") % {"clause": clause}
    return Step(day, found[0], why, unsure=len(found) > 1)


def _chosen(bodies: Bodies, old: int, heirs: dict[int, _Edge], among: list[int], day: date) -> Step:
    """The one heir; of several the one that began on the day, then the largest part, then by code, unsure."""
    fresh = [pk for pk in among if heirs[pk].on == day]
    several = fresh or among
    best = min(several, key=lambda pk: (-bodies.share(old, pk), bodies.rows[pk].code))
    why = heirs[best].basis or _("Cơ quan kế thừa")
    return Step(day, best, why, unsure=len(several) > 1)
