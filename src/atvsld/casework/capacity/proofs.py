"""What these ledgers count for plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from atvsld.casework.capacity.ledgers import COOPERATION, INITIATIVES, NETWORKS, OFFICIALS, STUDIES, SURVEYS
from atvsld.casework.capacity.models import CooperationEvent, Initiative, OshNetwork, OshOfficial, Study, Survey
from atvsld.registers.ledgers.proving import Tally, list_of, measured, proof_of, standing
from atvsld.registers.proofs import Asked, Figure, Measure, ProofRecord, measure


def _officials() -> Iterator[Tally]:
    person = _("người")
    yield Tally("officials", _("Số cán bộ phụ trách vào ngày cuối kỳ"), person)
    for level, label in OshOfficial.Level.choices:
        told = _("Số cán bộ: %(what)s") % {"what": label}
        yield Tally(f"level.{level}", told, person, where={"level": level}, always=False)
    yield Tally("full_time", _("Số cán bộ chuyên trách"), person, where={"full_time": True}, always=False)


SERVING = measured("officials", OFFICIALS, _officials)


def _last(asked: Asked) -> Asked:
    """Officials are counted on the last day of the period: nobody who came and went is counted twice."""
    return replace(asked, start=asked.end)


def _whole_year(asked: Asked) -> str:
    """The year when the period is one, else nothing: only then can the list show who was taught in it."""
    year = asked.start.year
    return str(year) if (asked.start, asked.end) == (date(year, 1, 1), date(year, 12, 31)) else ""


def official_figures(asked: Asked) -> Iterable[Figure]:
    """Officials on the last day by level, and those who attended a course within the period."""
    yield from SERVING.figures(_last(asked))
    year = _whole_year(asked)
    url = list_of(OFFICIALS, asked, {"trained_years": year}) if year else ""
    count = Decimal(_taught(asked).count())
    yield Figure("trained", _("Số cán bộ được đào tạo trong kỳ"), count, _("người"), url)


def _taught(asked: Asked):  # type: ignore[no-untyped-def]  # noqa: ANN202 - a queryset of the ledger's model
    attended = {"trainings__ended_on__gte": asked.start, "trainings__ended_on__lte": asked.end}
    return standing(OFFICIALS, asked).filter(**attended).distinct()


def official_records(asked: Asked, key: str) -> Iterable[ProofRecord]:
    """The officials a figure counted."""
    if key == "trained":
        return [proof_of(OFFICIALS, record) for record in _taught(asked)]
    return SERVING.records(_last(asked), key)


def _studies() -> Iterator[Tally]:
    unit = _("đề tài, ứng dụng")
    yield Tally("studies", _("Số đề tài, ứng dụng đang có trong kỳ"), unit)
    for stage, label in Study.Stage.choices:
        told = _("Số đề tài, ứng dụng: %(what)s") % {"what": label}
        yield Tally(f"stage.{stage}", told, unit, where={"stage": stage}, always=False)


def _initiatives() -> Iterator[Tally]:
    unit = _("sáng kiến")
    yield Tally("initiatives", _("Số sáng kiến cải thiện điều kiện lao động"), unit)
    yield Tally("applied", _("Số sáng kiến đã áp dụng"), unit, where={"applied": True})
    yield Tally("workers", _("Số người được hưởng lợi"), _("người"), sums="workers", always=False)
    yield Tally("saving", _("Số tiền làm lợi mỗi năm"), _("đồng"), sums="saving", always=False)
    for about, label in Initiative.Field.choices:
        told = _("Số sáng kiến: %(what)s") % {"what": label}
        yield Tally(f"about.{about}", told, unit, where={"about": about}, always=False)


BOTH = (measured("studies", STUDIES, _studies), measured("studies", INITIATIVES, _initiatives))


def study_figures(asked: Asked) -> Iterable[Figure]:
    """Studies that ran within the period, and initiatives of it."""
    for one in BOTH:
        yield from one.figures(asked)


def study_records(asked: Asked, key: str) -> Iterable[ProofRecord]:
    """The records a figure counted; keys of the two ledgers differ."""
    for one in BOTH:
        yield from one.records(asked, key)


def _networks() -> Iterator[Tally]:
    """What establishments state themselves, and apart from it what unions state for many: never added up.

    A union's figure may hold the very networks that establishments recorded.
    """
    firm, person = _("cơ sở"), _("người")
    own, whole = {"side": OshNetwork.Side.OWN}, {"side": OshNetwork.Side.UNION}
    yield Tally("own.networks", _("Số cơ sở tự ghi có mạng lưới"), firm, where=own)
    told = _("Số an toàn, vệ sinh viên cơ sở tự ghi")
    yield Tally("own.representatives", told, person, sums="representatives", where=own)
    yield Tally("own.allowance", _("Số cơ sở trả phụ cấp trách nhiệm"), firm, where={**own, "allowance": True})
    told = _("Số cơ sở có mạng lưới theo số gộp của công đoàn")
    yield Tally("union.networks", told, firm, sums="networks", where=whole, always=False)
    told = _("Số an toàn, vệ sinh viên theo số gộp của công đoàn")
    yield Tally("union.representatives", told, person, sums="representatives", where=whole, always=False)


def _cooperation() -> Iterator[Tally]:
    unit = _("hoạt động")
    yield Tally("events", _("Số hoạt động hợp tác quốc tế"), unit)
    for kind, label in CooperationEvent.Kind.choices:
        told = _("Số hoạt động: %(what)s") % {"what": label}
        yield Tally(f"kind.{kind}", told, unit, where={"kind": kind}, always=False)


def _surveys() -> Iterator[Tally]:
    unit = _("cuộc")
    yield Tally("surveys", _("Số cuộc điều tra, thu thập số liệu"), unit)
    yield Tally("asked", _("Số đơn vị được hỏi"), _("đơn vị"), sums="units_asked", always=False)
    yield Tally("answered", _("Số đơn vị trả lời"), _("đơn vị"), sums="units_answered")
    for about, label in Survey.About.choices:
        told = _("Số cuộc: %(what)s") % {"what": label}
        yield Tally(f"about.{about}", told, unit, where={"about": about}, always=False)


measure(Measure("officials", official_figures, official_records))
measure(Measure("studies", study_figures, study_records))
measure(measured("osh_representatives", NETWORKS, _networks))
measure(measured("cooperation", COOPERATION, _cooperation))
measure(measured("surveys", SURVEYS, _surveys))
