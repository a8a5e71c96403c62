"""The kinds of file that can be imported. Each is stated by the app that keeps the records (its `intake`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

from atvsld.platform.acts import Act
from atvsld.platform.imports import mapping as mappings
from atvsld.platform.imports.columns import Spec
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
class Target:
    """One kind of file: its columns, who may bring it, what is done with it, and mappings shipped with it."""

    slug: str
    title: str | Promise
    permission: str
    spec: Callable[[], Spec]
    accept: Callable[[Act, Source, Options], ImportOutcome]
    examples: Callable[[], list[dict[str, Any]]]
    profiles: Callable[[], Mapping[str, mappings.Mapping]] = dict


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
