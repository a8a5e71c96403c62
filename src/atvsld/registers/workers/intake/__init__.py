"""Workers by the file: columns, numbers sealed on the way in, checks, matching, one act for the whole file."""

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
from atvsld.registers.workers import policy

__all__ = ["WORKERS", "accept_rows"]


def _spec() -> Spec:
    from atvsld.registers.workers.intake.columns import spec

    return spec()


def _examples() -> list[dict[str, Any]]:
    from atvsld.registers.workers.intake.columns import examples

    return examples()


def _accept(act: Act, source: Source, options: Options) -> ImportOutcome:
    from atvsld.registers.workers.intake.accept import accept

    return accept(act, source, options)


def _reach(actor: Actor) -> QuerySet[Any]:
    from atvsld.registers.workers import queries

    return queries.visible(actor, policy.CHANGE)


WORKERS = targets.register(
    targets.Target(
        slug="workers",
        title=_("Người lao động"),
        permission=policy.CHANGE,
        spec=_spec,
        accept=_accept,
        examples=_examples,
        guidance=(
            _("Mỗi dòng một người và một nơi làm việc; người làm nhiều nơi thì mỗi nơi một dòng."),
            _("Người đã có được tìm theo số định danh, không có số thì theo tên, ngày sinh và nơi làm việc."),
            _("Số định danh được niêm phong ngay khi đọc; tệp gửi lên được xóa khi mọi dòng đã nhận."),
        ),
        undo=targets.UndoRules(reach=_reach),
    )
)


def accept_rows(act: Act, rows: Iterable[Mapping[str, Any]], **options: Any) -> ImportOutcome:
    """Take in rows given as named values (canonical column names), as one act; the same rules as for a file."""
    return taking.take_rows(act, WORKERS, rows, Options(**options)).outcome
