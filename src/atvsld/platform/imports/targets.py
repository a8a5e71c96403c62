"""The kinds of file that can be imported. Each is stated by the app that keeps the records (its `intake`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise

from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.imports import mapping as mappings
from atvsld.platform.imports.columns import Kind, Spec
from atvsld.platform.imports.findings import FileRefused, ImportOutcome
from atvsld.platform.imports.reading import open_book
from atvsld.platform.imports.source import Source, from_book, with_constants


def _silent(_rows: int) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is taken in. `progress` is told the number of rows read so far."""

    dry_run: bool = False
    all_or_nothing: bool = False
    namespace: str = ""
    progress: Callable[[int], None] = field(default=_silent)


@dataclass(frozen=True, slots=True)
class UndoRules:
    """What undoing an import of this kind must know beside what the history of the rows tells.

    `reach`: the records whose import the actor may undo; the rows of that model must all be among them. `release`:
    per model (`app.Model`) columns set to a value before rows take their former values back, where a constraint holds
    at every moment.
    """

    reach: Callable[[Actor], QuerySet[Any]] | None = None
    release: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of file: its columns, who may bring it, what is done with it, and mappings shipped with it.

    `guidance` are sentences for the instructions of the template: what a row is and what must be known.
    """

    slug: str
    title: str | Promise
    permission: str
    spec: Callable[[], Spec]
    accept: Callable[[Act, Source, Options], ImportOutcome]
    examples: Callable[[], list[dict[str, Any]]]
    profiles: Callable[[], Mapping[str, mappings.Mapping]] = dict
    guidance: tuple[str | Promise, ...] = ()
    undo: UndoRules = field(default_factory=UndoRules)

    @property
    def holds_secrets(self) -> bool:
        """Whether files of this kind carry what must not lie about longer than needed."""
        return any(column.kind is Kind.SECRET for column in self.spec().columns)


_TARGETS: dict[str, Target] = {}


def register(target: Target) -> Target:
    """Make a kind of file known. ValueError for a repeated slug."""
    if target.slug in _TARGETS:
        raise ValueError(f"{target.slug} is registered twice")
    _TARGETS[target.slug] = target
    return target


def get(slug: str) -> Target:
    """The target of a slug; KeyError when there is none."""
    return _TARGETS[slug]


def all_targets() -> tuple[Target, ...]:
    """Every kind of file, in the order of their slugs whatever order the apps are loaded in."""
    return tuple(sorted(_TARGETS.values(), key=lambda target: target.slug))


def accept_file(
    act: Act,
    target: Target,
    path: Path,
    *,
    mapping: mappings.Mapping | None = None,
    constants: Mapping[str, str] | None = None,
    options: Options | None = None,
) -> ImportOutcome:
    """Take in one file as one act. A file that cannot be read gives an outcome that is not `readable`."""
    spec = target.spec()
    try:
        if mapping is not None and constants:
            mapping = mapping.with_constants(constants, spec)
        source = from_book(open_book(path, largest=settings.IMPORT_MAX_BYTES), spec, mapping)
        if mapping is None and constants:
            source = with_constants(source, constants, spec)
        return target.accept(act, source, options or Options())
    except FileRefused as refused:
        return ImportOutcome.refused(refused.problem)
