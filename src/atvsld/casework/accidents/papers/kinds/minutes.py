"""Minutes of the investigation (Decree 39/2016, annexes IX and X) and of the publication meeting (annex XI).

Annexes X and XI have a variant for workers with a contract (a) and one for those without (b).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.investigation.facade import FindingView, MinutesView
from atvsld.casework.accidents.papers.kinds import common
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT, Spec, Stand, add
from atvsld.casework.accidents.papers.material import Facts, Person
from atvsld.documents.model import Block, Document, Heading, KeyValues, Paragraph, Signature, Signatures
from atvsld.kit.certainty import Certainty
from atvsld.kit.text import format_date, format_number
from atvsld.law.procedure import Office
from atvsld.platform.papers.registry import Field, PaperKind, Placeholder

_FINDING = (
    "tt",
    "ho_ten",
    "noi_lam_viec",
    "tham_nien",
    "tuoi_nghe",
    "bac_tho",
    "huan_luyen",
    "thuong_tich",
    "dieu_tri",
)
_HARM = (
    ("Họ và tên", 34.0), ("Mức độ", 20.0), ("Vị trí, tình trạng vết thương", 52.0),
    ("Nơi điều trị, xử lý ban đầu", 44.0),
)  # fmt: skip
_BLAME = (("Người có lỗi", 38.0), ("Chức vụ, tư cách", 30.0), ("Hành vi vi phạm", 50.0), ("Đề nghị xử lý", 34.0))
_PREVENT = (("Nội dung", 76.0), ("Người có trách nhiệm thi hành", 44.0), ("Thời gian hoàn thành", 30.0))
_FAULT = ("tt", "nguoi", "tu_cach", "vi_pham", "xu_ly")
_MEASURE = ("tt", "noi_dung", "trach_nhiem", "thoi_han")
PLACEHOLDERS = (
    *common.PLACEHOLDERS,
    Placeholder("dien_bien", _("Diễn biến của vụ tai nạn"), required=True),
    Placeholder("nguyen_nhan", _("Nguyên nhân gây ra tai nạn"), required=True),
    Placeholder("ket_luan", _("Kết luận về vụ tai nạn"), required=True),
    Placeholder("ket_qua_nan_nhan", _("Kết quả điều tra từng người bị nạn"), _FINDING),
    Placeholder("nguoi_co_loi", _("Người có lỗi, đề nghị xử lý"), _FAULT),
    Placeholder("bien_phap", _("Biện pháp ngăn ngừa"), _MEASURE, required=True),
)
_FIELDS = (
    Field("attending", _("Tham dự điều tra"), rows=4, help=_("Họ tên, đơn vị công tác, chức vụ; mỗi người một dòng.")),
    Field("remark", _("Ghi thêm (nếu có)"), rows=3),
)
_CONCLUSIONS = {
    "occupational": "Là tai nạn lao động",
    "article_39_2": "Là tai nạn được hưởng trợ cấp theo khoản 2 Điều 39 Luật An toàn, vệ sinh lao động",
    "not_occupational": "Không phải là tai nạn lao động",
}


def _years(value: Decimal | None) -> str:
    return common.UNKNOWN if value is None else f"{format_number(value)} năm"


def _trained(value: bool | None) -> str:
    return {True: "có", False: "không", None: common.UNKNOWN}[value]


def conclusion(minutes: MinutesView | None) -> str:
    """What the minutes conclude of the accident."""
    if minutes is None:
        return common.UNKNOWN
    words = _CONCLUSIONS.get(minutes.conclusion, common.UNKNOWN)
    detail = minutes.conclusion_detail.strip().rstrip(".")
    return ". ".join(part for part in (words, detail if detail != words else "") if part)


def _cause(facts: Facts, minutes: MinutesView | None) -> str:
    from atvsld.casework.accidents import codes
    from atvsld.casework.accidents.rules import AGENTS, CAUSES

    if minutes is None:
        return common.said(facts.cause)
    parts = [
        minutes.fault_label,
        codes.label(CAUSES, minutes.cause_code, facts.day),
        minutes.cause_detail,
        f"Yếu tố gây chấn thương: {codes.label(AGENTS, minutes.injury_agent_code, facts.day)}"
        if minutes.injury_agent_code
        else "",
    ]
    return "\n".join(part for part in parts if part) or common.UNKNOWN


def _person(person: Person, finding: FindingView | None) -> list[Block]:
    """Item 4 for one victim."""
    pairs = [
        ("Giới tính", common.said(person.sex)),
        ("Năm sinh", str(person.birth_year or common.UNKNOWN)),
        ("Nghề nghiệp", common.said(person.occupation)),
        ("Loại lao động", common.said(person.relation)),
    ]
    if finding:
        pairs += [
            ("Nơi thường trú", common.said(finding.residence)),
            ("Nơi làm việc", common.said(finding.workplace)),
            ("Thời gian làm việc cho người sử dụng lao động", _years(finding.service_years)),
            ("Tuổi nghề", _years(finding.trade_years)),
            ("Bậc thợ", common.said(finding.skill_grade)),
            ("Đã được huấn luyện an toàn, vệ sinh lao động", _trained(finding.trained)),
        ]
    return [Paragraph(f"{person.position}. {common.said(person.name)}", "bold"), KeyValues(tuple(pairs), columns=2)]


def _injuries(facts: Facts, findings: Mapping[int, FindingView]) -> Block:
    """Items 11 and 12."""
    rows = []
    for person in facts.victims:
        found = findings.get(person.id)
        wounds = "; ".join(filter(None, ("; ".join(person.injuries), found.injury if found else "")))
        care = "; ".join(filter(None, (found.treated_at, found.first_treatment))) if found else ""
        rows.append((person.name, person.severity_label, wounds, care))
    return common.grid("thuong-tich", "", _HARM, rows)


def _costs(facts: Facts, minutes: MinutesView | None, findings: Mapping[int, FindingView]) -> Block:
    """Item 13; what is not known is said, never counted as nothing."""

    def total(name: str) -> str:
        amounts = [getattr(findings.get(person.id, person), name) for person in facts.victims]
        known = [amount for amount in amounts if amount is not None]
        if not known:
            return common.UNKNOWN
        unclear = len(amounts) - len(known)
        return common.money(sum(known)) + (f" (chưa gồm {unclear} người chưa rõ)" if unclear else "")

    return KeyValues(
        (
            ("Chi phí y tế", total("medical_cost")),
            ("Trả lương trong thời gian điều trị", total("wage_cost")),
            ("Bồi thường hoặc trợ cấp", total("compensation_cost")),
            ("Chi phí khác", common.money(minutes.other_cost if minutes else None)),
            ("Thiệt hại tài sản, thiết bị", common.money(minutes.property_damage if minutes else facts.damage)),
        )
    )


def _measures(minutes: MinutesView | None) -> list[tuple[str, str, str]]:
    return [
        (one.text, one.responsible, format_date(one.due_on)) for one in (minutes.recommendations if minutes else ())
    ]


def _team(facts: Facts) -> list[Block]:
    team = facts.investigation.team if facts.investigation else None
    if team is None:
        return [Paragraph("Chưa ghi đoàn điều tra trong hồ sơ.", "plain")]
    heads = (("Họ và tên", 42.0), ("Đơn vị công tác", 52.0), ("Chức vụ", 34.0), ("Tư cách", 24.0))
    rows = [(one.name, one.agency, one.title, "Trưởng đoàn" if one.is_leader else "Thành viên") for one in team.members]
    decided = f"Theo Quyết định {common.number_date(team.decision_number, team.decision_date)}."
    return [Paragraph(decided, "plain"), common.grid("doan", "", heads, rows)]


def _signatures(facts: Facts) -> Signatures:
    """Members first, the leader last with room for the seal."""
    team = facts.investigation.team if facts.investigation else None
    members = [one for one in (team.members if team else ()) if not one.is_leader]
    leader = next((one for one in (team.members if team else ()) if one.is_leader), None)
    signers = [Signature("THÀNH VIÊN", one.name or None, "(Ký, ghi rõ họ tên)") for one in members]
    last = Signature("TRƯỞNG ĐOÀN", leader.name if leader else None, "(Ký, ghi rõ họ tên, đóng dấu)")
    return Signatures((*signers, last))


def _build(facts: Facts, fields: Mapping[str, str]) -> Document:
    minutes = facts.minutes
    findings = {one.victim_id: one for one in (minutes.findings if minutes else ())}
    faults = [(one.person, one.role, one.breach, one.handling) for one in (minutes.faults if minutes else ())]
    hours = minutes.hours_worked if minutes else None
    worked = format_number(hours) if hours is not None else common.UNKNOWN
    blocks: list[Block] = [
        *common.section("1", "Cơ sở xảy ra tai nạn lao động", common.employer_lines(facts)),
        *common.section("2", "Thành phần đoàn điều tra", *_team(facts)),
        *common.section("3", "Tham dự điều tra", common.text(fields.get("attending"))),
        Heading("4. Sơ lược lý lịch những người bị nạn"),
        *(block for person in facts.victims for block in _person(person, findings.get(person.id))),
        *common.section("5", "Thông tin về vụ tai nạn", common.accident_lines(facts)),
        KeyValues(
            (
                ("Thời gian bắt đầu làm việc", common.moment(minutes.work_started_at if minutes else None)),
                ("Số giờ đã làm việc đến khi tai nạn xảy ra", worked),
            )
        ),
        *common.section("6", "Diễn biến của vụ tai nạn", common.text(minutes.course if minutes else facts.course)),
        *common.section("7", "Nguyên nhân gây ra tai nạn", common.text(_cause(facts, minutes))),
        *common.section("8", "Kết luận về vụ tai nạn", common.text(conclusion(minutes))),
        Heading("9. Kết luận về những người có lỗi, đề nghị hình thức xử lý"),
        common.grid("nguoi-co-loi", "", _BLAME, faults)
        if faults
        else Paragraph("Không có người có lỗi được ghi nhận."),
        Heading("10. Biện pháp ngăn ngừa tai nạn tương tự hoặc tái diễn"),
        common.grid("bien-phap", "", _PREVENT, _measures(minutes)),
        Heading("11. Tình trạng thương tích; 12. Nơi điều trị và biện pháp xử lý ban đầu"),
        _injuries(facts, findings),
        *common.section("13", "Thiệt hại do tai nạn và chi phí đã thực hiện", _costs(facts, minutes, findings)),
        *([Paragraph(fields["remark"])] if fields.get("remark") else []),
        _signatures(facts),
    ]  # fmt: skip
    severity = {"fatal": "chết người", "severe": "nặng", "minor": "nhẹ"}.get(facts.case.severity or "", "")
    return Document("Biên bản điều tra tai nạn lao động", f"({severity})" if severity else "", tuple(blocks))


def _values(facts: Facts, fields: Mapping[str, str]) -> dict[str, object]:
    minutes = facts.minutes
    findings = {one.victim_id: one for one in (minutes.findings if minutes else ())}
    rows = []
    for person in facts.victims:
        found = findings.get(person.id)
        told = (
            (found.workplace, _years(found.service_years), _years(found.trade_years), found.skill_grade,
             _trained(found.trained), found.injury, found.treated_at)
            if found
            else ("",) * 7
        )  # fmt: skip
        rows.append(dict(zip(_FINDING, (str(person.position), person.name, *told), strict=True)))
    return {
        **common.values(facts, fields),
        "dien_bien": minutes.course if minutes else facts.course,
        "nguyen_nhan": _cause(facts, minutes),
        "ket_luan": conclusion(minutes),
        "ket_qua_nan_nhan": rows,
        "nguoi_co_loi": [
            dict(zip(_FAULT, (str(one.position), one.person, one.role, one.breach, one.handling), strict=True))
            for one in (minutes.faults if minutes else ())
        ],
        "bien_phap": [
            dict(zip(_MEASURE, (str(at), *row), strict=True)) for at, row in enumerate(_measures(minutes), start=1)
        ],
    }


def _add(code: str, office: Office, level: str, about: str | Promise, form: str) -> None:
    def offered(stand: Stand) -> tuple[tuple[str, str], ...]:
        return stand.minutes if stand.level == level else ()

    add(
        Spec(
            PaperKind(
                code, _("Biên bản điều tra tai nạn lao động"),
                "Nghị định 39/2016/NĐ-CP Điều 13 khoản 5" if level == "establishment"
                else "Nghị định 39/2016/NĐ-CP Điều 14 khoản 2",
                Certainty.PROVISIONAL,
                _FIELDS, _build, context=CONTEXT, about=about, symbol="BBĐT", form=form, placeholders=PLACEHOLDERS,
                values=_values,
            ),
            office, level, offered, lambda _facts: {},
            readers=frozenset({Office.PROVINCE} if level == "establishment" else {Office.EMPLOYER, Office.COMMUNE}),
            sealed=True,
        )
    )  # fmt: skip


_add(
    "accident-minutes-establishment",
    Office.EMPLOYER,
    "establishment",
    _("cấp cơ sở"),
    "Phụ lục IX Nghị định 39/2016/NĐ-CP",
)
_add("accident-minutes-province", Office.PROVINCE, "province", _("cấp tỉnh"),
     "Phụ lục X Nghị định 39/2016/NĐ-CP (mẫu a: có hợp đồng lao động; mẫu b: không có)")  # fmt: skip
