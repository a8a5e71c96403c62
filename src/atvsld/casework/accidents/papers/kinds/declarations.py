"""Declaration by the employer and quick notice by the commune (law/accidents: Decree 39/2016 Art. 10)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.papers.kinds import common
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT, Spec, add, once
from atvsld.casework.accidents.papers.material import Facts
from atvsld.documents.model import Document, Paragraph, Signature, Signatures
from atvsld.kit.certainty import Certainty
from atvsld.law.procedure import Office
from atvsld.platform.papers.registry import Field, PaperKind

_RECIPIENTS = Field("addressed_to", _("Kính gửi"), required=True, rows=2, help=_("Mỗi nơi một dòng."))
_COURSE = Field("course", _("Sơ bộ diễn biến"), required=True, rows=6)
_CAUSE = Field("cause", _("Nguyên nhân (nếu biết)"), rows=3)


def _to(facts: Facts) -> str:
    lines = [facts.department]
    if facts.count("fatal"):
        lines.append(facts.police)
    return "\n".join(lines)


def _employer_prefill(facts: Facts) -> Mapping[str, str]:
    return {"addressed_to": _to(facts), "course": facts.course, "cause": facts.cause}


def _employer(facts: Facts, fields: Mapping[str, str]) -> Document:
    blocks = [
        *common.section("1", "Cơ sở xảy ra tai nạn", common.employer_lines(facts)),
        Paragraph(f"Cơ quan quản lý cấp trên trực tiếp: {common.said(fields.get('superior'))}", "plain"),
        *common.section("2", "Vụ tai nạn", common.accident_lines(facts)),
        Paragraph("Sơ bộ diễn biến:", "bold"),
        common.text(fields.get("course")),
        Paragraph(f"Nguyên nhân (nếu biết): {common.said(fields.get('cause'))}"),
        *common.section("3", f"Người bị nạn ({common.toll(facts)})", common.victims_table(facts)),
        Signatures(
            (
                Signature(
                    "NGƯỜI KHAI BÁO",
                    fields.get("signer_name") or None,
                    f"(Ký, họ tên; chức vụ; điện thoại: {fields.get('phone') or '……'})",
                ),
            )
        ),
    ]
    return Document(
        "Khai báo tai nạn lao động", f"Hồ sơ {facts.number}", tuple(blocks), addressed_to=fields.get("addressed_to")
    )


add(
    Spec(
        PaperKind(
            "accident-declaration",
            _("Khai báo tai nạn lao động"),
            "Luật 84/2015/QH13 Điều 34 khoản 1 điểm b; Nghị định 39/2016/NĐ-CP Điều 10 khoản 1",
            Certainty.PROVISIONAL,
            (
                _RECIPIENTS,
                Field("superior", _("Cơ quan quản lý cấp trên trực tiếp (nếu có)"), "line"),
                _COURSE,
                _CAUSE,
                Field("phone", _("Điện thoại người khai báo"), "line"),
            ),
            _employer,
            context=CONTEXT,
            symbol="KB",
            form="Phụ lục III Nghị định 39/2016/NĐ-CP; từ 01/7/2025: Mẫu số 01 Phụ lục II Nghị định 129/2025/NĐ-CP",
            placeholders=common.PLACEHOLDERS,
            values=common.values,
        ),
        Office.EMPLOYER,
        "establishment",
        once(employer=True),
        _employer_prefill,
        readers=frozenset({Office.PROVINCE, Office.COMMUNE}),
    )
)


def _commune_prefill(facts: Facts) -> Mapping[str, str]:
    lines = [facts.department, *([facts.police] if facts.count("fatal") else [])]
    return {"addressed_to": "\n".join(lines), "course": facts.course, "cause": facts.cause}


def _commune(facts: Facts, fields: Mapping[str, str]) -> Document:
    blocks = [
        Paragraph(f"Thời điểm nhận tin: {common.moment(facts.reported_at)}.", "plain"),
        *common.section("1", "Thời gian, địa điểm", common.accident_lines(facts)),
        *common.section("2", "Tóm tắt diễn biến", common.text(fields.get("course"))),
        Paragraph(f"Công việc đang làm: {common.said(fields.get('task'))}"),
        Paragraph(f"Làm thuê cho ai hoặc tự làm: {common.said(fields.get('works_for'))}"),
        Paragraph(f"Nguyên nhân (nếu biết): {common.said(fields.get('cause'))}"),
        *common.section("3", f"Người bị nạn ({common.toll(facts)})", common.victims_table(facts)),
        *common.section("4", "Việc đã làm", common.text(fields.get("measures"))),
    ]
    return Document(
        "Báo nhanh", "về tai nạn lao động của người làm việc không theo hợp đồng lao động", tuple(blocks),
        addressed_to=fields.get("addressed_to"),
    )  # fmt: skip


add(
    Spec(
        PaperKind(
            "accident-commune-notice",
            _("Báo nhanh tai nạn lao động"),
            "Nghị định 39/2016/NĐ-CP Điều 10 khoản 3 điểm b",
            Certainty.PROVISIONAL,
            (
                _RECIPIENTS,
                _COURSE,
                Field("task", _("Công việc đang làm"), "line"),
                Field("works_for", _("Làm thuê cho ai, hoặc tự làm"), "line"),
                _CAUSE,
                Field("measures", _("Việc đã làm"), rows=3),
            ),
            _commune,
            context=CONTEXT,
            about=_("của cấp xã"),
            symbol="BC",
            form="Phụ lục IV Nghị định 39/2016/NĐ-CP; từ 01/7/2025: Mẫu số 06 Phụ lục II Nghị định 129/2025/NĐ-CP",
            placeholders=common.PLACEHOLDERS,
            values=common.values,
        ),
        Office.COMMUNE,
        "commune",
        once(),
        _commune_prefill,
        readers=frozenset({Office.PROVINCE}),
    )
)
