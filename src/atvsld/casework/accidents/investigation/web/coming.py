"""What comes next in an investigation: one sentence and the way there."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.investigation.web.desk import Desk


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do now; `anchor` leads to its part of the page, `url` to its form."""

    sentence: str
    url: str


def next_step(desk: Desk) -> NextStep | None:
    """The next thing to do at the stage of the file; None when it waits for others or is closed."""
    found = _STAGES.get(desk.record.file.stage)
    if found is None:
        return None
    sentence, name, anchor = found(desk.record)
    url = reverse(f"accident_investigation:{name}", args=[desk.case.public_id])
    return NextStep(sentence, f"{url}{anchor}")


def _at_level(record: Record) -> tuple[str, str, str]:
    if record.team is None:
        return _("Ghi quyết định thành lập đoàn điều tra."), "team", ""
    return _("Bắt đầu điều tra."), "page", "#doan"


def _investigating(record: Record) -> tuple[str, str, str]:
    if not record.statements and not (record.writing and record.writing.no_statement_reason):
        return _("Lấy lời khai của người bị nạn, người biết sự việc, người có liên quan."), "new_statement", ""
    if record.writing is None:
        return _("Lập biên bản điều tra."), "page", "#bien-ban"
    return _("Soạn xong biên bản rồi để đoàn điều tra thông qua."), "page", "#bien-ban"


def _published(record: Record) -> tuple[str, str, str]:
    left = sum(one.required and one.sent_at is None for one in record.deliveries)
    return _("Gửi biên bản cho %(n)s nơi nhận còn lại.") % {"n": left}, "page", "#gui"


def _following(record: Record) -> tuple[str, str, str]:
    if any(not one.settled for one in record.recommendations):
        return _("Theo dõi kết quả thực hiện kiến nghị."), "page", "#kien-nghi"
    return _("Bổ sung hồ sơ từng người bị nạn, rồi kết thúc."), "page", "#ket-thuc"


def _recording(record: Record) -> tuple[str, str, str]:
    held = record.commune_record
    if held is None:
        return _("Lập biên bản ghi nhận."), "commune_record", ""
    if held.completed_at is None:
        return _("Lấy đủ chữ ký rồi bấm Đã ký xong."), "page", "#ghi-nhan"
    return _("Niêm yết công khai, rồi kết thúc hồ sơ."), "page", "#niem-yet"


_STAGES = {
    "establishment_level": _at_level,
    "provincial_level": _at_level,
    "reinvestigating": _at_level,
    "investigating": _investigating,
    "awaiting_expertise": lambda _record: (_("Chờ kết quả giám định."), "page", "#giam-dinh"),
    "minutes_drafted": lambda _record: (_("Mời họp công bố biên bản."), "meeting", ""),
    "meeting_called": lambda _record: (_("Họp xong thì ghi cuộc họp để công bố biên bản."), "held", ""),
    "published": _published,
    "minutes_sent": _following,
    "following_up": _following,
    "commune_recording": _recording,
}
