"""Record of a statement (Decree 39/2016 Art. 13.2, annex VIII), one for each statement taken."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.papers.kinds import common
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT, Spec, add
from atvsld.casework.accidents.papers.material import Facts
from atvsld.documents.model import Document, KeyValues, Paragraph, Signature, Signatures
from atvsld.kit.certainty import Certainty
from atvsld.law.procedure import Office
from atvsld.platform.papers.registry import Field, PaperKind, Placeholder

_PLACEHOLDERS = (
    *common.PLACEHOLDERS[1:],
    Placeholder("nguoi_khai", _("Nhân thân người khai"), required=True),
    Placeholder("tu_cach_khai", _("Tư cách người khai")),
    Placeholder("quan_he", _("Mối quan hệ với người bị tai nạn")),
    Placeholder("noi_dung_khai", _("Nội dung hỏi đáp"), required=True),
    Placeholder("luc_bat_dau", _("Bắt đầu lúc")),
    Placeholder("luc_ket_thuc", _("Kết thúc lúc")),
    Placeholder("tai", _("Nơi lấy lời khai")),
    Placeholder("nguoi_lay_loi_khai", _("Người lấy lời khai")),
)


def _build(facts: Facts, fields: Mapping[str, str]) -> Document:
    said = facts.statement
    taken_by = said.taken_by if said else ""
    firm = f" tại {facts.employer.name}" if facts.employer else ""
    head = KeyValues(
        (
            ("Bắt đầu", common.moment(said.taken_at if said else None)),
            ("Tại", common.said(said.place if said else "")),
            ("Người lấy lời khai", common.said(taken_by)),
            ("Về vụ tai nạn", f"xảy ra lúc {common.moment(facts.occurred_at)}{firm}, {common.where(facts)}"),
        )
    )
    person = KeyValues(
        (
            ("Họ tên, nhân thân", common.said(said.person if said else "")),
            ("Tư cách", common.said(said.relation_label if said else "")),
            ("Mối quan hệ với người bị tai nạn", common.said(said.relation_detail if said else "")),
        )
    )
    content = (said.content if said else "").splitlines() or [common.DOTS]
    blocks = [
        head,
        *common.section("1", "Người khai", person),
        *common.section("2", "Nội dung hỏi và trả lời", *(Paragraph(line) for line in content if line.strip())),
        *([Paragraph(fields["remark"])] if fields.get("remark") else []),
        Paragraph(
            f"Việc lấy lời khai kết thúc lúc {common.moment(said.ended_at if said else None)}. Người khai đã đọc lại "
            "(hoặc nghe đọc lại), công nhận đúng và ký vào từng trang."
        ),
        Signatures(
            (
                Signature("NGƯỜI KHAI", None, "(Ký, ghi rõ họ tên)"),
                Signature("NGƯỜI LẤY LỜI KHAI", taken_by or None, "(Ký, ghi rõ họ tên)"),
            )
        ),
    ]
    return Document("Biên bản lấy lời khai", f"Vụ tai nạn {facts.number}", tuple(blocks))


def _values(facts: Facts, fields: Mapping[str, str]) -> dict[str, object]:
    said = facts.statement
    case = {name: value for name, value in common.values(facts, fields).items() if name != "nan_nhan"}
    return case | {
        "nguoi_khai": said.person if said else "",
        "tu_cach_khai": said.relation_label if said else "",
        "quan_he": said.relation_detail if said else "",
        "noi_dung_khai": said.content if said else "",
        "luc_bat_dau": common.moment(said.taken_at if said else None),
        "luc_ket_thuc": common.moment(said.ended_at if said else None),
        "tai": said.place if said else "",
        "nguoi_lay_loi_khai": said.taken_by if said else "",
    }


def _add(code: str, office: Office, issuer: str, about: str | Promise) -> None:
    add(
        Spec(
            PaperKind(
                code, _("Biên bản lấy lời khai"), "Nghị định 39/2016/NĐ-CP Điều 13 khoản 2", Certainty.PROVISIONAL,
                (Field("remark", _("Ghi thêm (nếu có)"), rows=3),), _build, context=CONTEXT, about=about, symbol="BBLK",
                form="Phụ lục VIII Nghị định 39/2016/NĐ-CP", placeholders=_PLACEHOLDERS, values=_values,
            ),
            office, issuer, lambda stand: stand.statements if stand.level == issuer else (), lambda _facts: {},
            sealed=True,
        )
    )  # fmt: skip


_add("accident-statement-establishment", Office.EMPLOYER, "establishment", _("(cấp cơ sở)"))
_add("accident-statement-province", Office.PROVINCE, "province", _("(cấp tỉnh)"))
