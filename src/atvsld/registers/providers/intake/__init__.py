"""Service providers by the file: columns, checks, matching, one act for the whole file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act
from atvsld.platform.imports import taking, targets
from atvsld.platform.imports.columns import Spec
from atvsld.platform.imports.findings import ImportOutcome
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.targets import Options
from atvsld.registers.providers import policy

__all__ = ["PROVIDERS", "accept_rows"]


def _spec() -> Spec:
    from atvsld.registers.providers.intake.columns import spec

    return spec()


def _examples() -> list[dict[str, Any]]:
    from atvsld.registers.providers.intake.columns import examples

    return examples()


def _accept(act: Act, source: Source, options: Options) -> ImportOutcome:
    from atvsld.registers.providers.intake.accept import accept

    return accept(act, source, options)


def _reach(actor: Actor) -> QuerySet[Any]:
    from atvsld.registers.providers.models import ServiceProvider

    return policy.PROVIDERS.restrict(ServiceProvider.objects.all(), actor, policy.CHANGE)


PROVIDERS = targets.register(
    targets.Target(
        slug="service-providers",
        title=_("Tổ chức dịch vụ"),
        permission=policy.CHANGE,
        spec=_spec,
        accept=_accept,
        examples=_examples,
        guidance=(
            _("Mỗi dòng một giấy tờ hoạt động của một tổ chức; tổ chức có nhiều giấy tờ thì nhiều dòng."),
            _("Tổ chức đã có được tìm theo mã số thuế, không có mã thì theo tên; giấy tờ theo dịch vụ và số."),
        ),
        undo=targets.UndoRules(reach=_reach),
    )
)


def accept_rows(act: Act, rows: Iterable[Mapping[str, Any]], **options: Any) -> ImportOutcome:
    """Take in rows given as named values (canonical column names), as one act; the same rules as for a file."""
    return taking.take_rows(act, PROVIDERS, rows, Options(**options)).outcome
