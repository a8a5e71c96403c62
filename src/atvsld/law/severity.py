"""How grave an accident is for a victim, and which body must look into the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from atvsld.kit.certainty import Certainty, Citation, worst
from atvsld.kit.explain import Explanation, Words, say
from atvsld.law.codes import CodeItem
from atvsld.law.errors import UnknownEntry

if TYPE_CHECKING:
    from atvsld.law.book import LawBook


class AccidentSeverity(StrEnum):
    """Three classes of Điều 9 Nghị định 39/2016: there is no threshold of days lost among them."""

    FATAL = "fatal"
    SEVERE = "severe"
    MINOR = "minor"


class Tier(StrEnum):
    """Who investigates or records (Điều 35 Luật ATVSLĐ)."""

    ESTABLISHMENT = "establishment"
    COMMUNE_RECORD = "commune_record"
    PROVINCIAL = "provincial"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of one victim and why."""

    severity: AccidentSeverity
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class VictimFacts:
    """What decides the tier: severity, and the code of the labour relation."""

    severity: AccidentSeverity | str
    relation: str


@dataclass(frozen=True, slots=True)
class CaseVerdict:
    """The tier of one case and why."""

    tier: Tier
    explanation: Explanation


Facts = tuple[tuple[Words, int], ...]
_CLASSES = "ND-39-2016"
_LAW = "LUAT-84-2015"


def classify_victim(book: LawBook, *, died: bool, injury_codes: Sequence[str], on: date) -> Verdict:
    """Class of one victim by the list of severe injuries in force on the day of the accident.

    `died` is the legal finding of Điều 9 khoản 1 (at the scene, on the way, in treatment with a forensic
    conclusion, or declared by a court). `UnknownEntry` for a code that is not an injury of the list.
    """
    injuries = book.code_list("accident.injury", on=on)
    choices = {item.code: item for item in injuries.choices}
    unknown = [code for code in injury_codes if code not in choices]
    if unknown:
        raise UnknownEntry(f"Danh mục chấn thương không có mã {', '.join(unknown)}.")
    if died:
        why = Explanation.of(
            "severity.fatal",
            Words(
                "Người bị nạn chết do tai nạn: tai nạn lao động chết người.",
                "The victim died of the accident: a fatal occupational accident.",
            ),
            Citation(_CLASSES, "Điều 9 khoản 1"),
        )
        return Verdict(AccidentSeverity.FATAL, why)
    if injury_codes:
        why = Explanation.of(
            "severity.severe",
            Words(
                "Có chấn thương thuộc danh mục chấn thương nặng: tai nạn lao động nặng.",
                "There is an injury of the list of severe injuries: a severe occupational accident.",
            ),
            Citation(_CLASSES, "Điều 9 khoản 2, Phụ lục II"),
            worst(choices[code].status for code in injury_codes),
            facts=[(Words(code, code), _name(choices[code])) for code in injury_codes],
        )
        return Verdict(AccidentSeverity.SEVERE, why)
    why = Explanation.of(
        "severity.minor",
        Words(
            "Không chết người và không ghi nhận chấn thương nào thuộc danh mục chấn thương nặng: tai nạn lao động nhẹ.",
            "Nobody died and no injury of the list of severe injuries is recorded: a minor occupational accident.",
        ),
        Citation(_CLASSES, "Điều 9 khoản 3"),
    )
    return Verdict(AccidentSeverity.MINOR, why)


def classify_case(book: LawBook, *, victims: Sequence[VictimFacts], on: date) -> CaseVerdict:
    """Which level deals with a case: province for any death or two severe victims, otherwise employer or commune.

    Only severe victims count towards "two or more". `ValueError` without victims, `UnknownEntry` for an
    unknown labour relation.
    """
    if not victims:
        raise ValueError("Vụ tai nạn chưa có người bị nạn nên chưa phân cấp được.")
    relations = book.code_list("accident.labour_relation", on=on)
    with_contract = []
    for victim in victims:
        item = relations.get(victim.relation)
        if item is None:
            raise UnknownEntry(f"Danh mục quan hệ lao động không có mã {victim.relation}.")
        with_contract.append(item.group == "contract")
    fatal = sum(victim.severity == AccidentSeverity.FATAL for victim in victims)
    severe = sum(victim.severity == AccidentSeverity.SEVERE for victim in victims)
    facts: Facts = (
        (Words("Số người bị nạn", "Victims"), len(victims)),
        (Words("Số người chết", "Deaths"), fatal),
        (Words("Số người bị thương nặng", "Severely injured"), severe),
        (Words("Số người có quan hệ lao động", "With a labour relation"), sum(with_contract)),
    )
    if fatal or severe > 1:
        what = (
            Words("Có người chết", "Somebody died")
            if fatal
            else Words("Có từ 02 người bị thương nặng trở lên", "Two or more persons are severely injured")
        )
        said = say("{what}: điều tra cấp tỉnh.", "{what}: the province investigates.", what=what)
        why = Explanation.of("tier.provincial", said, Citation(_LAW, "Điều 35 khoản 2"), facts=facts)
        return CaseVerdict(Tier.PROVINCIAL, why)
    deciding = [
        contract
        for victim, contract in zip(victims, with_contract, strict=True)
        if not severe or victim.severity == AccidentSeverity.SEVERE
    ]
    return CaseVerdict(*_below_province(contract=any(deciding), severe=bool(severe), facts=facts))


def _below_province(*, contract: bool, severe: bool, facts: Facts) -> tuple[Tier, Explanation]:
    if contract:
        said = Words(
            "Chỉ có người bị thương nhẹ hoặc 01 người bị thương nặng, có quan hệ lao động: điều tra cấp cơ sở.",
            "Only minor injuries, or one severe, with a labour relation: the employer investigates.",
        )
        why = Explanation.of("tier.establishment", said, Citation(_LAW, "Điều 35 khoản 1"), facts=facts)
        return Tier.ESTABLISHMENT, why
    if severe:
        said = Words(
            "01 người bị thương nặng, không theo hợp đồng lao động: Ủy ban nhân dân cấp xã lập biên bản ghi nhận.",
            "One severely injured, without a labour contract: the commune's committee draws up minutes.",
        )
        why = Explanation.of("tier.commune", said, Citation(_LAW, "Điều 35 khoản 1"), facts=facts)
        return Tier.COMMUNE_RECORD, why
    said = Words(
        "Chỉ có người bị thương nhẹ, làm việc không theo hợp đồng lao động: luật không đòi biên bản ghi nhận; "
        "Ủy ban nhân dân cấp xã ghi sổ để thống kê.",
        "Only minor injuries, without a labour contract: the law asks for no minutes; "
        "the commune's committee enters them in its register for the statistics.",
    )
    source = Citation(_LAW, "Điều 36 khoản 2")
    return Tier.COMMUNE_RECORD, Explanation.of("tier.commune_minor", said, source, Certainty.PROVISIONAL, facts=facts)


def _name(item: CodeItem) -> Words:
    return Words(item.label_vi, item.label_en or item.label_vi)
