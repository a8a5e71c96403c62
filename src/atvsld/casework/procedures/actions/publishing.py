"""Making a procedure public, and ending that."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.procedures import queries
from atvsld.casework.procedures.models import ProcedurePublication
from atvsld.casework.procedures.policy import CHANGE, PUBLICATIONS
from atvsld.casework.procedures.rules import load_procedures
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.bodies.models import Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is stated of a publication."""

    decision: str
    desk: str
    published_on: date
    code: str = ""
    website: str = ""


@action(needs=CHANGE, records="procedures:procedure:published")
def publish(act: Act, *, procedure: str, body: Body, stated: Published) -> ProcedurePublication:
    """Make a procedure of the law public for a body. `Conflict` when the body published it already."""
    record = ProcedurePublication(procedure=procedure, body=body, place_id=body.place_id, **asdict(stated))
    PUBLICATIONS.require(act.actor, CHANGE, record)
    problems = list(_problems(procedure, body, stated, act.day))
    if problems:
        raise Rejected(problems)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        message = _("%(body)s đang công bố thủ tục này rồi. Thôi công bố bản cũ trước khi công bố bản mới.")
        raise Conflict(message % {"body": body.name}) from error
    return record


@action(needs=CHANGE, records="procedures:procedure:ended")
def end_publication(
    act: Act, *, publication: ProcedurePublication, version: int, ended_on: date
) -> ProcedurePublication:
    """The publication no longer stands from a day on."""
    PUBLICATIONS.require(act.actor, CHANGE, publication)
    if ended_on < publication.published_on:
        raise Rejected([Problem("days", _("Ngày thôi công bố trước ngày công bố."), column="ended_on")])
    held = ProcedurePublication.objects.filter(pk=publication.pk, version=version, ended_on__isnull=True)
    if not held.update(version=F("version") + 1, ended_on=ended_on):
        raise Conflict(_("Bản công bố này vừa được người khác sửa. Mở lại trang để xem bản mới."))
    publication.refresh_from_db()
    return publication


def _problems(procedure: str, body: Body, stated: Published, today: date) -> list[Problem]:
    found = []
    known = load_procedures().by_id.get(procedure)
    if known is None or not known.local:
        found.append(
            Problem(
                "procedure", _("Không có thủ tục này trong số thủ tục do cơ quan ở địa phương giải quyết."),
                _("Chọn trong danh mục thủ tục."), column="procedure", value=procedure,
            )
        )  # fmt: skip
    elif known.at(stated.published_on) is None:
        message = _("Bộ pháp luật không có quy định nào của thủ tục này còn hiệu lực vào ngày công bố.")
        found.append(Problem("not_in_force", message, _("Kiểm tra lại ngày công bố."), column="published_on"))
    elif not queries.holds(body, known.decides, stated.published_on):
        message = _("%(body)s không giữ chức năng giải quyết thủ tục này vào ngày công bố.")
        found.append(Problem("body", message % {"body": body.name}, _("Chọn đúng cơ quan."), column="body"))
    if stated.published_on > today:
        found.append(Problem("days", _("Ngày công bố còn ở tương lai."), column="published_on"))
    if not stated.decision.strip():
        found.append(Problem("decision", _("Chưa ghi quyết định công bố (số, ngày, cơ quan)."), column="decision"))
    if not stated.desk.strip():
        found.append(Problem("desk", _("Chưa ghi nơi nhận hồ sơ."), column="desk"))
    return found
