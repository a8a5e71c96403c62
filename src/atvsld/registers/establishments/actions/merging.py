"""Finding likely duplicates, deciding on them, merging two establishments and taking a merging back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import cast

import pghistory.models
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, UniqueConstraint
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.establishments import duplicates
from atvsld.registers.establishments.models import DuplicatePair, Establishment, EstablishmentMerge
from atvsld.registers.establishments.policy import CHANGE, ESTABLISHMENTS
from atvsld.registers.places import tree

State = DuplicatePair.State


@action(needs=CHANGE, records="establishments:duplicate_pair:sought")
def find_duplicates(act: Act) -> int:
    """Compare the establishments within the actor's reach; how many open pairs there are now.

    A pair already decided stays decided; an open pair no longer alike goes.
    """
    visible = ESTABLISHMENTS.restrict(Establishment.objects.filter(merged_into=None), act.actor, CHANGE)
    subjects = list(_subjects(act, visible))
    keys = {subject.pk for subject in subjects}
    found = duplicates.find(subjects)
    here = DuplicatePair.objects.filter(first_id__in=keys, second_id__in=keys)
    decided = set(here.exclude(state=State.OPEN).values_list("first_id", "second_id"))
    here.filter(state=State.OPEN).delete()
    DuplicatePair.objects.bulk_create(
        (
            DuplicatePair(
                first_id=pair.first,
                second_id=pair.second,
                score=pair.score,
                reasons=[list(one) for one in pair.reasons],
            )
            for pair in found
            if (pair.first, pair.second) not in decided
        ),
        batch_size=5_000,
    )
    return here.filter(state=State.OPEN).count()


def _subjects(act: Act, visible: QuerySet[Establishment]) -> Iterator[duplicates.Subject]:
    graph = tree.current()
    today: dict[int, int] = {}
    for pk, tax_code, name, address, phone, place in visible.values_list(
        "pk", "tax_code", "name", "address", "phone", "place_id"
    ):
        if place not in today:
            unit = graph.unit_on(place, act.day)
            today[place] = unit.pk if unit is not None else place
        yield duplicates.Subject(pk, tax_code, name, address, phone, today[place])


@action(needs=CHANGE, records="establishments:duplicate_pair:told_apart")
def tell_apart(act: Act, *, pair: DuplicatePair) -> None:
    """Two establishments after all; the pair is not shown again."""
    for record in (pair.first, pair.second):
        ESTABLISHMENTS.require(act.actor, CHANGE, record)
    DuplicatePair.objects.filter(pk=pair.pk, state=State.OPEN).update(state=State.DIFFERENT)


@action(needs=CHANGE, records="establishments:establishment:merged")
def merge_establishments(act: Act, *, kept: Establishment, absorbed: Establishment) -> EstablishmentMerge:
    """Make two records one: all that points at `absorbed` points at `kept`, which the other then names.

    What `kept` has already (the workforce of the same year, its OSH organisation) stays with `absorbed`. Nothing is
    deleted; `undo_merge` takes it back. `Rejected` when either is merged already or a rule of other records forbids.
    """
    for record in (kept, absorbed):
        ESTABLISHMENTS.require(act.actor, CHANGE, record)
    locked = list(Establishment.objects.select_for_update().filter(pk__in=(kept.pk, absorbed.pk)).order_by("pk"))
    if len({record.pk for record in locked}) != 2:
        raise Rejected([Problem("merge_itself", _("Không thể gộp một cơ sở vào chính nó."))])
    if any(record.merged_into_id for record in locked):
        message = _("Một trong hai cơ sở đã được gộp.")
        raise Rejected([Problem("merged_already", message, _("Mở cơ sở đang giữ rồi gộp tiếp."))])
    try:
        with transaction.atomic():
            moved = {path: keys for path, keys in _relocated(absorbed.pk, kept.pk) if keys}
    except IntegrityError as error:
        message = _("Hồ sơ của hai cơ sở mâu thuẫn nhau nên không gộp được: %(why)s")
        raise Rejected([Problem("merge_conflict", message % {"why": str(error).splitlines()[0]})]) from error
    Establishment.objects.filter(pk=absorbed.pk).update(merged_into=kept, version=F("version") + 1)
    _mark(kept.pk, absorbed.pk, State.MERGED)
    return EstablishmentMerge.objects.create(
        kept=kept, absorbed=absorbed, merged_at=act.at, merged_by_id=act.actor.user_id, moved=moved
    )


@action(needs=CHANGE, records="establishments:establishment:separated")
def undo_merge(act: Act, *, merge: EstablishmentMerge) -> None:
    """Take a merging back: the rows that went over return, unless someone has moved them elsewhere since."""
    for record in (merge.kept, merge.absorbed):
        ESTABLISHMENTS.require(act.actor, CHANGE, record)
    held = EstablishmentMerge.objects.filter(pk=merge.pk, undone_at=None)
    if not held.update(undone_at=act.at, undone_by_id=act.actor.user_id):
        raise Rejected([Problem("separated_already", _("Lần gộp này đã được tách lại."))])
    for path, keys in merge.moved.items():
        model, field = _model(path)
        model._base_manager.filter(pk__in=keys, **{field: merge.kept_id}).update(**{field: merge.absorbed_id})  # noqa: SLF001
    Establishment.objects.filter(pk=merge.absorbed_id).update(merged_into=None, version=F("version") + 1)
    _mark(merge.kept_id, merge.absorbed_id, State.OPEN)


def _mark(one: int, other: int, state: str) -> None:
    first, second = sorted((one, other))
    DuplicatePair.objects.filter(first_id=first, second_id=second).update(state=state)


def _relocated(source: int, target: int) -> Iterator[tuple[str, list[object]]]:
    """Point every row of every app that points at one establishment to the other; which rows those were."""
    for model, field in _holders():
        rows = model._base_manager.filter(**{field: source})  # noqa: SLF001
        for others, condition in _unique_with(model, field):
            same = {name: OuterRef(name) for name in others}
            held = model._base_manager.filter(condition, **{field: target}, **same)  # noqa: SLF001
            rows = rows.exclude(condition & Q(Exists(held)))
        keys = list(rows.values_list("pk", flat=True))
        if keys:
            model._base_manager.filter(pk__in=keys).update(**{field: target})  # noqa: SLF001
        yield f"{model._meta.label}.{field}", keys  # noqa: SLF001


def _holders() -> Iterator[tuple[type[Model], str]]:
    """Models and fields by which records belong to an establishment, in whatever app; history stays as it was."""
    own = {DuplicatePair, EstablishmentMerge}
    for relation in Establishment._meta.get_fields(include_hidden=True):  # noqa: SLF001
        if not relation.auto_created or relation.concrete or not (relation.one_to_many or relation.one_to_one):
            continue
        model = relation.related_model
        if not isinstance(model, type) or issubclass(model, pghistory.models.Event) or model in own:
            continue
        yield cast("type[Model]", model), str(relation.field.name)  # type: ignore[union-attr]


def _unique_with(model: type[Model], field: str) -> Iterator[tuple[tuple[str, ...], Q]]:
    """The other fields of each constraint by which a holder may have only one such row, and the rows it is for."""
    meta = model._meta  # noqa: SLF001
    if getattr(meta.get_field(field), "unique", False):
        yield (), Q()
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint) and field in constraint.fields:
            yield tuple(name for name in constraint.fields if name != field), constraint.condition or Q()


def _model(path: str) -> tuple[type[Model], str]:
    label, field = path.rsplit(".", 1)
    return apps.get_model(label), field


def open_pairs(visible: QuerySet[Establishment]) -> QuerySet[DuplicatePair]:
    """Open pairs of which both lie among the establishments given, the likeliest first."""
    keys = visible.values("pk")
    return (
        DuplicatePair.objects.filter(Q(first__in=keys) & Q(second__in=keys), state=State.OPEN)
        .select_related("first__place", "second__place")
        .order_by("-score", "pk")
    )


def counts_behind(records: list[Establishment]) -> dict[int, dict[str, int]]:
    """How many rows of each kind belong to each establishment: what a merging would move."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for model, field in _holders():
        if model is Establishment:
            continue
        rows = model._base_manager.filter(**{f"{field}__in": records})  # noqa: SLF001
        label = str(model._meta.verbose_name)  # noqa: SLF001
        for pk, count in rows.values_list(field).annotate(Count("pk")).order_by():
            found[pk][label] = found[pk].get(label, 0) + count
    return found
