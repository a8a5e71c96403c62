"""Targets that fall or rise by a share each year, judged with regard to chance.

A province with five deaths a year cannot show a fall of 4 % from one year to the next: that is a
fifth of one death. So a target is called met only when the whole interval of the ratio to the
baseline lies on the required side, not met when it lies wholly on the other, and otherwise the
answer is that it cannot be told yet, with the year in which it could be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import numpy as np
from scipy.stats import binom, poisson

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.explain import Explanation
from atvsld.kit.text import format_number
from atvsld.statistics.intervals import Interval, RateRatio, rate_ratio
from atvsld.statistics.rates import Rate

HORIZON = 50


class Direction(StrEnum):
    """Whether the figure is meant to go down (deaths) or up (workers examined)."""

    FALL = "fall"
    RISE = "rise"


class Verdict(StrEnum):
    """What the figures allow to be said about a target."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"

    @property
    def label_vi(self) -> str:
        return _LABELS[self][0]

    @property
    def label_en(self) -> str:
        return _LABELS[self][1]


_LABELS = {
    Verdict.MET: ("Đạt", "Met"),
    Verdict.NOT_MET: ("Không đạt", "Not met"),
    Verdict.CANNOT_TELL: ("Chưa thể kết luận", "Cannot tell yet"),
}
_SIDE = {Direction.FALL: "không quá", Direction.RISE: "không dưới"}
_NO_EVENT = "Cả hai kỳ đều không có vụ việc nào nên không có gì để so sánh."
_BASELINE_YEAR = "Đây là năm gốc; chỉ tiêu được tính từ năm sau."


@dataclass(frozen=True, slots=True)
class Target:
    """At least `change_per_year` (a share: 0.04 is 4 %) each year, compounded from the baseline year."""

    direction: Direction
    change_per_year: Decimal
    baseline_year: int

    def __post_init__(self) -> None:
        if not 0 < self.change_per_year < 1:
            raise ValueError("change_per_year must lie between 0 and 1")

    def required_ratio(self, year: int) -> Decimal:
        """What the figure of `year` may be (fall) or must be (rise) as a multiple of the baseline.

        ValueError for a year before the baseline.
        """
        if year < self.baseline_year:
            raise ValueError(f"{year} comes before the baseline year {self.baseline_year}")
        step = -self.change_per_year if self.direction is Direction.FALL else self.change_per_year
        return (1 + step) ** (year - self.baseline_year)

    def path(self, baseline: Decimal, year: int) -> Decimal:
        """The required value in `year`, in the unit of the baseline."""
        return baseline * self.required_ratio(year)

    def reached(self, ratio: Decimal | float, year: int) -> bool:
        """Whether a ratio to the baseline, taken at face value, is on the required side.

        Enough by itself for full counts of work done; for chance events use `assess`.
        """
        required = self.required_ratio(year)
        return ratio <= required if self.direction is Direction.FALL else ratio >= required


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict with every number behind it; `explanation` says the same in sentences.

    `naive` compares the bare figures (None when there is no ratio). `tellable_after` is the number
    of years after the baseline from which, at the size of the baseline, the verdict would notice
    with the stated power that nothing has changed; None when not within the horizon.
    """

    year: int
    verdict: Verdict
    naive: bool | None
    required_ratio: Decimal
    required_value: Decimal | None
    ratio: RateRatio | None
    tellable_after: int | None
    explanation: Explanation

    def to_json(self) -> dict[str, Any]:
        return {
            "year": self.year,
            "verdict": self.verdict.value,
            "naive": self.naive,
            "required_ratio": str(self.required_ratio),
            "required_value": None if self.required_value is None else str(self.required_value),
            "ratio": self.ratio.estimate if self.ratio else None,
            "interval": self.ratio.interval.to_json() if self.ratio else None,
            "tellable_after": self.tellable_after,
            "explanation": self.explanation.to_json(),
        }


def assess(
    target: Target,
    baseline: Rate,
    actual: Rate,
    year: int,
    *,
    confidence: float = 0.95,
    power: float = 0.8,
    citation: Citation | None = None,
    status: Certainty = Certainty.OFFICIAL,
) -> Assessment:
    """Judge the rate of `year` against the target.

    Either rate may be a pooled one of several years; `year` is then the year it stands for, as a
    rule the middle one. A withheld rate gives `CANNOT_TELL` with its
    reason. `citation` and `status` are those of the text that sets the target. ValueError when the
    rates are expressed per different numbers or the year comes before the baseline.
    """
    if baseline.per != actual.per:
        raise ValueError("baseline and actual rate must be expressed per the same number")
    required = target.required_ratio(year)
    value = None if baseline.value is None else baseline.value * required
    comparable = _ratio(baseline, actual, confidence)
    verdict, naive = Verdict.CANNOT_TELL, None
    if comparable and comparable.estimate is not None:
        naive = target.reached(comparable.estimate, year)
    if comparable and year > target.baseline_year:
        verdict = _judge(target.direction, comparable.interval, float(required))
    after = None
    if comparable:
        growth = comparable.exposure / comparable.base_exposure
        after = years_until_tellable(target, baseline.count, exposure_ratio=growth, confidence=confidence, power=power)
    explanation = Explanation(
        rule="target.rate-ratio",
        text=_sentence(target, verdict, required, comparable, _gap(target, baseline, actual, year)),
        citation=citation,
        status=status,
        facts=_facts(target, baseline, actual, year, value=value, ratio=comparable),
        parts=(_foresight(target, after, power),) if comparable else (),
    )
    return Assessment(year, verdict, naive, required, value, comparable, after, explanation)


def years_until_tellable(
    target: Target,
    baseline_count: float,
    *,
    exposure_ratio: float = 1.0,
    confidence: float = 0.95,
    power: float = 0.8,
    cap: int = HORIZON,
) -> int | None:
    """Years after the baseline from which standing still would be noticed as `NOT_MET`.

    The smallest n such that, if the true rate never changed and the baseline year had
    `baseline_count` expected events, `assess` of year n would say `NOT_MET` with at least `power`.
    None when that takes more than `cap` years. `exposure_ratio` is later over baseline exposure.
    """
    if baseline_count <= 0:
        return None
    totals, weights = _likely_totals(baseline_count * (1 + exposure_ratio))
    unchanged = exposure_ratio / (1 + exposure_ratio)
    for years in range(1, cap + 1):
        odds = float(target.required_ratio(target.baseline_year + years)) * exposure_ratio
        found = _chance_of_not_met(target.direction, totals, unchanged, odds / (1 + odds), (1 - confidence) / 2)
        if float(np.dot(weights, found)) >= power:
            return years
    return None


def _likely_totals(expected: float) -> tuple[Any, Any]:
    """Totals of both years that matter, with their Poisson probabilities; a total of 0 proves nothing."""
    totals = np.arange(max(1, int(poisson.ppf(1e-6, expected))), int(poisson.isf(1e-6, expected)) + 1)
    return totals, poisson.pmf(totals, expected)


def _chance_of_not_met(direction: Direction, totals: Any, truth: float, required: float, tail: float) -> Any:
    """For each total: the chance that the later count lies beyond what `required` would allow.

    Beyond means a one-sided p value of at most `tail`, the same thing as the interval lying wholly
    on the wrong side.
    """
    if direction is Direction.FALL:
        # isf(tail) is the smallest x with P(X > x) ≤ tail; the first count that proves excess is one more.
        return binom.sf(binom.isf(tail, totals, required), totals, truth)
    lowest = binom.ppf(tail, totals, required)
    highest_proof = np.where(binom.cdf(lowest, totals, required) <= tail, lowest, lowest - 1)
    return binom.cdf(highest_proof, totals, truth)


def _ratio(baseline: Rate, actual: Rate, confidence: float) -> RateRatio | None:
    if baseline.value is None or actual.value is None or not baseline.denominator or not actual.denominator:
        return None
    if not baseline.count and not actual.count:
        return None
    return rate_ratio(actual.count, actual.denominator, baseline.count, baseline.denominator, confidence=confidence)


def _judge(direction: Direction, interval: Interval, required: float) -> Verdict:
    below, above = interval.high <= required, interval.low > required
    if direction is Direction.RISE:
        below, above = interval.low >= required, interval.high < required
    if below:
        return Verdict.MET
    return Verdict.NOT_MET if above else Verdict.CANNOT_TELL


def _gap(target: Target, baseline: Rate, actual: Rate, year: int) -> str:
    """Why there is nothing to judge; empty when there is."""
    for name, one in (("Năm gốc", baseline), (f"Năm {year}", actual)):
        if one.value is None:
            return f"{name}: {one.reason}"
    if not baseline.count and not actual.count:
        return _NO_EVENT
    return _BASELINE_YEAR if year == target.baseline_year else ""


def _sentence(target: Target, verdict: Verdict, required: Decimal, ratio: RateRatio | None, gap: str) -> str:
    if gap or ratio is None:
        return f"{verdict.label_vi}. {gap}"
    limit = format_number(required * 100, 1)
    span = ratio.interval
    reach = f"đến {_percent(span.high)} %" if math.isfinite(span.high) else "trở lên"
    confidence = _whole(span.confidence)
    found = f"{_percent(ratio.estimate)} %" if ratio.estimate is not None else "không xác định (năm gốc bằng 0)"
    where = {
        Verdict.MET: "toàn bộ khoảng này nằm về phía đạt",
        Verdict.NOT_MET: "toàn bộ khoảng này nằm về phía không đạt",
        Verdict.CANNOT_TELL: "mức yêu cầu nằm trong khoảng này, nên chênh lệch có thể chỉ do ngẫu nhiên",
    }[verdict]
    asked = f"Mức yêu cầu là {_SIDE[target.direction]} {limit} % so với năm gốc {target.baseline_year}"
    seen = f"thực tế là {found}, khoảng tin cậy {confidence} % từ {_percent(span.low)} % {reach}"
    return f"{verdict.label_vi}. {asked}; {seen}: {where}."


def _foresight(target: Target, after: int | None, power: float) -> Explanation:
    chance = _whole(power)
    if after is None:
        text = (
            f"Với số vụ việc như năm gốc, trong {HORIZON} năm vẫn không đủ để nhận ra (xác suất {chance} %) "
            "rằng tình hình không thay đổi; nên gộp nhiều năm."
        )
    else:
        text = (
            f"Nếu tình hình không thay đổi, với số vụ việc như năm gốc phải đến năm {target.baseline_year + after} "
            f"(sau {after} năm) mới nhận ra được với xác suất {chance} %."
        )
    return Explanation(rule="target.years-until-tellable", text=text)


def _facts(
    target: Target, baseline: Rate, actual: Rate, year: int, *, value: Decimal | None, ratio: RateRatio | None
) -> tuple[tuple[str, str], ...]:
    facts = [
        *_figures(f"năm gốc {target.baseline_year}", baseline),
        *_figures(f"năm {year}", actual),
        (f"Mức yêu cầu năm {year}", "n/a" if value is None else format_number(value, 2)),
    ]
    if ratio:
        facts.append(("Trị số p một phía, giả thiết tỷ lệ đúng bằng mức yêu cầu", _p_value(target, ratio, year)))
    return tuple(facts)


def _figures(which: str, one: Rate) -> list[tuple[str, str]]:
    denominator = "n/a" if one.denominator is None else format_number(one.denominator)
    return [
        (f"Số vụ việc {which}", format_number(one.count)),
        (f"Mẫu số {which}", f"{denominator} ({one.denominator_source or 'không rõ nguồn'})"),
        (f"Tần suất {which}", f"{one.text()} trên {format_number(one.per)}"),
    ]


def _p_value(target: Target, ratio: RateRatio, year: int) -> str:
    required = float(target.required_ratio(year))
    chance = ratio.p_below(required) if target.direction is Direction.FALL else ratio.p_above(required)
    return format_number(chance, 3)


def _whole(chance: float) -> str:
    return format_number(round(chance * 100, 2))


def _percent(share: float | None) -> str:
    return "n/a" if share is None else format_number(share * 100, 1)
