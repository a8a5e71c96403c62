"""What a file of workers changes: worked out person by person beside what is stored, written in sets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from atvsld.registers.workers.intake.rows import StagedRow
from atvsld.registers.workers.models import Employment, ProtectedGroup, Worker

BATCH = 2_000
_FACTS = ("name", "name_folded", "birth_date", "sex", "identity_kind", "identity_sealed", "identity_fingerprint")
_WORK = ("started_on", "ended_on", "labour_relation", "occupation_code", "job_title", "place_id")


@dataclass(slots=True)
class Changes:
    """Records to insert and to update, and what each row does: new, changed or unchanged."""

    people: list[Worker] = field(default_factory=list)
    changed_people: list[Worker] = field(default_factory=list)
    work: list[Employment] = field(default_factory=list)
    changed_work: list[Employment] = field(default_factory=list)
    groups: list[ProtectedGroup] = field(default_factory=list)
    changed_groups: list[ProtectedGroup] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def write(self) -> dict[str, int]:
        """Insert and update; how many people, employments and memberships are new."""
        Worker.objects.bulk_create(self.people, batch_size=BATCH)
        Employment.objects.bulk_create(self.work, batch_size=BATCH)
        ProtectedGroup.objects.bulk_create(self.groups, batch_size=BATCH)
        facts = [*_FACTS, "establishment", "place", "version"]
        Worker.objects.bulk_update(self.changed_people, facts, batch_size=500)
        work = [name.removesuffix("_id") for name in _WORK]
        Employment.objects.bulk_update(self.changed_work, work, batch_size=500)
        ProtectedGroup.objects.bulk_update(self.changed_groups, ["valid_to", "basis"], batch_size=500)
        return {"workers": len(self.people), "employments": len(self.work), "protected_groups": len(self.groups)}


class Book:
    """The stored workers a file speaks of, with their work and groups; held against changes until the end."""

    def __init__(self, keys: Iterable[int]) -> None:
        wanted = sorted(set(keys))
        self.people: dict[int, Worker] = {}
        self.work: dict[int, list[Employment]] = defaultdict(list)
        self.groups: dict[int, list[ProtectedGroup]] = defaultdict(list)
        for start in range(0, len(wanted), BATCH):
            part = wanted[start : start + BATCH]
            for person in Worker.objects.select_for_update().filter(pk__in=part).order_by("pk"):
                self.people[person.pk] = person
            for held in Employment.objects.filter(worker_id__in=part).order_by("pk"):
                self.work[held.worker_id].append(held)
            for group in ProtectedGroup.objects.filter(worker_id__in=part).order_by("pk"):
                self.groups[group.worker_id].append(group)


def work_out(people: Iterable[tuple[int | None, list[StagedRow]]], book: Book) -> Changes:
    """Every person with the rows that speak of them; the key is that of the stored worker, None for a new one."""
    changes = Changes()
    for key, rows in people:
        if key is None:
            _add(rows, changes)
        else:
            _compare(book.people[key], rows, book, changes)
    return changes


def _add(rows: list[StagedRow], changes: Changes) -> None:
    person = Worker(name_folded=rows[0].name_folded, identity_kind="")
    for row in rows:
        _state_facts(person, row)
    work = [_made(person, row) for row in rows if row.works]
    groups = [group for row in rows for group in _stated(person, row, [])]
    _follow(person, work)
    changes.people.append(person)
    changes.work.extend(work)
    changes.groups.extend(groups)
    changes.new += len(rows)


def _compare(person: Worker, rows: list[StagedRow], book: Book, changes: Changes) -> None:
    before = _values(person, (*_FACTS, "establishment_id", "place_id"))
    work, groups = book.work[person.pk], book.groups[person.pk]
    stale: dict[int, Employment] = {}
    fresh: set[int] = set()
    for row in rows:
        facts = _values(person, _FACTS)
        _state_facts(person, row)
        touched = _values(person, _FACTS) != facts
        if row.works:
            held = _same_work(work, row)
            if held is None:
                work.append(made := _made(person, row))
                changes.work.append(made)
                fresh.add(id(made))
                touched = True
            elif _state_work(held, row):
                stale[id(held)] = held
                touched = True
        for group in _stated(person, row, groups):
            touched = True
            if not any(group is one for one in groups):
                groups.append(group)
                changes.groups.append(group)
                fresh.add(id(group))
            elif id(group) not in fresh and group not in changes.changed_groups:
                changes.changed_groups.append(group)
        changes.changed += touched
        changes.unchanged += not touched
    changes.changed_work.extend(held for key, held in stale.items() if key not in fresh)
    _follow(person, work)
    if _values(person, (*_FACTS, "establishment_id", "place_id")) != before:
        person.version += 1
        changes.changed_people.append(person)


def _state_facts(person: Worker, row: StagedRow) -> None:
    """What the row says replaces; what it does not say stays."""
    if row.name_folded != person.name_folded or not person.name:
        person.name, person.name_folded = row.name, row.name_folded
    person.birth_date = row.birth_date or person.birth_date
    person.sex = row.sex or person.sex
    if row.number and row.number.fingerprint != person.identity_fingerprint:
        person.identity_sealed, person.identity_fingerprint = row.number.sealed, row.number.fingerprint
        person.identity_kind = row.identity_kind or row.number.kind
    elif row.identity_kind and person.identity_fingerprint:
        person.identity_kind = row.identity_kind


def _made(person: Worker, row: StagedRow) -> Employment:
    return Employment(
        worker=person,
        establishment_id=row.establishment_id,
        place_id=row.place_id,
        started_on=row.started_on,
        ended_on=row.ended_on,
        occupation_code=row.occupation_code or "",
        job_title=row.job_title or "",
        labour_relation=row.labour_relation or "",
    )


def same_place(held: Employment, row: StagedRow) -> bool:
    """Whether an employment is for the establishment of the row, or in its place when there is none."""
    if row.establishment_id is not None:
        return held.establishment_id == row.establishment_id
    return held.establishment_id is None and held.place_id == row.place_id


def _same_work(work: list[Employment], row: StagedRow) -> Employment | None:
    """The employment a row speaks of: begun on the same day, else one whose beginning one of both does not know."""
    here = [held for held in work if same_place(held, row)]
    for held in here:
        if held.started_on == row.started_on:
            return held
    if row.started_on is None:
        known = [held for held in here if held.ended_on is None] or here
        return known[-1] if known else None
    return next((held for held in here if held.started_on is None), None)


def _state_work(held: Employment, row: StagedRow) -> bool:
    before = _values(held, _WORK)
    held.started_on = row.started_on or held.started_on
    held.ended_on = row.ended_on or held.ended_on
    for name in ("labour_relation", "occupation_code", "job_title"):
        setattr(held, name, getattr(row, name) or getattr(held, name))
    if row.place_code:
        held.place_id = row.place_id
    return _values(held, _WORK) != before


def _stated(person: Worker, row: StagedRow, held: list[ProtectedGroup]) -> Iterator[ProtectedGroup]:
    """Memberships the row adds or changes."""
    if row.group_from is None:
        return
    for code in row.groups:
        same = next((one for one in held if one.group == code and one.valid_from == row.group_from), None)
        if same is None:
            yield ProtectedGroup(
                worker=person, group=code, valid_from=row.group_from, valid_to=row.group_to,
                basis=row.group_basis or "",
            )  # fmt: skip
            continue
        until, basis = row.group_to or same.valid_to, row.group_basis or same.basis
        if (until, basis) != (same.valid_to, same.basis):
            same.valid_to, same.basis = until, basis
            yield same


def _follow(person: Worker, work: list[Employment]) -> None:
    """The worker belongs to the work begun last among what is not over; without any, to the last known place."""
    running = [held for held in work if held.ended_on is None]
    if running:
        # Later ones of a list were recorded later.
        _at, held = max(enumerate(running), key=lambda item: (item[1].started_on or date.min, item[0]))
        person.establishment_id, person.place_id = held.establishment_id, held.place_id
    else:
        person.establishment_id = None
        if person.place_id is None and work:
            person.place_id = work[-1].place_id


def _values(record: Any, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(record, name) for name in names)
