"""Which notices may speak of one accident: same ground, same place of work, close in time, the same people hurt.

Points add up; from `LIKELY` on a pair is shown to a person, who decides. Nothing is ever merged by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from atvsld.casework.accidents import queries as cases
from atvsld.casework.accidents.declarations.models import CaseMatch
from atvsld.casework.accidents.declarations.notice import Notice
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.kit.text import fold
from atvsld.platform.access.actor import Actor
from atvsld.registers.places import tree
from atvsld.registers.places.tree import PlaceTree

WINDOW = timedelta(hours=36)
LIKELY = 4
# The review list looks back this far and at no more cases than this.
REVIEWED = timedelta(days=120)
MOST = 3_000


@dataclass(frozen=True, slots=True)
class Told:
    """What is compared of one side."""

    occurred_at: datetime
    ground: frozenset[int]
    establishment_id: int | None
    establishment_name: str
    severities: tuple[str, ...]
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that may be the same accident, with the reasons in words."""

    case: AccidentCase
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases that may be one; the first was recorded first."""

    first: AccidentCase
    second: AccidentCase
    points: int
    reasons: tuple[str, ...]

    @property
    def sides(self) -> tuple[AccidentCase, AccidentCase]:
        return self.first, self.second


def compare(one: Told, two: Told) -> tuple[int, tuple[str, ...]]:
    """Points and reasons; 0 when the two are too far apart to be one accident."""
    apart = abs(one.occurred_at - two.occurred_at)
    same_firm = one.establishment_id is not None and one.establishment_id == two.establishment_id
    same_ground = bool(one.ground & two.ground)
    if apart > WINDOW or not (same_firm or same_ground):
        return 0, ()
    found = list(_points(one, two, apart, same_firm=same_firm, same_ground=same_ground))
    points = sum(worth for worth, _reason in found)
    return max(points, 0), tuple(reason for _worth, reason in found if reason)


def _points(one: Told, two: Told, apart: timedelta, *, same_firm: bool, same_ground: bool) -> Iterator[tuple[int, str]]:
    if same_ground:
        yield 2, _("cùng địa bàn")
    if same_firm:
        yield 3, _("cùng cơ sở")
    elif one.establishment_id and two.establishment_id:
        yield -4, ""
    elif _alike(one.establishment_name, two.establishment_name):
        yield 2, _("tên cơ sở giống nhau")
    if apart <= timedelta(hours=2):
        yield 2, _("cách nhau không quá 2 giờ")
    elif apart <= timedelta(hours=12):
        yield 1, _("cách nhau không quá 12 giờ")
    if one.names & two.names:
        yield 4, _("cùng tên người bị nạn")
    if one.severities and sorted(one.severities) == sorted(two.severities):
        yield 1, _("cùng số người và mức độ")
        if "fatal" in one.severities:
            yield 1, ""


def _alike(one: str, two: str) -> bool:
    """Whether the words of the shorter name all stand in the longer one."""
    first, second = set(fold(one).split()), set(fold(two).split())
    fewer, more = sorted((first, second), key=len)
    return len(fewer) > 1 and fewer <= more


def candidates(actor: Actor, notice: Notice, *, limit: int = 5) -> list[Candidate]:
    """Cases in the actor's sight that may be the accident of a notice, the likeliest first."""
    graph = tree.current()
    told = Told(
        notice.occurred_at, _ground(graph, notice.place_id), notice.establishment_id, notice.establishment_text,
        tuple(person.severity or "" for person in notice.people_drafts()),
        frozenset(fold(victim.name) for victim in notice.victims if victim.name),
    )  # fmt: skip
    near = Q(occurred_at__range=(notice.occurred_at - WINDOW, notice.occurred_at + WINDOW))
    known = list(_open(cases.visible_cases(actor).filter(near))[:200])
    found = []
    for case, other in _told(graph, known):
        points, reasons = compare(told, other)
        if points >= LIKELY:
            found.append(Candidate(case, points, reasons))
    return sorted(found, key=lambda candidate: -candidate.points)[:limit]


def pairs(actor: Actor, now: datetime) -> list[Pair]:
    """Pairs in the actor's sight that nobody has decided yet, the likeliest first."""
    graph = tree.current()
    recent = cases.visible_cases(actor).filter(occurred_at__gte=now - REVIEWED, declarations__isnull=False).distinct()
    known = list(_told(graph, list(_open(recent)[:MOST])))
    decided = set(CaseMatch.objects.filter(undone_at__isnull=True).values_list("kept_id", "other_id"))
    known.sort(key=lambda pair: (pair[1].occurred_at, pair[0].pk))
    found = []
    for index, (case, told) in enumerate(known):
        for other, other_told in known[index + 1 :]:
            if other_told.occurred_at - told.occurred_at > WINDOW:
                break
            points, reasons = compare(told, other_told)
            if points >= LIKELY and not {(case.pk, other.pk), (other.pk, case.pk)} & decided:
                first, second = sorted((case, other), key=lambda one: one.pk)
                found.append(Pair(first, second, points, reasons))
    return sorted(found, key=lambda pair: (-pair.points, -pair.first.pk))


def _open(queryset: QuerySet[AccidentCase]) -> QuerySet[AccidentCase]:
    """Cases that were not already found to be another one."""
    same = CaseMatch.objects.filter(verdict="same", undone_at__isnull=True).values("other_id")
    return queryset.exclude(pk__in=same).select_related("place", "establishment").order_by("-occurred_at", "-pk")


def _told(graph: PlaceTree, known: Sequence[AccidentCase]) -> Iterator[tuple[AccidentCase, Told]]:
    people: dict[int, list[tuple[str | None, str]]] = {}
    for case_id, severity, name in Victim.objects.filter(case__in=known).values_list("case_id", "severity", "name"):
        people.setdefault(case_id, []).append((severity, name))
    for case in known:
        hurt = people.get(case.pk, [])
        yield case, Told(
            case.occurred_at, _ground(graph, case.place_id), case.establishment_id,
            case.establishment.name if case.establishment else "",
            tuple(severity or "" for severity, _name in hurt),
            frozenset(fold(name) for _severity, name in hurt if name),
        )  # fmt: skip


def _ground(graph: PlaceTree, place_id: int) -> frozenset[int]:
    return graph.territory(place_id) | {place_id} if place_id in graph.nodes else frozenset({place_id})
