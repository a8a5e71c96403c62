"""Establishments by the file: columns, checks in sets, matching by tax code, one act for the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from atvsld.platform.acts import Act
from atvsld.platform.imports import targets
from atvsld.platform.imports.findings import FileRefused, ImportOutcome
from atvsld.platform.imports.source import Source, from_records
from atvsld.platform.imports.targets import Options
from atvsld.registers.establishments import policy
from atvsld.registers.establishments.intake.columns import examples, spec

__all__ = ["ESTABLISHMENTS", "accept_rows"]


def _accept(act: Act, source: Source, options: Options) -> ImportOutcome:
    from atvsld.registers.establishments.intake.accept import accept

    return accept(act, source, options)


ESTABLISHMENTS = targets.register(
    targets.Target(
        slug="establishments",
        title=_("Cơ sở sản xuất, kinh doanh"),
        permission=policy.IMPORT,
        spec=spec,
        accept=_accept,
        examples=examples,
    )
)


def accept_rows(act: Act, rows: Iterable[Mapping[str, Any]], **options: Any) -> ImportOutcome:
    """Take in rows given as named values (canonical column names), as one act; the same rules as for a file."""
    try:
        source = from_records(rows, spec())
    except FileRefused as refused:
        return ImportOutcome.refused(refused.problem)
    return _accept(act, source, Options(**options))
