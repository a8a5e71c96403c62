"""What the labour department sends: quick report, reminder, letters to police and experts, handover, distribution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.papers.kinds import common
from atvsld.casework.accidents.papers.kinds.minutes import conclusion
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT, Spec, Stand, add, once
from atvsld.casework.accidents.papers.material import Facts
from atvsld.documents.model import Block, Document, KeyValues, Paragraph, Recipients, Signature, Signatures
from atvsld.kit.certainty import Certainty
from atvsld.law.procedure import Office
from atvsld.platform.papers.registry import Field, PaperKind

_TO = Field("addressed_to", _("Kính gửi"), required=True, rows=2, help=_("Mỗi nơi một dòng."))
_BODY = Field("body", _("Nội dung"), required=True, rows=10)
_COPIES = Field("recipients", _("Nơi nhận"), rows=3, help=_("Mỗi nơi một dòng."))
Build = Callable[[Facts, Mapping[str, str]], Document]
Prefill = Callable[[Facts], Mapping[str, str]]
Parts = tuple[tuple[str, str], ...]


def accident(facts: Facts) -> str:
    """The accident in one clause, without a name."""
    firm = f" tại {facts.employer.name}" if facts.employer else ""
    when, where = common.moment(facts.occurred_at), common.where(facts)
    return f"vụ tai nạn xảy ra lúc {when}{firm}, {where}, làm {common.toll(facts)}"


def copies(fields: Mapping[str, str]) -> Recipients | None:
    items = tuple(line.strip() for line in (fields.get("recipients") or "").splitlines() if line.strip())
    return Recipients(items) if items else None


def _letter(about: str) -> Build:
    def build(facts: Facts, fields: Mapping[str, str]) -> Document:
        blocks: list[Block] = [Paragraph(line) for line in (fields.get("body") or "").splitlines() if line.strip()]
        return Document(
            "Công văn", f"{about} (hồ sơ {facts.number})", tuple(blocks), addressed_to=fields.get("addressed_to"),
            recipients=copies(fields),
        )  # fmt: skip

    return build


def _quick_report(facts: Facts, fields: Mapping[str, str]) -> Document:
    blocks = [
        *common.section("1", "Cơ sở xảy ra tai nạn", common.employer_lines(facts)),
        *common.section("2", "Vụ tai nạn", common.accident_lines(facts)),
        Paragraph("Diễn biến:", "bold"),
        common.text(fields.get("course")),
        *common.section("3", f"Người bị nạn ({common.toll(facts)})", common.victims_table(facts, injuries=True)),
        *common.section("4", "Nguyên nhân sơ bộ", common.text(fields.get("cause"))),
        *common.section("5", "Việc đã làm", common.text(fields.get("measures"))),
    ]
    return Document(
        "Báo cáo nhanh", "về vụ tai nạn lao động", tuple(blocks), addressed_to=fields.get("addressed_to"),
        recipients=copies(fields),
    )  # fmt: skip


def _handover(facts: Facts, fields: Mapping[str, str]) -> Document:
    """What is handed over with a proposal to prosecute: originals, objects, means (Decree 39/2016 Art. 20.2 a)."""
    items = [line.strip() for line in (fields.get("items") or "").splitlines() if line.strip()]
    blocks: list[Block] = [
        KeyValues(
            (
                ("Thời gian, địa điểm bàn giao", common.said(fields.get("when_where"))),
                ("Bên giao", common.said(fields.get("giver"))),
                ("Bên nhận", common.said(fields.get("taker"))),
            )
        ),
        Paragraph(f"Hai bên tiến hành bàn giao hồ sơ, tài liệu, đồ vật, phương tiện liên quan đến {accident(facts)}:"),
        common.grid("ban-giao", "Danh mục bàn giao", (("Tài liệu, đồ vật, phương tiện", 110.0), ("Ghi chú", 40.0)),
                    [(item, "") for item in items]),
        Paragraph("Biên bản lập thành hai bản, mỗi bên giữ một bản."),
        Signatures(
            (
                Signature("ĐẠI DIỆN BÊN NHẬN", None, "(Ký, ghi rõ họ tên)"),
                Signature("ĐẠI DIỆN BÊN GIAO", fields.get("signer_name") or None, "(Ký, ghi rõ họ tên)"),
            )
        ),
    ]  # fmt: skip
    return Document("Biên bản bàn giao", "hồ sơ, tài liệu, đồ vật của vụ tai nạn lao động", tuple(blocks))


def _distribution(facts: Facts, fields: Mapping[str, str]) -> Document:
    sent = facts.minutes.deliveries if facts.minutes else ()
    items = tuple(one.recipient for one in sent) or tuple(
        line.strip() for line in (fields.get("recipients") or "").splitlines() if line.strip()
    )
    blocks: list[Block] = [Paragraph(line) for line in (fields.get("body") or "").splitlines() if line.strip()]
    return Document(
        "Công văn", f"gửi biên bản điều tra tai nạn lao động (hồ sơ {facts.number})", tuple(blocks),
        addressed_to=fields.get("addressed_to"), recipients=Recipients(items) if items else None,
    )  # fmt: skip


def _report_prefill(facts: Facts) -> Mapping[str, str]:
    return {"addressed_to": facts.ministry, "course": facts.course, "cause": facts.cause}


def _reminder_prefill(facts: Facts) -> Mapping[str, str]:
    firm = facts.employer.name if facts.employer else ""
    body = (
        f"Liên quan đến {accident(facts)};\n"
        "Đề nghị đơn vị thực hiện ngay nghĩa vụ khai báo, điều tra, gửi biên bản và thực hiện các kiến nghị theo Luật "
        "An toàn, vệ sinh lao động và Nghị định số 39/2016/NĐ-CP; báo cáo kết quả bằng văn bản trước ngày ……"
    )
    return {"addressed_to": firm, "body": body, "recipients": "Như trên\nLưu: VT, hồ sơ vụ"}


def _police_prefill(facts: Facts) -> Mapping[str, str]:
    body = (
        f"Sau khi kết thúc việc phối hợp điều tra ban đầu {accident(facts)}, Đoàn điều tra tai nạn lao động cấp tỉnh "
        "có quan điểm như sau:\n"
        f"1. Về nguyên nhân: {common.said(facts.cause)}.\n"
        "2. Về lỗi của người có liên quan: ……\n"
        f"3. Vụ tai nạn này là tai nạn lao động hay không: {conclusion(facts.minutes)}.\n"
        "Đề nghị cơ quan Cảnh sát điều tra có văn bản trả lời trong thời hạn 10 ngày làm việc kể từ ngày nhận được "
        "công văn này."
    )
    to = "Cơ quan Cảnh sát điều tra tham gia phối hợp\nViện kiểm sát nhân dân tham gia phối hợp"
    return {"addressed_to": to, "body": body, "recipients": "Như trên\nLưu: VT, hồ sơ vụ"}


def _expertise_prefill(facts: Facts) -> Mapping[str, str]:
    asked = facts.expertise
    kind = asked.kind_label.lower() if asked else "giám định"
    body = (
        f"Để phục vụ điều tra {accident(facts)}, đề nghị quý cơ quan {kind} các nội dung sau:\n"
        f"{asked.question if asked else '……'}\n"
        "Kết quả xin gửi về cơ quan đề nghị để đưa vào hồ sơ điều tra theo thời hạn quy định."
    )
    return {"addressed_to": asked.asked_of if asked else "", "body": body, "recipients": "Như trên\nLưu: VT, hồ sơ vụ"}


def _handover_prefill(facts: Facts) -> Mapping[str, str]:
    items = ["Văn bản kiến nghị khởi tố"]
    held = facts.investigation
    items += [f"Biên bản lấy lời khai số {at}" for at, _one in enumerate(held.statements if held else (), start=1)]
    items += [f"Kết luận {one.kind_label.lower()} của {one.asked_of}" for one in (held.expertises if held else ())]
    return {"giver": "Đoàn điều tra tai nạn lao động cấp tỉnh", "taker": "Cơ quan Cảnh sát điều tra",
            "items": "\n".join(items)}  # fmt: skip


def _distribution_prefill(facts: Facts) -> Mapping[str, str]:
    body = (
        f"Đoàn điều tra đã họp công bố Biên bản điều tra {accident(facts)}.\n"
        "Gửi kèm công văn này Biên bản điều tra tai nạn lao động và Biên bản cuộc họp công bố Biên bản điều tra tai "
        "nạn lao động."
    )
    return {"addressed_to": "Các cơ quan, đơn vị, cá nhân tại mục Nơi nhận", "body": body}


def _at(level: str, parts: Callable[[Stand], Parts]) -> Callable[[Stand], Parts]:
    """Offered for each such part while the case is at a level."""
    return lambda stand: parts(stand) if stand.level == level else ()


def _province(
    code: str, title: str | Promise, about: str | Promise, citation: str, *, build: Build, prefill: Prefill,
    fields: Sequence[Field], offered: Callable[[Stand], Iterable[tuple[str, str]]], symbol: str = "", form: str = "",
    letter: bool = False,
    readers: frozenset[Office] = frozenset(), sealed: bool = False, issuer: str = "province",
    office: Office = Office.PROVINCE,
) -> None:  # fmt: skip
    add(
        Spec(
            PaperKind(
                code, title, citation, Certainty.PROVISIONAL if form else Certainty.OFFICIAL, tuple(fields), build,
                letter=letter, context=CONTEXT, about=about, symbol=symbol, form=form,
                placeholders=common.PLACEHOLDERS, values=common.values,
            ),
            office, issuer, offered, prefill, readers=readers, sealed=sealed,
        )
    )  # fmt: skip


_province(
    "accident-quick-report", _("Báo cáo nhanh"), _("vụ tai nạn về Bộ"),
    "Nghị định 39/2016/NĐ-CP Điều 24 khoản 4 điểm a",
    build=_quick_report, prefill=_report_prefill, offered=once("province", "central"), symbol="BC",
    form="Phụ lục XIII Nghị định 39/2016/NĐ-CP",
    fields=(_TO, Field("course", _("Diễn biến"), required=True, rows=6), Field("cause", _("Nguyên nhân sơ bộ"), rows=3),
            Field("measures", _("Việc đã làm"), rows=4), _COPIES),
)  # fmt: skip
_province(
    "accident-reminder", _("Công văn đôn đốc"), _("khai báo, điều tra, báo cáo"),
    "Luật 84/2015/QH13 Điều 34, Điều 35; Nghị định 39/2016/NĐ-CP Điều 18",
    build=_letter("đôn đốc thực hiện quy định về tai nạn lao động"), prefill=_reminder_prefill, offered=once(),
    fields=(_TO, _BODY, _COPIES), letter=True, readers=frozenset({Office.EMPLOYER, Office.COMMUNE}),
)  # fmt: skip
_province(
    "accident-police-letter", _("Công văn gửi cơ quan điều tra"), _("nêu quan điểm của đoàn"),
    "Nghị định 39/2016/NĐ-CP Điều 20 khoản 1 điểm đ",
    build=_letter("quan điểm của Đoàn điều tra tai nạn lao động"), prefill=_police_prefill, offered=once("province"),
    fields=(_TO, _BODY, _COPIES), letter=True, sealed=True,
)  # fmt: skip
_province(
    "accident-handover", _("Biên bản bàn giao"), _("hồ sơ cho cơ quan Cảnh sát điều tra"),
    "Nghị định 39/2016/NĐ-CP Điều 20 khoản 2 điểm a", build=_handover, prefill=_handover_prefill,
    offered=once("province"), symbol="BBBG", sealed=True,
    fields=(Field("when_where", _("Thời gian, địa điểm bàn giao"), "line", required=True),
            Field("giver", _("Bên giao"), "line", required=True), Field("taker", _("Bên nhận"), "line", required=True),
            Field("items", _("Tài liệu, đồ vật, phương tiện bàn giao"), required=True, rows=8,
                  help=_("Mỗi thứ một dòng."))),
)  # fmt: skip
for _level, _office, _words, _minutes in (
    ("establishment", Office.EMPLOYER, _("(cấp cơ sở)"), _("điều tra cấp cơ sở")),
    ("province", Office.PROVINCE, _("(cấp tỉnh)"), _("điều tra cấp tỉnh")),
):
    _province(
        f"accident-expertise-{_level}", _("Công văn đề nghị giám định"), _words,
        "Nghị định 39/2016/NĐ-CP Điều 13 khoản 3", build=_letter("đề nghị giám định phục vụ điều tra tai nạn lao động"),
        prefill=_expertise_prefill, fields=(_TO, _BODY, _COPIES), letter=True, office=_office, issuer=_level,
        offered=_at(_level, lambda stand: stand.expertises),
    )  # fmt: skip
    _province(
        f"accident-distribution-{_level}", _("Công văn gửi biên bản"), _minutes,
        "Nghị định 39/2016/NĐ-CP Điều 13 khoản 9, Điều 14 khoản 6", build=_distribution, prefill=_distribution_prefill,
        fields=(_TO, _BODY, _COPIES), letter=True, office=_office, issuer=_level,
        offered=_at(_level, lambda stand: stand.meetings),
        readers=frozenset({Office.PROVINCE} if _level == "establishment" else {Office.EMPLOYER, Office.COMMUNE}),
    )  # fmt: skip
