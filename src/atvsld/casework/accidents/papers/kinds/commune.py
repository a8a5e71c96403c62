"""The record a commune makes of an accident without labour contract (Law 84/2015 Art. 35.1). No form is prescribed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.papers.kinds import common
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT, Spec, add, once
from atvsld.casework.accidents.papers.material import Facts
from atvsld.documents.model import Block, Document, KeyValues, Paragraph, Signature, Signatures
from atvsld.kit.certainty import Certainty
from atvsld.law.procedure import Office
from atvsld.platform.papers.registry import Field, PaperKind, Placeholder

_PLACEHOLDERS = (
    *common.PLACEHOLDERS,
    Placeholder("nguoi_lap", _("Người lập")),
    Placeholder("nguon_tin", _("Nguồn tin")),
    Placeholder("luc_nhan_tin", _("Nhận tin lúc")),
    Placeholder("nguoi_lam_chung", _("Người làm chứng")),
)
_YES = {True: "có", False: "không", None: common.UNKNOWN}


def _build(facts: Facts, fields: Mapping[str, str]) -> Document:
    held = facts.investigation.commune_record if facts.investigation else None
    recorder = " – ".join(filter(None, (held.recorder, held.recorder_title))) if held else ""
    news = KeyValues(
        (
            ("Người lập", common.said(recorder or fields.get("recorder"))),
            ("Nhận tin lúc", common.moment(held.news_at if held else facts.reported_at)),
            ("Nguồn tin", common.said(held.news_source if held else "")),
        )
    )
    work = KeyValues(
        (
            ("Công việc đang làm", common.said((held.task if held else "") or fields.get("task"))),
            ("Làm cho ai hoặc tự làm", common.said((held.works_for if held else "") or fields.get("works_for"))),
            ("Đã được huấn luyện an toàn, vệ sinh lao động", _YES[held.trained if held else None]),
            ("Tham gia bảo hiểm tai nạn lao động tự nguyện", _YES[held.insured if held else None]),
        )
    )
    harm = KeyValues(
        (
            ("Yếu tố gây chấn thương", common.said(facts.agent)),
            ("Nguyên nhân sơ bộ", common.said(facts.cause)),
            ("Cơ sở y tế điều trị", common.said(held.treated_at if held else "")),
            ("Số ngày nghỉ", str(held.days_lost) if held and held.days_lost is not None else common.UNKNOWN),
            ("Chi phí y tế", common.money(held.medical_cost if held else None)),
            ("Thiệt hại tài sản", common.money(held.property_damage if held else facts.damage)),
        )
    )
    blocks: list[Block] = [
        *common.section("1", "Người lập và nguồn tin", news),
        *common.section("2", "Thời gian, địa điểm", common.accident_lines(facts)),
        *common.section("3", "Người bị nạn", common.victims_table(facts, injuries=True), work),
        *common.section("4", "Diễn biến", common.text((held.course if held else "") or fields.get("course"))),
        *common.section("5", "Nguyên nhân, thương tích, thiệt hại", harm),
        *common.section("6", "Người làm chứng", common.text(held.witnesses if held else fields.get("witnesses"))),
        *common.section("7", "Biện pháp", common.text((held.measures if held else "") or fields.get("measures"))),
        Paragraph("Biên bản đã được đọc lại cho những người có tên nghe, công nhận đúng và cùng ký."),
        Signatures(
            (
                Signature("ĐẠI DIỆN GIA ĐÌNH", None, "(Ký, ghi rõ họ tên)"),
                Signature("NGƯỜI LÀM CHỨNG", None, "(Ký, ghi rõ họ tên)"),
                Signature("CÔNG AN CẤP XÃ", None, "(Ký, ghi rõ họ tên)"),
                Signature("NGƯỜI LẬP BIÊN BẢN", (held.recorder if held else "") or None, "(Ký, ghi rõ họ tên)"),
                Signature((fields.get("signer_title") or "ỦY BAN NHÂN DÂN").upper(),
                          fields.get("signer_name") or None, "(Ký tên, đóng dấu)"),
            )
        ),
    ]  # fmt: skip
    return Document("Biên bản ghi nhận", "vụ tai nạn của người làm việc không theo hợp đồng lao động", tuple(blocks))


def _values(facts: Facts, fields: Mapping[str, str]) -> dict[str, object]:
    held = facts.investigation.commune_record if facts.investigation else None
    return {
        **common.values(facts, fields),
        "nguoi_lap": held.recorder if held else fields.get("recorder", ""),
        "nguon_tin": held.news_source if held else "",
        "luc_nhan_tin": common.moment(held.news_at if held else facts.reported_at),
        "nguoi_lam_chung": held.witnesses if held else fields.get("witnesses", ""),
    }


add(
    Spec(
        PaperKind(
            "accident-commune-record",
            _("Biên bản ghi nhận"),
            "Luật 84/2015/QH13 Điều 35 khoản 1; Nghị định 129/2025/NĐ-CP Điều 43 khoản 1 (từ 01/7/2025)",
            Certainty.PROVISIONAL,
            (
                Field("recorder", _("Người lập (khi hồ sơ chưa ghi)"), "line"),
                Field("task", _("Công việc đang làm (khi hồ sơ chưa ghi)"), "line"),
                Field("works_for", _("Làm cho ai hoặc tự làm (khi hồ sơ chưa ghi)"), "line"),
                Field("course", _("Diễn biến"), required=True, rows=6),
                Field("witnesses", _("Người làm chứng (khi hồ sơ chưa ghi)"), rows=3),
                Field("measures", _("Biện pháp"), rows=3),
            ),
            _build,
            context=CONTEXT,
            about=_("của Ủy ban nhân dân cấp xã"),
            symbol="BBGN",
            form="Chưa có mẫu được quy định",
            placeholders=_PLACEHOLDERS,
            values=_values,
        ),
        Office.COMMUNE,
        "commune",
        once("commune"),
        lambda facts: {"course": facts.course},
        readers=frozenset({Office.PROVINCE}),
        sealed=True,
    )
)
