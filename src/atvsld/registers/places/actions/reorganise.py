"""A reorganisation: seen first, carried out in one transaction, taken back while nothing has been built on it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold, format_number
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act, Conflict, Refused, Rejected, action
from atvsld.registers.places import hanging, tree
from atvsld.registers.places.drafts import Draft
from atvsld.registers.places.following import Effect, Journal, Outcome, followers
from atvsld.registers.places.foresight import counts
from atvsld.registers.places.models import Place, PlaceParent, PlaceSuccession, Reorganisation
from atvsld.registers.places.planning import Plan, Target, plan
from atvsld.registers.places.policy import REORGANISE
from atvsld.registers.places.tree import PlaceTree

# One reorganisation at a time: plans are made on the graph as the last one left it.
_LOCK = 7_202_501


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft would do. `levels`: level, units before, units after. With problems it cannot be carried out."""

    plan: Plan
    problems: tuple[Problem, ...]
    levels: tuple[tuple[str, int, int], ...]
    effects: tuple[Effect, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "problems": [problem.to_json() for problem in self.problems],
            "levels": [{"level": level, "before": before, "after": after} for level, before, after in self.levels],
            "effects": [effect.to_json() for effect in self.effects],
        }


def preview(draft: Draft) -> Preview:
    """Work out every effect of a draft without writing anything."""
    places = tree.current()
    found = plan(draft, places)
    if found.problems:
        return Preview(found, tuple(found.problems), (), ())
    effects = [*_own_effects(found, places), *_hanging_effects(found)]
    for follower in followers():
        effects += follower.foresee(found, places)
    problems = tuple(effect.problem for effect in effects if effect.problem is not None)
    return Preview(found, problems, tuple(counts(places, found)), tuple(effects))


def seal(seen: Preview) -> str:
    """A mark of an effect as shown, to tell whether it is still the same when it is carried out."""
    return hashlib.sha256(json.dumps(seen.to_json(), sort_keys=True).encode()).hexdigest()


@action(needs=REORGANISE, records="places:reorganisation:applied")
def apply(act: Act, *, draft: Draft) -> Reorganisation:
    """Carry a draft out: places, then everything that follows them. `Rejected` with the problems of the draft."""
    _require_whole(act.actor)
    _lock()
    seen = preview(draft)
    if seen.problems:
        raise Rejected(seen.problems)
    before, journal = tree.current(), Journal()
    outcome = Outcome(seen.plan, _carry_out(seen.plan, journal), before)
    for follower in followers():
        follower.follow(act, outcome, journal)
    return Reorganisation.objects.create(
        title=draft.title,
        effective_on=draft.effective_on,
        legal_basis=draft.legal_basis,
        certainty=draft.certainty.value,
        draft=draft.to_json(),
        effects=seen.to_json(),
        journal=journal.to_json(),
        applied_by=act.actor.name,
        applied_at=act.at,
    )


@action(needs=REORGANISE, records="places:reorganisation:undone")
def undo(act: Act, *, reorganisation: Reorganisation) -> Reorganisation:
    """Take a reorganisation back as if it had not been. `Rejected` while something stands on it."""
    _require_whole(act.actor)
    _lock()
    reorganisation.refresh_from_db()
    if reorganisation.undone_at is not None:
        raise Conflict(_("Đợt sắp xếp này đã được rút lại trước đó."))
    if problems := obstacles(reorganisation):
        raise Rejected(problems)
    try:
        _journal(reorganisation).take_back()
    except Conflict as error:
        message = _("Dữ liệu đã thay đổi sau khi sắp xếp nên không rút lại được: %(what)s.") % {"what": error}
        raise Conflict(message) from error
    reorganisation.undone_at, reorganisation.undone_by = act.at, act.actor.name
    reorganisation.save(update_fields=["undone_at", "undone_by"])
    return reorganisation


def obstacles(reorganisation: Reorganisation) -> list[Problem]:
    """What stands on a reorganisation, so that it cannot be taken back any more."""
    later = Reorganisation.objects.filter(undone_at__isnull=True, pk__gt=reorganisation.pk).order_by("-pk").first()
    if later is not None:
        message = _("Đợt “%(title)s” được ghi nhận sau; rút đợt đó trước.") % {"title": later.title}
        return [Problem("later_one", message)]
    journal = _journal(reorganisation)
    own = journal.keys()
    made: dict[str, set[int]] = {}
    for label, pk in journal.made:
        made.setdefault(label, set()).add(pk)
    found = []
    for label, keys in made.items():
        for name, count in hanging.built_on(apps.get_model(label), keys, own):
            message = _("Đã có %(count)s dòng “%(name)s” gắn với đơn vị mới.") % {"count": count, "name": name}
            found.append(Problem("built_on", message, _("Gỡ các dòng đó trước, hoặc ghi nhận một đợt sắp xếp mới.")))
    return found


def _carry_out(found: Plan, journal: Journal) -> dict[str, Place]:
    """The places themselves: ends, new units, parents, successions."""
    basis = found.draft.legal_basis
    journal.update(Place.objects.filter(pk__in=found.ended), valid_to=found.last_day)
    units = {
        unit.code: Place(
            code=unit.code,
            name=unit.name,
            name_folded=fold(unit.name),
            level=unit.level,
            kind=unit.kind,
            valid_from=found.day,
            legal_basis=basis,
            latitude=unit.latitude,
            longitude=unit.longitude,
        )
        for unit in found.new.values()
    }
    journal.create(units.values())
    closing = [*found.ended, *found.moves]
    journal.update(PlaceParent.objects.filter(place_id__in=closing, valid_to__isnull=True), valid_to=found.last_day)

    def key(target: Target) -> int:
        return units[target].pk if isinstance(target, str) else target

    under = [(units[unit.code].pk, unit.parent) for unit in found.new.values() if unit.parent is not None]
    journal.create(
        PlaceParent(place_id=pk, parent_id=key(target), valid_from=found.day)
        for pk, target in (*under, *found.moves.items())
    )
    journal.create(
        PlaceSuccession(
            predecessor_id=edge.predecessor,
            successor_id=units[edge.successor].pk,
            kind="rename" if edge.renamed else "part" if edge.share < 1 else "whole",
            share=edge.share,
            share_is_estimate=edge.estimate,
            effective_on=found.day,
            legal_basis=basis,
            certainty=found.draft.certainty.value,
            localities=edge.localities,
        )
        for edge in found.edges
    )
    return units


def _own_effects(found: Plan, places: PlaceTree) -> list[Effect]:
    ended = sorted(found.ended.values(), key=lambda node: node.code)
    into = {pk: [edge for edge in found.edges if edge.predecessor == pk] for pk in found.ended}

    def became(node: tree.Node) -> str:
        parts = [
            found.new[edge.successor].name
            + ("" if edge.share == 1 else f" ({format_number(float(edge.share * 100))} %)")
            for edge in into[node.pk]
        ]
        return f"{node.name} ({node.code}) → {'; '.join(parts) or '–'}"

    moved = [
        f"{places.nodes[pk].name} → {found.new[to].name if isinstance(to, str) else places.nodes[to].name}"
        for pk, to in found.moves.items()
    ]
    new = [f"{unit.name} ({unit.code})" for unit in found.new.values()]
    return [
        Effect(_("Đơn vị kết thúc"), len(ended), tuple(became(node) for node in ended)),
        Effect(_("Đơn vị mới"), len(new), tuple(new)),
        Effect(_("Đơn vị đổi cấp trên"), len(moved), tuple(moved)),
    ]


def _hanging_effects(found: Plan) -> list[Effect]:
    """Records keep the unit of their own date: they follow the ground and are counted, not rewritten."""
    moved = frozenset().union(*(follower.moves for follower in followers()))
    lines = hanging.counted(found.ended, moved=moved)
    total = sum(count for _name, _key, count in lines)
    shown = tuple(f"{name} ({key}): {count}" for name, key, count in lines)
    split = [pk for pk in found.ended if found.is_split(pk)]
    divided = sum(count for _name, _key, count in hanging.counted(split, moved=moved)) if split else 0
    effects = [Effect(_("Dòng dữ liệu giữ nguyên đơn vị của ngày ghi và tính theo phần đất"), total, shown)]
    if divided:
        label = _("Trong đó ở đơn vị bị chia: tính cho nơi nhận phần lớn nhất cho đến khi có địa chỉ")
        effects.append(Effect(label, divided, attention=True))
    return effects


def _journal(reorganisation: Reorganisation) -> Journal:
    return Journal(reorganisation.journal["made"], reorganisation.journal["changed"])


def _require_whole(actor: Actor) -> None:
    """Units of the whole province change together: an office over a part of it does not suffice."""
    if not any(scope.everything for scope in actor.scopes(REORGANISE)):
        raise Refused(_("Chỉ người quản trị của toàn tỉnh ghi nhận được việc sắp xếp đơn vị hành chính."))


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
