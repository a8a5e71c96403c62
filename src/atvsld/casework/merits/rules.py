"""What a commendation must meet before it is kept, sent and decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from atvsld.casework.merits.drafts import CommendationDraft, Decided
from atvsld.casework.merits.models import Commendation
from atvsld.kit.outcome import Problem

EARLIEST_YEAR = 2000


def of_draft(draft: CommendationDraft, today: date) -> Iterator[Problem]:
    """The subject is named the way its kind asks for, and the year has come."""
    kind = Commendation.SubjectKind
    if draft.subject_kind == kind.ESTABLISHMENT and draft.about_establishment_id is None:
        remedy = _("Ghi mã số thuế của cơ sở.")
        yield Problem("no_establishment", _("Chưa chọn cơ sở."), remedy, column="about_establishment_id")
    if draft.subject_kind == kind.BODY and draft.about_body_id is None:
        yield Problem("no_body", _("Chưa chọn cơ quan."), _("Chọn cơ quan, tổ chức."), column="about_body_id")
    named = draft.subject_kind in (kind.GROUP, kind.PERSON)
    if named and not draft.subject_name.strip():
        message = _("Chưa ghi tên tập thể, cá nhân.")
        yield Problem("no_name", message, _("Ghi tên như trong quyết định."), column="subject_name")
    if draft.subject_kind == kind.PERSON and not draft.unit.strip():
        yield Problem("no_unit", _("Chưa ghi đơn vị công tác."), _("Ghi tên đơn vị."), column="unit")
    if not EARLIEST_YEAR <= draft.year <= today.year:
        message = _("Năm thành tích phải từ 2000 đến năm nay.")
        yield Problem("bad_year", message, _("Kiểm tra lại năm."), column="year")
    if not draft.achievement.strip():
        yield Problem("no_achievement", _("Chưa ghi thành tích."), _("Nêu ngắn gọn."), column="achievement")


def of_decision(
    commendation: Commendation, decided: Decided, today: date, proposed_on: date, failed: list[str]
) -> Iterator[Problem]:
    """A grant has its paper; a condition not met needs a written reason; a refusal says why."""
    if commendation.state != Commendation.State.PROPOSED:
        message = _("Hồ sơ này không chờ quyết định.")
        yield Problem("not_proposed", message, _("Mở lại hồ sơ để xem tình trạng."))
    if decided.granted:
        if not decided.number.strip():
            yield Problem("no_number", _("Chưa ghi số quyết định."), _("Ghi số quyết định."), column="number")
        if decided.on is None:
            yield Problem("no_day", _("Chưa ghi ngày quyết định."), _("Ghi ngày quyết định."), column="on")
        if failed and not decided.despite.strip():
            message = _("Có điều kiện không đạt: %(names)s.") % {"names": ", ".join(failed)}
            yield Problem("failed", message, _("Muốn vẫn khen thưởng phải ghi lý do bằng lời."), column="despite")
    elif not decided.outcome.strip():
        message = _("Chưa ghi vì sao không khen thưởng.")
        yield Problem("no_outcome", message, _("Ghi lý do để đơn vị đề nghị biết."), column="outcome")
    if decided.on is not None and not proposed_on <= decided.on <= today:
        message = _("Ngày quyết định phải từ ngày đề nghị đến hôm nay.")
        yield Problem("day_order", message, _("Kiểm tra lại ngày."), column="on")
