"""What every act on a paper asks first: its kind, its record, whether this person may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Refused, Rejected, action
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.registry import PaperKind, Source, kind_of, source_of

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Desk:
    """A paper's kind, source and record, for somebody who may write it."""

    kind: PaperKind
    source: Source
    record: Any


def desk(act: Act, kind: PaperKind, subject: str) -> Desk:
    """Everything needed to write; `Refused` when the record is out of reach or the kind not this person's to issue."""
    source = source_of(kind.context)
    record = source.find(act.actor, subject)
    if record is None:
        raise Refused(_("Hồ sơ nằm ngoài phạm vi được giao cho tài khoản."))
    if not source.may_write(act.actor, kind, record):
        raise Refused(_("Tài khoản không được soạn, ban hành loại văn bản này cho hồ sơ này."))
    return Desk(kind, source, record)


def desk_of(act: Act, paper: Paper) -> Desk:
    return desk(act, kind_of(paper.kind), paper.subject)


def as_act(act: Act, context: str, records: str, work: Callable[[], R]) -> R:
    """Run the work as an act under the permission that the context asks for."""

    @action(needs=source_of(context).needs, records=records)
    def run(_act: Act) -> R:
        return work()

    return run(act)


def locked(paper: Paper, version: int, *states: str) -> Paper:
    """The paper as it stands now, held until the end of the act; `Conflict` when it moved on since it was read."""
    held = Paper.objects.select_for_update().get(pk=paper.pk)
    if held.version != version or held.state not in states:
        raise Conflict(
            _("Văn bản vừa được người khác sửa hoặc đã ban hành nên thay đổi của bạn chưa được ghi. "
              "Mở lại văn bản để xem bản mới.")
        )  # fmt: skip
    return held


def rejected(code: str, message: str, remedy: str = "", column: str | None = None) -> Rejected:
    return Rejected([Problem(code, message, remedy, column=column)])
