"""Asking bodies for their opinion on a draft."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.proposals.models import ConsultationAsked, DraftConsultation
from atvsld.casework.proposals.policy import CHANGE, CONSOLIDATE, PAPERS
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.outbox.facade import post
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import heirs, in_force
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked. `asked`: the bodies; none only when everybody may answer."""

    title: str
    kind: str
    sender: str
    deadline: date
    letter: str = ""
    letter_on: date | None = None
    open_to_all: bool = False
    asked: tuple[Body, ...] = ()


@action(needs=CONSOLIDATE, records="proposals:draft_consultation:opened")
def open_consultation(act: Act, *, key: str, body: Body, stated: Asking) -> DraftConsultation:
    """Ask for opinions; those of the bodies asked find it in their inbox. A `key` seen before gives the same."""
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang."))])
    record = DraftConsultation(
        public_id=key, body=body, place_id=body.place_id, title=" ".join(stated.title.split()), kind=stated.kind,
        sender=stated.sender.strip(), letter=stated.letter.strip(), letter_on=stated.letter_on,
        deadline=stated.deadline, open_to_all=stated.open_to_all, opened_on=act.day,
    )  # fmt: skip
    PAPERS.require(act.actor, CONSOLIDATE, record)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"consultation:{key}"])
    if earlier := DraftConsultation.objects.filter(public_id=key).first():
        PAPERS.require(act.actor, CONSOLIDATE, earlier)
        return earlier
    problems = list(_problems(stated, act.day))
    if problems:
        raise Rejected(problems)
    record.save(force_insert=True)
    asked = [ConsultationAsked(consultation=record, body=one) for one in dict.fromkeys(stated.asked)]
    ConsultationAsked.objects.bulk_create(asked)
    _tell(act, record, [row.body for row in asked])
    return record


@action(needs=CONSOLIDATE, records="proposals:draft_consultation:withdrawn")
def withdraw_consultation(act: Act, *, consultation: DraftConsultation, version: int, why: str) -> DraftConsultation:
    """Ask no longer, with the reason. Refused once opinions are being gathered."""
    PAPERS.require(act.actor, CONSOLIDATE, consultation)
    if not why.strip():
        raise Rejected([Problem("why", _("Chưa ghi lý do bỏ."), column="why")])
    if consultation.papers.exclude(state="dropped").exists():
        message = _("Ý kiến về dự thảo này đã được tổng hợp nên không bỏ được.")
        raise Rejected([Problem("gathered", message, _("Bỏ văn bản tổng hợp trước."))])
    held = DraftConsultation.objects.filter(pk=consultation.pk, version=version, withdrawn_at__isnull=True)
    if not held.update(version=F("version") + 1, withdrawn_at=act.at, withdrawn_why=why.strip()[:300]):
        raise Conflict(_("Lần lấy ý kiến vừa được người khác sửa. Mở lại trang để xem bản mới."))
    consultation.refresh_from_db()
    return consultation


def _problems(stated: Asking, today: date) -> Iterable[Problem]:
    if not stated.title.strip():
        yield Problem("title", _("Chưa ghi tên dự thảo."), column="title")
    if not stated.sender.strip():
        yield Problem("sender", _("Chưa ghi cơ quan gửi lấy ý kiến."), column="sender")
    if stated.deadline < today:
        yield Problem("deadline", _("Hạn góp ý đã qua."), _("Ghi hạn từ hôm nay trở đi."), column="deadline")
    if stated.letter_on is not None and stated.letter_on > today:
        yield Problem("letter_on", _("Ngày công văn còn ở tương lai."), column="letter_on")
    if not stated.asked and not stated.open_to_all:
        message = _("Chưa chọn cơ quan nào để hỏi.")
        yield Problem("asked", message, _("Chọn cơ quan, hoặc cho mọi đơn vị góp ý."), column="asked")


def _tell(act: Act, record: DraftConsultation, asked: Iterable[Body]) -> None:
    """A message to everybody who may answer for a body asked, under the name it bears today."""
    today: dict[int, Body] = {heir.pk: heir for body in asked for heir in heirs(body.pk, act.day)}
    answering = [slug for slug, role in roles().items() if CHANGE in role.own]
    offices = Office.objects.filter(in_force(act.day), body__in=today, role__in=answering, user__is_active=True)
    subject = _("Góp ý dự thảo: %(title)s") % {"title": record.title}
    body = _("%(sender)s lấy ý kiến, hạn %(day)s. Ghi ý kiến của đơn vị trong mục Kiến nghị, góp ý.") % {
        "sender": record.sender, "day": format_date(record.deadline),
    }  # fmt: skip
    url = reverse("proposals:consultation", args=[record.public_id])
    for user in offices.order_by("user_id").values_list("user_id", flat=True).distinct():
        post(
            key=f"consultation:{record.public_id}:{user}", user_id=user, subject=subject, body=body, url=url, at=act.at
        )
