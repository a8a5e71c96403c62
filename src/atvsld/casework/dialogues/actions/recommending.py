"""Recommendations of a supervision, and the answers to them."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from atvsld.casework.dialogues.models import Recommendation, SupervisionVisit
from atvsld.casework.dialogues.policy import CHANGE, OWN
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action


@action(needs=CHANGE, records="dialogues:recommendation:made")
def recommend(act: Act, *, visit: SupervisionVisit, key: str, text: str, term: date | None = None) -> Recommendation:
    """Add a recommendation. `key` is a ULID made by the sender: sent twice, it gives the same one."""
    held = _held(act, visit)
    problems = []
    if not is_ulid(key):
        problems.append(Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang ghi.")))
    if not text.strip():
        problems.append(Problem("no_text", _("Chưa ghi kiến nghị."), _("Nêu điều kiến nghị."), column="text"))
    if term is not None and term < held.held_on:
        message = _("Hạn trả lời trước ngày giám sát.")
        problems.append(Problem("term_early", message, _("Kiểm tra lại hạn."), column="term"))
    if problems:
        raise Rejected(problems)
    made, new = Recommendation.objects.get_or_create(
        public_id=key, defaults={"visit": held, "text": text.strip(), "term": term}
    )
    if not new and (made.visit_id, made.text, made.term) != (held.pk, text.strip(), term):
        raise Conflict(_("Phiếu này đã được ghi với nội dung khác. Mở lại trang ghi mới."))
    _count(held)
    return made


@action(needs=CHANGE, records="dialogues:recommendation:answered")
def answer(act: Act, *, recommendation: Recommendation, on: date, text: str) -> Recommendation:
    """Note what was answered and when; noted again, the later words stand."""
    held = _held(act, recommendation.visit)
    problems = []
    if not held.held_on <= on <= act.day:
        message = _("Ngày trả lời phải từ ngày giám sát đến hôm nay.")
        problems.append(Problem("day_order", message, _("Kiểm tra lại ngày."), column="on"))
    if not text.strip():
        message = _("Chưa ghi nội dung trả lời.")
        problems.append(Problem("no_text", message, _("Tóm tắt văn bản trả lời."), column="text"))
    if problems:
        raise Rejected(problems)
    Recommendation.objects.filter(pk=recommendation.pk).update(answered_on=on, answer=text.strip())
    _count(held)
    recommendation.refresh_from_db()
    return recommendation


def _held(act: Act, visit: SupervisionVisit) -> SupervisionVisit:
    """The visit as it stands, locked, when it is the actor's own and was not withdrawn."""
    OWN.require(act.actor, CHANGE, visit)
    held = SupervisionVisit.objects.select_for_update().get(pk=visit.pk)
    OWN.require(act.actor, CHANGE, held)
    if held.withdrawn_at is not None:
        raise Rejected([Problem("withdrawn", _("Cuộc giám sát này đã bỏ."), _("Ghi vào hồ sơ còn hiệu lực."))])
    return held


def _count(visit: SupervisionVisit) -> None:
    """The two counts of a visit; its version stays, since nothing people typed in it changed."""
    counted = visit.recommendations.aggregate(
        recommended=Count("pk"), answered=Count("pk", filter=Q(answered_on__isnull=False))
    )
    SupervisionVisit.objects.filter(pk=visit.pk).update(**counted)
