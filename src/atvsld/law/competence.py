"""Who deals with an accident: by severity and labour relation, special fields and accidents abroad included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.explain import Explanation
from atvsld.law.book import LawBook
from atvsld.law.procedure import RANK, Level
from atvsld.law.severity import Tier, VictimFacts, classify_case

_LAW, _DECREE = "LUAT-84-2015", "ND-39-2016"
_LEVELS = {
    Tier.ESTABLISHMENT: Level.ESTABLISHMENT,
    Tier.COMMUNE_RECORD: Level.COMMUNE,
    Tier.PROVINCIAL: Level.PROVINCE,
}


@dataclass(frozen=True, slots=True)
class Competence:
    """The level that deals with a case, with the article and the facts that decided."""

    level: Level
    explanation: Explanation


def competence(
    book: LawBook,
    *,
    victims: Sequence[VictimFacts],
    on: date,
    special_field: str = "",
    sector_law: bool = True,
    abroad: bool = False,
) -> Competence:
    """The competent level on the day of the accident.

    In a special field the sector's law decides (`sector_law`: it provides for an investigation); where it is silent, a
    grave accident goes to the ministries named in Điều 21 khoản 2 Nghị định 39/2016 and a lesser one to the employer
    (khoản 3). Abroad, a grave accident is verified by the province of the employer's head office (Điều 19), a lesser
    one is the employer's. Errors as `classify_case`.
    """
    verdict = classify_case(book, victims=victims, on=on)
    facts, grave = verdict.explanation.facts, verdict.tier is Tier.PROVINCIAL
    if special_field and (sector_law or grave):
        text = "Lĩnh vực đặc thù: điều tra theo pháp luật chuyên ngành, cơ quan lao động cấp tỉnh theo dõi và phối hợp."
        if not sector_law:
            text = "Lĩnh vực đặc thù, pháp luật chuyên ngành không quy định: bộ quản lý ngành thành lập Đoàn điều tra."
        why = Explanation("tier.special", text, Citation(_DECREE, "Điều 21 khoản 1, 2"), facts=facts)
        return Competence(Level.SPECIAL, why)
    if special_field:
        text = (
            "Lĩnh vực đặc thù, pháp luật chuyên ngành không quy định, không chết người và dưới 02 người bị thương "
            "nặng: người sử dụng lao động điều tra."
        )
        why = Explanation("tier.special_lesser", text, Citation(_DECREE, "Điều 21 khoản 3"), facts=facts)
        return Competence(Level.ESTABLISHMENT, why)
    if abroad:
        return _abroad(grave=grave, facts=facts)
    return Competence(_LEVELS[verdict.tier], verdict.explanation)


def _abroad(*, grave: bool, facts: tuple[tuple[str, str], ...]) -> Competence:
    if grave:
        text = (
            "Tai nạn ở nước ngoài làm chết người hoặc từ 02 người bị thương nặng: cơ quan lao động cấp tỉnh "
            "nơi đặt trụ sở chính xem xét, lập biên bản xác minh."
        )
        why = Explanation("tier.abroad", text, Citation(_DECREE, "Điều 19 khoản 3 điểm b"), facts=facts)
        return Competence(Level.PROVINCE, why)
    text = "Tai nạn ở nước ngoài, không chết người và dưới 02 người bị thương nặng: người sử dụng lao động điều tra."
    why = Explanation("tier.abroad_lesser", text, Citation(_LAW, "Điều 35 khoản 1"), Certainty.PROVISIONAL, facts)
    return Competence(Level.ESTABLISHMENT, why)


def is_higher(new: Level, old: Level) -> bool:
    """Whether a level stands above another; the special field stands beside the ladder and is never "higher"."""
    return new in RANK and old in RANK and RANK[new] > RANK[old]
