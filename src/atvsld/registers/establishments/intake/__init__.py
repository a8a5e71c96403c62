"""Establishments by the file: columns, checks in sets, matching by tax code, one act for the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.imports import taking, targets
from atvsld.platform.imports.findings import ImportOutcome
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.targets import Options
from atvsld.registers.establishments import policy
from atvsld.registers.establishments.intake.columns import examples, spec

__all__ = ["ESTABLISHMENTS", "accept_rows"]


def _accept(act: Act, source: Source, options: Options) -> ImportOutcome:
    from atvsld.registers.establishments.intake.accept import accept

    return accept(act, source, options)


def _reach(actor: Actor) -> QuerySet[Any]:
    from atvsld.registers.establishments.models import Establishment

    return policy.ESTABLISHMENTS.restrict(Establishment.objects.all(), actor, policy.IMPORT)


ESTABLISHMENTS = targets.register(
    targets.Target(
        slug="establishments",
        title=_("Cơ sở sản xuất, kinh doanh"),
        permission=policy.IMPORT,
        spec=spec,
        accept=_accept,
        examples=examples,
        guidance=(
            _("Mỗi dòng một cơ sở và số lao động của một năm; các dòng cùng mã số thuế là một cơ sở."),
            _("Các dòng của một cơ sở phải nói như nhau về tên, địa chỉ, ngành; mỗi năm một dòng."),
        ),
        undo=targets.UndoRules(reach=_reach),
    )
)


def accept_rows(act: Act, rows: Iterable[Mapping[str, Any]], **options: Any) -> ImportOutcome:
    """Take in rows given as named values (canonical column names), as one act; the same rules as for a file."""
    return taking.take_rows(act, ESTABLISHMENTS, rows, Options(**options)).outcome
