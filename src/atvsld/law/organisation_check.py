"""Facts of an establishment in, verdicts with their article out. An unknown fact is never taken for "no"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from atvsld.kit.certainty import Certainty, worst
from atvsld.kit.explain import Explanation
from atvsld.kit.text import format_number
from atvsld.law.organisation import GRADES, Band, Interval, Membership, Need, Norm, OrganisationNorms

_GRADE_LABELS = {
    "full_time": "người làm công tác an toàn, vệ sinh lao động chuyên trách",
    "part_time": "người làm công tác an toàn, vệ sinh lao động bán chuyên trách",
    "doctor": "bác sĩ",
    "assistant_doctor": "bác sĩ hoặc y sĩ",
    "medical_worker": "người làm công tác y tế trình độ trung cấp trở lên",
}
_HELD_LABELS = {
    "full_time": "chuyên trách",
    "part_time": "bán chuyên trách",
    "doctor": "bác sĩ",
    "assistant_doctor": "y sĩ",
    "medical_worker": "y tế khác, trung cấp trở lên",
}
_UNIT_LABELS = {
    "osh_department": "phòng an toàn, vệ sinh lao động",
    "medical_facility": "cơ sở y tế theo pháp luật về khám bệnh, chữa bệnh",
    "council": "hội đồng an toàn, vệ sinh lao động cơ sở",
}


class State(StrEnum):
    """What a check found."""

    MET = "met"
    SHORT = "short"
    UNKNOWN = "unknown"
    NOT_REQUIRED = "not_required"

    @property
    def label_vi(self) -> str:
        return {"met": "Đủ", "short": "Thiếu", "unknown": "Chưa đủ dữ liệu", "not_required": "Không bắt buộc"}[self]


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What is known of an establishment; None is not known. `staff` by grade, `units` by kind.

    `decided` holds an officer's own finding for a list of branches; it goes before the industry code.
    """

    workers: int | None
    industry_code: str = ""
    staff: Mapping[str, int | None] = field(default_factory=dict)
    units: Mapping[str, bool | None] = field(default_factory=dict)
    shifts: int | None = None
    teams: int | None = None
    representatives: int | None = None
    state_group: bool | None = None
    decided: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One requirement: what is needed, what is there, and why."""

    id: str
    label: str
    state: State
    needed: str
    held: str
    explanation: Explanation

    @property
    def status(self) -> Certainty:
        return self.explanation.status


class Standing(NamedTuple):
    """The place of an establishment in one list of branches."""

    list_id: str
    membership: Membership
    why: str
    status: Certainty


def standing(norms: OrganisationNorms, list_id: str, facts: OrganisationFacts) -> Standing:
    """Whether the establishment's branch stands in a list, and how that is known."""
    branches = norms.lists[list_id]
    if (decided := facts.decided.get(list_id)) is not None:
        found = Membership.LISTED if decided else Membership.NOT_LISTED
        return Standing(list_id, found, "Cán bộ đã xác định cho cơ sở này.", branches.status)
    membership, branch = branches.membership(facts.industry_code)
    if branch is not None and membership is Membership.LISTED:
        why = f"Mã ngành {facts.industry_code} thuộc “{branch.label}”."
    elif branch is not None:
        why = f"Mã ngành {facts.industry_code} có thể thuộc “{branch.label}”; cần cán bộ xác định."
    elif membership is Membership.UNDECIDED:
        why = "Chưa có mã ngành."
    else:
        why = f"Mã ngành {facts.industry_code} không thuộc danh sách."
    return Standing(list_id, membership, why, branches.mapping_status)


def check_organisation(norms: OrganisationNorms, facts: OrganisationFacts, *, on: date) -> tuple[Verdict, ...]:
    """Officers, medical staff, council and network against the norms of a day. Raises `NotInForce` before them."""
    found = [_check(norms, norms.norm(norm_id, on), facts) for norm_id in GRADES]
    return (*found, _check_network(norms, facts))


def self_check_interval(norms: OrganisationNorms, facts: OrganisationFacts) -> tuple[Standing, Interval | None]:
    """How often the employer must check itself; no interval while the branch is undecided."""
    where = standing(norms, norms.self_check_list, facts)
    if where.membership is Membership.UNDECIDED:
        return where, None
    return where, norms.self_checks[where.membership is Membership.LISTED]


def _check(norms: OrganisationNorms, norm: Norm, facts: OrganisationFacts) -> Verdict:
    where = standing(norms, norm.list_id, facts)
    if norm.state_group is not None and facts.state_group:
        return _verdict(norm, norm.state_group, facts, ("Tập đoàn kinh tế, tổng công ty nhà nước.",))
    if facts.workers is None:
        text = "Chưa có số lao động nên chưa xác định được định mức."
        why = Explanation(f"organisation.{norm.id}", text, status=Certainty.OFFICIAL)
        return Verdict(norm.id, norm.label.vi, State.UNKNOWN, "", _held(norm, facts), why)
    bands = {listed: norm.band(facts.workers, listed=listed) for listed in (True, False)}
    if bands[True].asks == bands[False].asks:  # the branch makes no difference at this size
        band = bands[where.membership is Membership.LISTED]
        return _verdict(norm, band, facts)
    if where.membership is Membership.UNDECIDED:
        return _either(norm, bands, facts, where)
    band = bands[where.membership is Membership.LISTED]
    return _verdict(norm, band, facts, (where.why,), where.status)


def _either(norm: Norm, bands: Mapping[bool, Band], facts: OrganisationFacts, where: Standing) -> Verdict:
    """The branch is not decided: a verdict only where both readings agree."""
    states = {listed: _meets(norm, band, facts) for listed, band in bands.items()}
    band = bands[False]
    if states[True] == states[False]:
        return _verdict(norm, band, facts, (where.why,), where.status)
    needed = f"{_asked(bands[True], facts)} nếu thuộc danh sách; {_asked(band, facts)} nếu không"
    parts = tuple(_explain(norm, one, facts, (where.why,), where.status) for one in bands.values())
    why = Explanation(
        f"organisation.{norm.id}",
        f"{where.why} Hai cách hiểu cho kết quả khác nhau.",
        bands[True].citation,
        where.status,
        parts=parts,
    )
    return Verdict(norm.id, norm.label.vi, State.UNKNOWN, needed, _held(norm, facts), why)


def _meets(norm: Norm, band: Band, facts: OrganisationFacts) -> State:
    if not band.needs and not band.unit:
        return State.NOT_REQUIRED
    if norm.instead is not None and facts.units.get(norm.instead.by):
        return State.MET
    if band.unit and facts.units.get(band.unit):
        return State.MET
    found = _enough(norm, band, facts) if band.needs else State.SHORT
    if found is State.SHORT:
        open_units = [kind for kind in (band.unit, norm.instead.by if norm.instead else "") if kind]
        if any(facts.units.get(kind) is None for kind in open_units):
            return State.UNKNOWN
    return found


def _enough(norm: Norm, band: Band, facts: OrganisationFacts) -> State:
    """Counting from the best grade down: people left over from a better grade serve the next."""
    grades = GRADES[norm.id]
    known = not any(facts.staff.get(grade) is None for grade in grades)
    sure = facts.shifts is not None or not any(need.per_shift for need in band.needs)
    held = asked = 0
    for grade in grades:
        held += facts.staff.get(grade) or 0
        asked += sum(_least(need, facts) for need in band.needs if need.grade == grade)
        if held < asked:
            return State.SHORT if known else State.UNKNOWN
    return State.MET if sure else State.UNKNOWN


def _least(need: Need, facts: OrganisationFacts) -> int:
    return need.least * max(1, facts.shifts or 1) if need.per_shift else need.least


def _asked(band: Band, facts: OrganisationFacts) -> str:
    parts = []
    for need in band.needs:
        each = " mỗi ca" if need.per_shift else ""
        parts.append(f"ít nhất {need.least:02d} {_GRADE_LABELS[need.grade]}{each}")
        if need.per_shift and facts.shifts:
            parts[-1] += f" ({facts.shifts} ca)"
    text = " và ".join(parts)
    if band.unit:
        unit = _UNIT_LABELS[band.unit]
        text = f"{unit} hoặc {text}" if text else unit
    return text or "không bắt buộc"


def _held(norm: Norm, facts: OrganisationFacts) -> str:
    """What the establishment states, in words; an unknown is said to be unknown."""
    parts = []
    for grade in GRADES[norm.id]:
        count = facts.staff.get(grade)
        parts.append(f"{_HELD_LABELS[grade]}: {'chưa rõ' if count is None else format_number(count)}")
    units = [band.unit for band in norm.bands if band.unit]
    parts.extend(f"có {_UNIT_LABELS[kind]}" for kind in dict.fromkeys(units) if facts.units.get(kind))
    if norm.id == "council" and not facts.units.get("council"):
        known = facts.units.get("council") is not None
        parts.append("chưa thành lập hội đồng" if known else "chưa rõ đã thành lập hội đồng hay chưa")
    if norm.instead is not None and facts.units.get(norm.instead.by):
        parts.append(norm.instead.text)
    return "; ".join(parts)


def _verdict(
    norm: Norm,
    band: Band,
    facts: OrganisationFacts,
    why: tuple[str, ...] = (),
    status: Certainty = Certainty.OFFICIAL,
) -> Verdict:
    explanation = _explain(norm, band, facts, why, status)
    state = _meets(norm, band, facts)
    return Verdict(norm.id, norm.label.vi, state, _asked(band, facts), _held(norm, facts), explanation)


def _explain(norm: Norm, band: Band, facts: OrganisationFacts, why: tuple[str, ...], status: Certainty) -> Explanation:
    asked = f"cần {_asked(band, facts)}" if band.needs or band.unit else "chỉ thành lập nếu thấy cần thiết"
    text = " ".join((f"{_meets(norm, band, facts).label_vi}: {asked} ({_size(band)}).", *why, band.note))
    parts: tuple[Explanation, ...] = ()
    if norm.instead is not None:
        parts = (Explanation(f"organisation.{norm.id}.instead", norm.instead.text, norm.instead.citation),)
    return Explanation(
        f"organisation.{norm.id}", text.strip(), band.citation, worst((band.status, status)), parts=parts
    )


def _size(band: Band) -> str:
    if band.below is None:
        return f"từ {format_number(band.least)} lao động" if band.least else "mọi quy mô"
    if band.below == band.least + 1:
        return f"{format_number(band.least)} lao động"
    if not band.least:
        return f"dưới {format_number(band.below)} lao động"
    return f"từ {format_number(band.least)} đến dưới {format_number(band.below)} lao động"


def _check_network(norms: OrganisationNorms, facts: OrganisationFacts) -> Verdict:
    rule = norms.network
    teams, people = facts.teams, facts.representatives
    needed = "mỗi tổ sản xuất ít nhất 01 an toàn, vệ sinh viên"
    if teams is not None:
        needed += f" ({format_number(teams)} tổ)"
    if teams is None or people is None:
        state = State.UNKNOWN
    elif teams == 0:
        state = State.NOT_REQUIRED
    else:
        state = State.MET if people >= teams * rule.per_team else State.SHORT
    held = "; ".join(_counted(teams, people))
    why = Explanation("organisation.network", f"{state.label_vi}: cần {needed}.", rule.citation, rule.status)
    return Verdict("network", rule.label.vi, state, needed, held, why)


def _counted(teams: int | None, people: int | None) -> Iterator[str]:
    for count, label in ((teams, "tổ sản xuất"), (people, "an toàn, vệ sinh viên")):
        yield f"{label}: {'chưa rõ' if count is None else format_number(count)}"
