"""What changed between two versions of a plan, clause by clause and field by field."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from atvsld.law.programme import Clause, Programme, Section


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs: of the clause or heading `where`, of the header when that is empty."""

    where: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Difference:
    """Ids only in the new version, ids only in the old one, and what changed in those both have."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]

    @property
    def empty(self) -> bool:
        return not (self.added or self.removed or self.changed)


def difference(before: Programme, after: Programme) -> Difference:
    """Old to new. A clause moved under another heading keeps its id and shows as a change of `section`."""
    old, new = _parts(before), _parts(after)
    changed = [change for where in new if where in old for change in _changes(where, old[where], new[where])]
    return Difference(
        added=tuple(where for where in new if where not in old),
        removed=tuple(where for where in old if where not in new),
        changed=(*_changes("", before, after), *changed),
    )


def _parts(programme: Programme) -> dict[str, Section | Clause]:
    return {**{one.id: one for one in programme.sections}, **{one.id: one for one in programme.clauses}}


def _changes(where: str, before: Any, after: Any) -> list[Change]:
    held_apart = {"sections", "clauses"}  # compared on their own
    return [
        Change(where, one.name, old, new)
        for one in fields(before)
        if one.name not in held_apart and (old := getattr(before, one.name)) != (new := getattr(after, one.name, None))
    ]
