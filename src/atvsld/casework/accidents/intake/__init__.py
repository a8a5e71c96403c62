"""Accidents by the file: columns, checks in sets, matching with what is stored, one act for the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import policy
from atvsld.casework.accidents.intake.columns import spec
from atvsld.casework.accidents.intake.examples import examples
from atvsld.casework.accidents.intake.profiles import profiles
from atvsld.platform.acts import Act
from atvsld.platform.imports import targets
from atvsld.platform.imports.findings import FileRefused, ImportOutcome
from atvsld.platform.imports.source import Source, from_records
from atvsld.platform.imports.targets import Options

__all__ = ["ACCIDENTS", "accept_rows"]


def _accept(act: Act, source: Source, options: Options) -> ImportOutcome:
    from atvsld.casework.accidents.intake.accept import accept

    return accept(act, source, options)


ACCIDENTS = targets.register(
    targets.Target(
        slug="accidents",
        title=_("Tai nạn lao động"),
        permission=policy.IMPORT,
        spec=spec,
        accept=_accept,
        examples=examples,
        profiles=profiles,
    )
)


def accept_rows(
    act: Act,
    rows: Iterable[Mapping[str, Any]],
    *,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    namespace: str = "",
) -> ImportOutcome:
    """Take in rows given as named values (canonical column names, one row per victim), as one act.

    The same rules as for a file; row numbers count from 1. A name that is no column makes the outcome not
    `readable`. Raises `Refused` when the actor may import nowhere.
    """
    try:
        source = from_records(rows, spec())
    except FileRefused as refused:
        return ImportOutcome.refused(refused.problem)
    return _accept(act, source, Options(dry_run=dry_run, all_or_nothing=all_or_nothing, namespace=namespace))
