"""Bodies in a reorganisation of units: those of units that end hand over to those of the units that follow.

People's committees of communes and districts are made anew. Every other body of a unit that ends is carried on at
the unit that takes over: bodies of several predecessors with a function in common become one. Names of carried
bodies are derived from the names of the units and marked provisional until their founding decision is entered.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from atvsld.kit.certainty import Certainty
from atvsld.kit.text import fold
from atvsld.platform.acts import Act
from atvsld.registers.bodies.loading import committee, lowered
from atvsld.registers.bodies.models import Body, BodyFunction, BodySuccession, ZoneAuthority
from atvsld.registers.places.following import Effect, Journal, Outcome, follow
from atvsld.registers.places.models import Place
from atvsld.registers.places.planning import Plan
from atvsld.registers.places.tree import PlaceTree

COMMITTEES = ("commune", "district")
# A function that several bodies of one place may hold side by side does not make two bodies one.
DIVIDED = frozenset({"zone_authority"})


def standing(day: date) -> Q:
    """Rows not ended before a day."""
    return Q(valid_to__isnull=True) | Q(valid_to__gte=day)


def carried(plan: Plan) -> list[Body]:
    """The bodies of units that end, committees first found by function."""
    return list(Body.objects.filter(standing(plan.day), place_id__in=plan.ended).order_by("pk"))


class Bodies:
    """Bodies, their functions and their successions."""

    moves = frozenset({"bodies.body", "bodies.bodyfunction", "bodies.zoneauthority"})

    def foresee(self, plan: Plan, places: PlaceTree) -> list[Effect]:  # noqa: ARG002
        ending = carried(plan)
        committees = set(
            BodyFunction.objects.filter(body__in=ending, function__in=COMMITTEES).values_list("body_id", flat=True)
        )
        new = [f"Ủy ban nhân dân {lowered(unit.name)}" for unit in plan.new.values() if unit.level in COMMITTEES]
        others = tuple(body.name for body in ending if body.pk not in committees)
        orphaned = tuple(body.name for body in ending if body.pk not in committees and plan.heir(body.place_id) is None)
        found = [
            Effect(_("Cơ quan kết thúc"), len(ending), tuple(body.name for body in ending)),
            Effect(_("Ủy ban nhân dân mới"), len(new), tuple(new)),
        ]
        if others:
            found.append(Effect(_("Cơ quan khác chuyển tiếp, cần rà lại tên"), len(others), others, attention=True))
        if orphaned:
            found.append(Effect(_("Cơ quan kết thúc mà không có nơi kế thừa"), len(orphaned), orphaned, attention=True))
        return found

    def follow(self, act: Act, outcome: Outcome, journal: Journal) -> None:  # noqa: ARG002
        plan = outcome.plan
        ending = carried(plan)
        held: dict[int, set[str]] = defaultdict(set)
        for row in BodyFunction.objects.filter(standing(plan.day), body__in=ending):
            held[row.body_id].add(row.function)
        duties = BodyFunction.objects.filter(Q(body__in=ending) | Q(place_id__in=plan.ended))
        elsewhere = list(duties.filter(standing(plan.day)).exclude(body__in=ending))
        journal.update(duties.filter(standing(plan.day)), valid_to=plan.last_day)
        journal.update(Body.objects.filter(pk__in=[body.pk for body in ending]), valid_to=plan.last_day)
        committees = _committees(outcome, journal)
        old = {body.place_id: body for body in ending if held[body.pk] & set(COMMITTEES)}
        _hand_over(outcome, journal, [
            (old[edge.predecessor], committees[edge.successor], _("một phần") if edge.share < 1 else "")
            for edge in plan.edges
            if edge.predecessor in old and edge.successor in committees
        ])  # fmt: skip
        others = [body for body in ending if not held[body.pk] & set(COMMITTEES)]
        _carry_on(outcome, journal, others, held)
        # A body of a continuing unit that held a function at a unit that ends holds it where the ground went.
        journal.create(
            BodyFunction(body_id=row.body_id, function=row.function, place_id=heir, valid_from=plan.day, note=row.note)
            for row in elsewhere
            if (heir := outcome.heir(row.place_id)) is not None
        )
        _rename_uppers(outcome, journal)
        _hand_over_zones(outcome, journal, ending)


def _hand_over_zones(outcome: Outcome, journal: Journal, ending: list[Body]) -> None:
    """Zones go on under the one body that carries theirs on; with none or several somebody must say."""
    plan = outcome.plan
    held = list(ZoneAuthority.objects.filter(standing(plan.day), body__in=ending))
    journal.update(ZoneAuthority.objects.filter(pk__in=[row.pk for row in held]), valid_to=plan.last_day)
    edges = BodySuccession.objects.filter(predecessor__in=ending, effective_on=plan.day)
    heirs: dict[int, list[int]] = defaultdict(list)
    for old, new in edges.values_list("predecessor_id", "successor_id"):
        heirs[old].append(new)
    journal.create(
        ZoneAuthority(
            zone_id=row.zone_id, body_id=heirs[row.body_id][0], valid_from=plan.day,
            legal_basis=plan.draft.legal_basis, certainty=Certainty.PROVISIONAL.value,
        )
        for row in held
        if len(heirs[row.body_id]) == 1
    )  # fmt: skip


def _committees(outcome: Outcome, journal: Journal) -> dict[str, Body]:
    """The committees of the new units, by code of the unit."""
    lines = _upper_names(outcome)
    pairs = {
        code: committee(place, lines.get(place.pk, ""))
        for code, place in outcome.units.items()
        if place.level in COMMITTEES
    }
    for body, _duty in pairs.values():
        body.certainty = outcome.plan.draft.certainty.value
    journal.create(body for body, _duty in pairs.values())
    for body, duty in pairs.values():
        duty.body_id = body.pk
    journal.create(duty for _body, duty in pairs.values())
    return {code: body for code, (body, _duty) in pairs.items()}


def _carry_on(outcome: Outcome, journal: Journal, others: list[Body], held: dict[int, set[str]]) -> None:
    """The other bodies at the units that take over; the unit that kept its code gives its name first."""
    plan = outcome.plan
    by_heir: dict[int, list[Body]] = defaultdict(list)
    for body in others:
        if (heir := outcome.heir(body.place_id)) is not None:
            by_heir[heir].append(body)
    pairs: list[tuple[Body, Body, str]] = []
    duties: list[BodyFunction] = []
    for heir, bodies in by_heir.items():
        place = Place.objects.get(pk=heir)
        bodies.sort(key=lambda body: (plan.ended[body.place_id].code != place.code, body.place_id, body.pk))
        taken: dict[str, tuple[Body, int]] = {}
        for body in bodies:
            functions = held[body.pk]
            met = [taken[name] for name in sorted(functions - DIVIDED) if name in taken]
            joined = next((new for new, origin in met if origin != body.place_id), None)
            new = joined or _copy(body, plan.ended[body.place_id].name, place, outcome)
            pairs.append((body, new, ""))
            for name in functions:
                if joined is None or name not in taken:
                    duties.append(BodyFunction(body=new, function=name, place_id=heir, valid_from=plan.day))
                    taken.setdefault(name, (new, body.place_id))
    fresh = list({id(new): new for _old, new, _note in pairs}.values())
    journal.create(fresh)
    for duty in duties:
        duty.body_id = duty.body.pk
    journal.create(duties)
    _hand_over(outcome, journal, pairs)


def _copy(body: Body, unit: str, place: Place, outcome: Outcome) -> Body:
    name = body.name.replace(lowered(unit), lowered(place.name))
    stem = body.code.rsplit("-tu-", 1)[0][:40]
    return Body(
        code=f"{stem}-tu-{outcome.plan.day:%Y%m%d}-{body.pk}",
        name=name,
        name_folded=fold(name),
        short_name=body.short_name.replace(lowered(unit), lowered(place.name)),
        parent_line=body.parent_line.replace(unit.upper(), place.name.upper()),
        place=place,
        valid_from=outcome.plan.day,
        legal_basis=outcome.plan.draft.legal_basis,
        certainty=Certainty.PROVISIONAL.value,
        note=_("Tên suy ra từ tên đơn vị hành chính; sửa theo quyết định thành lập."),
    )


def _hand_over(outcome: Outcome, journal: Journal, pairs: list[tuple[Body, Body, Any]]) -> None:
    plan = outcome.plan
    journal.create(
        BodySuccession(
            predecessor_id=old.pk,
            successor_id=new.pk,
            effective_on=plan.day,
            legal_basis=plan.draft.legal_basis,
            certainty=plan.draft.certainty.value,
            note=str(note),
        )
        for old, new, note in pairs
    )


def _upper_names(outcome: Outcome) -> dict[int, str]:
    """The name of the unit above each new and each moved unit, in capitals, as a letterhead prints it."""
    plan = outcome.plan

    def name(target: int | str) -> str:
        return (outcome.units[target].name if isinstance(target, str) else outcome.before.nodes[target].name).upper()

    found = {outcome.units[code].pk: name(unit.parent) for code, unit in plan.new.items() if unit.parent is not None}
    return found | {pk: name(target) for pk, target in plan.moves.items()}


def _rename_uppers(outcome: Outcome, journal: Journal) -> None:
    """Committees of units that continue under another unit print that one's name above their own."""
    names = _upper_names(outcome)
    for pk in outcome.plan.moves:
        rows = Body.objects.filter(standing(outcome.plan.day), place_id=pk, functions__function__in=COMMITTEES).exclude(
            parent_line=names[pk]
        )
        keys = list(rows.values_list("pk", flat=True))
        journal.update(Body.objects.filter(pk__in=keys), parent_line=names[pk])


follow(10, Bodies())
