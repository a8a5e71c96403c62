"""Accidents by the file: columns, checks in sets, matching with what is stored, one act for the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import policy
from atvsld.casework.accidents.intake.columns import spec
from atvsld.casework.accidents.intake.examples import examples
from atvsld.casework.accidents.intake.profiles import profiles
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.imports import taking, targets
from atvsld.platform.imports.findings import ImportOutcome
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.targets import Options

__all__ = ["ACCIDENTS", "accept_rows"]


def _accept(act: Act, source: Source, options: Options) -> ImportOutcome:
    from atvsld.casework.accidents.intake.accept import accept

    return accept(act, source, options)


def _reach(actor: Actor) -> QuerySet[Any]:
    from atvsld.casework.accidents.models import AccidentCase

    return policy.CASES.restrict(AccidentCase.objects.all(), actor, policy.IMPORT)


ACCIDENTS = targets.register(
    targets.Target(
        slug="accidents",
        title=_("Tai nạn lao động"),
        permission=policy.IMPORT,
        spec=spec,
        accept=_accept,
        examples=examples,
        profiles=profiles,
        guidance=(
            _("Mỗi dòng một người bị nạn; các dòng cùng mã vụ là một vụ."),
            _("Một dòng lỗi chỉ giữ lại vụ của nó; các vụ khác vẫn được nhận."),
        ),
        undo=targets.UndoRules(
            reach=_reach,
            # One principal victim a case, at every moment.
            release={"accidents.Victim": {"is_principal": False}},
        ),
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
    options = Options(dry_run=dry_run, all_or_nothing=all_or_nothing, namespace=namespace)
    return taking.take_rows(act, ACCIDENTS, rows, options).outcome
