"""Decisions to set up the investigation team at the three levels (Decree 39/2016 Art. 11, annexes V to VII)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.investigation.facade import Material
from atvsld.casework.accidents.papers.kinds import common
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT, Spec, Stand, add
from atvsld.casework.accidents.papers.material import Facts
from atvsld.documents.model import Block, Document, Paragraph, Recipients
from atvsld.kit.certainty import Certainty
from atvsld.law.procedure import Office
from atvsld.platform.papers.registry import Field, PaperKind, Placeholder

_MEMBERS = ("tt", "ho_ten", "don_vi", "chuc_vu", "tu_cach")
_PLACEHOLDERS = (
    *common.PLACEHOLDERS,
    Placeholder("thanh_vien", _("Thành viên đoàn điều tra, mỗi người một dòng"), _MEMBERS, required=True),
)
_FIELDS = (
    Field("grounds", _("Căn cứ ban hành"), required=True, rows=5, help=_("Mỗi căn cứ một dòng.")),
    Field("members", _("Thành phần đoàn (khi chưa ghi đoàn trong hồ sơ)"), rows=4,
          help=_("Mỗi người một dòng: họ tên – đơn vị – chức vụ. Đoàn đã ghi trong hồ sơ thì lấy từ hồ sơ.")),
    Field("mission", _("Nhiệm vụ của đoàn"), required=True, rows=5),
    Field("recipients", _("Nơi nhận"), rows=3, help=_("Mỗi nơi một dòng.")),
)  # fmt: skip
_MISSION = (
    "Điều tra vụ tai nạn lao động nêu trên theo trình tự, thủ tục quy định; lập biên bản điều tra; tổ chức họp công bố "
    "biên bản và gửi biên bản tới các nơi phải gửi trong thời hạn quy định. Đoàn tự giải thể sau khi hoàn thành "
    "nhiệm vụ."
)


def _members(facts: Facts) -> list[tuple[str, str, str, str]]:
    team = facts.investigation.team if facts.investigation else None
    return [
        (one.name, one.agency, one.title, "Trưởng đoàn" if one.is_leader else "Thành viên")
        for one in (team.members if team else ())
    ]


def _values(facts: Facts, fields: Mapping[str, str]) -> dict[str, object]:
    rows = [dict(zip(_MEMBERS, (str(at), *row), strict=True)) for at, row in enumerate(_members(facts), start=1)]
    return {**common.values(facts, fields), "thanh_vien": rows}


def _builder(level: str) -> Callable[[Facts, Mapping[str, str]], Document]:
    def build(facts: Facts, fields: Mapping[str, str]) -> Document:
        firm = f" tại {facts.employer.name}" if facts.employer else ""
        members = _members(facts)
        team: Block
        if members:
            heads = (("Họ và tên", 42.0), ("Đơn vị công tác", 52.0), ("Chức vụ", 34.0), ("Tư cách", 24.0))
            team = common.grid("thanh-vien", "Thành phần đoàn điều tra", heads, members)
        else:
            team = Paragraph(common.said(fields.get("members")), "plain")
        blocks: list[Block] = [Paragraph(line, "italic") for line in (fields.get("grounds") or "").splitlines() if line]
        blocks += [
            Paragraph("QUYẾT ĐỊNH:", "center"),
            Paragraph(
                f"Điều 1. Thành lập Đoàn điều tra tai nạn lao động {level} để điều tra vụ tai nạn xảy ra lúc "
                f"{common.moment(facts.occurred_at)}{firm}, {common.where(facts)}, làm {common.toll(facts)}; "
                f"đoàn gồm các ông, bà có tên sau đây:"
            ),
            team,
            Paragraph(f"Điều 2. Nhiệm vụ của đoàn. {common.said(fields.get('mission'))}"),
            Paragraph(
                "Điều 3. Quyết định có hiệu lực kể từ ngày ký. Các ông, bà có tên tại Điều 1 và đơn vị, cá nhân có "
                "liên quan chịu trách nhiệm thi hành."
            ),
        ]
        items = tuple(line for line in (fields.get("recipients") or "").splitlines() if line.strip())
        return Document(
            "Quyết định", f"về việc thành lập Đoàn điều tra tai nạn lao động {level}", tuple(blocks),
            recipients=Recipients(items) if items else None,
        )  # fmt: skip

    return build


def _prefill(facts: Facts) -> Mapping[str, str]:
    grounds = [
        "Căn cứ Luật An toàn, vệ sinh lao động ngày 25 tháng 6 năm 2015;",
        "Căn cứ Nghị định số 39/2016/NĐ-CP ngày 15 tháng 5 năm 2016 của Chính phủ;",
    ]
    if facts.reported_at:
        grounds.append(f"Căn cứ tin báo, khai báo tai nạn nhận lúc {common.moment(facts.reported_at)};")
    recipients = ["Như Điều 3", *([facts.employer.name] if facts.employer else []), "Lưu: VT, hồ sơ vụ"]
    return {"grounds": "\n".join(grounds), "mission": _MISSION, "recipients": "\n".join(recipients)}


def _offered(level: str) -> Callable[[Stand], Iterable[tuple[str, str]]]:
    def offered(stand: Stand) -> Iterable[tuple[str, str]]:
        if level == "central":
            return [("", "")] if stand.level == level else []
        return [("", "")] if stand.at(level) and (level == "province" or stand.has_employer) else []

    return offered


def _signer(level: str) -> Callable[[Material], tuple[str, str] | None]:
    """Who signed the decision as the record of the team names them, when its team is of this level."""

    def signer(held: Material) -> tuple[str, str] | None:
        team = held.team
        return (team.signer_title, team.signer_name) if team is not None and team.level == level else None

    return signer


def _add(code: str, level: str, words: str, about: str | Promise, *, citation: str, form: str) -> None:
    office = Office.EMPLOYER if level == "establishment" else Office.PROVINCE
    readers = {Office.PROVINCE} if level == "establishment" else {Office.EMPLOYER, Office.COMMUNE}
    add(
        Spec(
            PaperKind(
                code, _("Quyết định"), citation, Certainty.PROVISIONAL, _FIELDS, _builder(words), context=CONTEXT,
                about=about, symbol="QĐ", form=form,
                placeholders=_PLACEHOLDERS, values=_values,
            ),
            office, "ministry" if level == "central" else level, _offered(level), _prefill,
            readers=frozenset(readers), signer=_signer(level),
        )
    )  # fmt: skip


_add("accident-team-establishment", "establishment", "cấp cơ sở",
     _("thành lập Đoàn điều tra tai nạn lao động cấp cơ sở"),
     citation="Luật 84/2015/QH13 Điều 35 khoản 1; Nghị định 39/2016/NĐ-CP Điều 11 khoản 1",
     form="Phụ lục V Nghị định 39/2016/NĐ-CP")  # fmt: skip
_add("accident-team-province", "province", "cấp tỉnh", _("thành lập Đoàn điều tra tai nạn lao động cấp tỉnh"),
     citation="Luật 84/2015/QH13 Điều 35 khoản 2; Nghị định 39/2016/NĐ-CP Điều 11 khoản 2",
     form="Phụ lục VI Nghị định 39/2016/NĐ-CP")  # fmt: skip
_add("accident-team-central", "central", "cấp trung ương", _("thành lập Đoàn điều tra tai nạn lao động cấp trung ương"),
     citation="Luật 84/2015/QH13 Điều 35 khoản 3; Nghị định 39/2016/NĐ-CP Điều 11 khoản 3",
     form="Phụ lục VII Nghị định 39/2016/NĐ-CP")  # fmt: skip
