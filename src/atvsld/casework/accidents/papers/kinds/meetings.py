"""Minutes of the meeting that publishes the investigation minutes (Decree 39/2016 Art. 13.6, 14.3, annex XI)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.investigation.facade import MeetingView
from atvsld.casework.accidents.papers.kinds import common
from atvsld.casework.accidents.papers.kinds.minutes import conclusion
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT, Spec, Stand, add
from atvsld.casework.accidents.papers.material import Facts
from atvsld.documents.model import Block, Document, Heading, KeyValues, Paragraph, Signature, Signatures
from atvsld.kit.certainty import Certainty
from atvsld.law.procedure import Office
from atvsld.platform.papers.registry import Field, PaperKind, Placeholder

_PARTICIPANT = ("tt", "ho_ten", "don_vi", "tu_cach", "co_mat", "y_kien")
_PLACEHOLDERS = (
    *common.PLACEHOLDERS,
    Placeholder("thanh_phan", _("Thành phần dự họp"), _PARTICIPANT, required=True),
    Placeholder("hop_luc", _("Họp lúc"), required=True),
    Placeholder("hop_tai", _("Họp tại")),
    Placeholder("chu_tri", _("Người chủ trì")),
    Placeholder("noi_dung_hop", _("Nội dung cuộc họp")),
)


def _came(attended: bool | None, absence: str) -> str:
    if attended is None:
        return ""
    return "có mặt" if attended else f"vắng{': ' + absence if absence else ''}"


def _rows(meeting: MeetingView | None) -> list[tuple[str, str, str, str, str]]:
    return [
        (one.name, one.agency, one.role_label, _came(one.attended, one.absence), one.dissent)
        for one in (meeting.participants if meeting else ())
    ]


def _meeting(facts: Facts) -> MeetingView | None:
    return facts.minutes.meeting if facts.minutes else None


def _build(facts: Facts, fields: Mapping[str, str]) -> Document:
    meeting = _meeting(facts)
    firm = f" tại {facts.employer.name}" if facts.employer else ""
    heads = (("Họ và tên", 36.0), ("Đơn vị", 40.0), ("Tư cách", 44.0), ("Có mặt", 26.0))
    dissents = [row for row in _rows(meeting) if row[4]]
    blocks: list[Block] = [
        KeyValues(
            (
                ("Thời gian", common.moment((meeting.held_at or meeting.planned_at) if meeting else None)),
                ("Địa điểm", common.said(meeting.place if meeting else "")),
                ("Chủ trì", common.said(meeting.chair if meeting else "")),
            )
        ),
        Heading("1. Thành phần dự họp"),
        common.grid("thanh-phan", "", heads, (row[:4] for row in _rows(meeting))),
        *common.section(
            "2", "Nội dung công bố",
            Paragraph(
                f"Trưởng đoàn công bố biên bản điều tra vụ tai nạn xảy ra lúc {common.moment(facts.occurred_at)}"
                f"{firm}, {common.where(facts)}, làm {common.toll(facts)}."
            ),
            Paragraph(f"Kết luận: {conclusion(facts.minutes)}."),
            common.text((meeting.proceedings if meeting else "") or fields.get("proceedings")),
        ),
        Heading("3. Ý kiến không nhất trí"),
        *([Paragraph(f"{row[0] or row[2]}: {row[4]}") for row in dissents] or [Paragraph("Không có.")]),
        *common.section("4", "Kết luận cuộc họp", common.text(fields.get("closing"))),
        Signatures(
            (
                Signature("NGƯỜI SỬ DỤNG LAO ĐỘNG" if facts.employer else "ỦY BAN NHÂN DÂN CẤP XÃ", None,
                          "(Ký tên, đóng dấu nếu có)"),
                Signature("NGƯỜI BỊ NẠN HOẶC THÂN NHÂN", None, "(Ký, ghi rõ họ tên)"),
                Signature("TRƯỞNG ĐOÀN", meeting.chair if meeting and meeting.chair else None, "(Ký, ghi rõ họ tên)"),
            )
        ),
    ]  # fmt: skip
    return Document("Biên bản cuộc họp", "công bố Biên bản điều tra tai nạn lao động", tuple(blocks), landscape=False)


def _values(facts: Facts, fields: Mapping[str, str]) -> dict[str, object]:
    meeting = _meeting(facts)
    rows = [dict(zip(_PARTICIPANT, (str(at), *row), strict=True)) for at, row in enumerate(_rows(meeting), start=1)]
    return {
        **common.values(facts, fields),
        "thanh_phan": rows,
        "hop_luc": common.moment((meeting.held_at or meeting.planned_at) if meeting else None),
        "hop_tai": meeting.place if meeting else "",
        "chu_tri": meeting.chair if meeting else "",
        "noi_dung_hop": (meeting.proceedings if meeting else "") or fields.get("proceedings", ""),
    }


def _add(code: str, office: Office, level: str, about: str | Promise) -> None:
    def offered(stand: Stand) -> tuple[tuple[str, str], ...]:
        return stand.meetings if stand.level == level else ()

    article = "Điều 13 khoản 6, 8" if level == "establishment" else "Điều 14 khoản 3, 5"
    readers = {Office.PROVINCE} if level == "establishment" else {Office.EMPLOYER, Office.COMMUNE}
    add(
        Spec(
            PaperKind(
                code, _("Biên bản họp công bố"), f"Nghị định 39/2016/NĐ-CP {article}", Certainty.PROVISIONAL,
                (Field("proceedings", _("Nội dung cuộc họp (khi hồ sơ chưa ghi)"), rows=5),
                 Field("closing", _("Kết luận cuộc họp"), required=True, rows=4)),
                _build, context=CONTEXT, about=about, symbol="BBH",
                form="Phụ lục XI Nghị định 39/2016/NĐ-CP (mẫu a: có hợp đồng lao động; mẫu b: không có)",
                placeholders=_PLACEHOLDERS, values=_values,
            ),
            office, level, offered, lambda _facts: {}, readers=frozenset(readers), sealed=True,
        )
    )  # fmt: skip


_add("accident-meeting-establishment", Office.EMPLOYER, "establishment", _("biên bản điều tra cấp cơ sở"))
_add("accident-meeting-province", Office.PROVINCE, "province", _("biên bản điều tra cấp tỉnh"))
