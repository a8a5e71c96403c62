"""Accidents, their investigations, commune records and benefits as proof of what the plan asks, and what they count to.

A case found not occupational counts nowhere; one not concluded is told apart. A person is never named: a victim is
shown as a place within the case.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.benefits import queries as benefit_queries
from atvsld.casework.accidents.benefits import timing
from atvsld.casework.accidents.benefits.models import Benefit, BenefitPayment
from atvsld.casework.accidents.investigation.models import CommuneRecord, Minutes
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.registers.duties.facade import Duty
from atvsld.registers.proof_counting import Count, address, cannot_tell, counting, evidence, moments, within
from atvsld.registers.proofs import Asked, Figure, ProofRecord, measure, prove

COUNTED = "occupational"
# Not ruled out: concluded, or still to be concluded.
LIVE = ("occupational", "article_39_2", "pending")
# The time limits of an investigation, by what the case is (law/data/deadlines).
INVESTIGATION_RULES = ("INV_NHE", "INV_NANG1", "INV_NANG2", "INV_CHET", "INV_GIAMDINH")
_MINUTES = Minutes.objects.filter(published_at__isnull=False, superseded_by__isnull=True).select_related("case")
_COMMUNE = CommuneRecord.objects.filter(completed_at__isnull=False).select_related("case")
_BENEFITS = Benefit.objects.select_related("case")


# What is shown of each.
def of_case(case: AccidentCase) -> ProofRecord:
    label = " · ".join(filter(None, (case.number, case.get_severity_display() if case.severity else "")))
    day = clock.local_day(case.occurred_at)
    return ProofRecord("accident_case", case.public_id, label, reverse("accidents:case", args=[case.public_id]), day)


def of_victim(victim: Victim) -> ProofRecord:
    case = victim.case
    label = _("%(case)s, người bị nạn thứ %(position)s") % {"case": case.number, "position": victim.position}
    url = reverse("accidents:case", args=[case.public_id])
    return ProofRecord("accident_case", case.public_id, label, url, clock.local_day(case.occurred_at))


def of_commune_record(record: CommuneRecord) -> ProofRecord:
    label = _("Biên bản ghi nhận vụ %(case)s") % {"case": record.case.number}
    url = reverse("accident_investigation:page", args=[record.case.public_id])
    day = clock.local_day(record.completed_at) if record.completed_at else None
    return ProofRecord("commune_record", record.public_id, label, url, day)


def of_minutes(minutes: Minutes) -> ProofRecord:
    label = _("Biên bản điều tra vụ %(case)s, lần %(number)s") % {
        "case": minutes.case.number,
        "number": minutes.number,
    }
    url = reverse("accident_investigation:minutes", args=[minutes.case.public_id, minutes.public_id])
    day = clock.local_day(minutes.published_at) if minutes.published_at else None
    return ProofRecord("investigation_minutes", minutes.public_id, label, url, day)


def of_benefit(benefit: Benefit) -> ProofRecord:
    label = _("%(kind)s, vụ %(case)s: %(state)s") % {
        "kind": benefit.get_kind_display(),
        "case": benefit.case.number,
        "state": benefit.get_state_display(),
    }
    url = reverse("accident_benefits:benefit", args=[benefit.case.public_id, benefit.public_id])
    return ProofRecord("benefit_payment", benefit.public_id, label, url, benefit.decided_on or benefit.on)


def of_duty(duty: Duty) -> ProofRecord:
    day = clock.local_day(duty.due_at) if duty.due_at else None
    return ProofRecord("accident_case", duty.subject, f"{duty.label}: {duty.title}", duty.url, day)


# Which records are asked for.
def cases(asked: Asked, *conclusions: str) -> QuerySet[AccidentCase]:
    """Cases of the days and places asked for, of these conclusions."""
    wanted = moments(asked, "occurred_at") & within(asked) & Q(conclusion__in=conclusions or (COUNTED,))
    return AccidentCase.objects.filter(wanted).order_by("-occurred_at", "-pk")


def victims(asked: Asked, **having: object) -> QuerySet[Victim]:
    """People hurt in accidents concluded to be occupational."""
    where = within(asked, place="case__place_id", establishment="case__establishment_id")
    found = Victim.objects.filter(moments(asked, "case__occurred_at") & where, case__conclusion=COUNTED, **having)
    return found.select_related("case").order_by("-case__occurred_at", "-case_id", "position")


def without_contract(asked: Asked) -> QuerySet[AccidentCase]:
    """Cases, not ruled out, whose principal victim works without a labour contract."""
    principal = Victim.objects.filter(case=OuterRef("pk"), is_principal=True, labour_relation="none")
    return cases(asked, *LIVE).filter(Exists(principal))


def investigations(asked: Asked) -> QuerySet[Duty]:
    """Investigations whose time limit falls into the days asked for."""
    wanted = moments(asked, "due_at") & within(asked)
    found = Duty.objects.filter(wanted, context="accidents", rule__in=INVESTIGATION_RULES)
    return found.exclude(state=Duty.State.CANCELLED).order_by("due_at", "pk")


def decided(asked: Asked) -> QuerySet[Benefit]:
    """Benefits decided in the days asked for."""
    where = within(asked, place="case__place_id", establishment="case__establishment_id")
    days = Q(decided_on__range=(asked.start, asked.end))
    return _BENEFITS.filter(where & days).order_by("-decided_on", "-pk")


def _overdue(asked: Asked) -> QuerySet[Benefit]:
    where = within(asked, place="case__place_id", establishment="case__establishment_id")
    late = timing.overdue(clock.now())
    days = moments(asked, "case__occurred_at")
    return _BENEFITS.filter(where & days, Q(public_id__in=late) | Q(victim__public_id__in=late)).order_by("-on", "-pk")


def _list(name: str, **fixed: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    return lambda asked: address(reverse(name), asked, fixed)


def _sums(asked: Asked) -> Iterable[Figure]:
    where = within(asked, place="benefit__case__place_id", establishment="benefit__case__establishment_id")
    paid = BenefitPayment.objects.filter(where, paid_on__range=(asked.start, asked.end)).aggregate(sum=Sum("amount"))
    rows = decided(asked)
    unit = _("đồng")
    people = rows.order_by().values("victim").distinct().count()
    yield Figure("people", _("Số người được quyết định chế độ"), Decimal(people))
    yield Figure("decided_sum", _("Số tiền đã quyết định"), Decimal(rows.aggregate(s=Sum("decided"))["s"] or 0), unit)
    yield Figure("paid_sum", _("Số tiền đã chi trong kỳ"), Decimal(paid["sum"] or 0), unit)


def _in_time(asked: Asked) -> QuerySet[Duty]:
    return investigations(asked).filter(state=Duty.State.DONE, late=False)


def _too_late(asked: Asked) -> QuerySet[Duty]:
    open_late = Q(state=Duty.State.OPEN, due_at__lt=clock.now())
    return investigations(asked).filter(Q(state=Duty.State.DONE, late=True) | open_late)


def _untold_groups(_asked: Asked) -> Iterable[Figure]:
    why = _("Hồ sơ vụ tai nạn chỉ ghi năm sinh và quan hệ lao động của người bị nạn.")
    yield cannot_tell("minor", _("Người bị nạn chưa thành niên"), why)
    yield cannot_tell("elderly", _("Người bị nạn cao tuổi"), why)
    yield cannot_tell("disabled", _("Người bị nạn là người khuyết tật"), why)
    yield cannot_tell("domestic", _("Người bị nạn giúp việc gia đình"), why)
    why = _("Chưa có sổ khám sức khỏe, sổ huấn luyện.")
    yield cannot_tell("exams_trainings", _("Số người khám, huấn luyện theo nhóm"), why)


def _of_relation(key: str, label: object) -> Count:
    return Count(
        key, label, lambda asked: victims(asked, labour_relation=key),  # type: ignore[arg-type]
        _list("accidents:victims", relation=key, conclusion=COUNTED),
    )  # fmt: skip


_live = ",".join(LIVE)
measure(counting(
    "accident_counts",
    Count("cases", gettext_lazy("Số vụ tai nạn lao động"), cases, _list("accidents:list", conclusion=COUNTED)),
    Count("fatal_cases", gettext_lazy("Số vụ có người chết"), lambda asked: cases(asked).filter(severity="fatal"),
          _list("accidents:list", conclusion=COUNTED, severity="fatal")),
    Count("severe_cases", gettext_lazy("Số vụ nặng nhất là bị thương nặng"),
          lambda asked: cases(asked).filter(severity="severe"),
          _list("accidents:list", conclusion=COUNTED, severity="severe")),
    Count("victims", gettext_lazy("Số người bị nạn"), victims, _list("accidents:victims", conclusion=COUNTED),
          of_victim),
    Count("deaths", gettext_lazy("Số người chết"), lambda asked: victims(asked, severity="fatal"),
          _list("accidents:victims", conclusion=COUNTED, severity="fatal"), of_victim),
    Count("article_39_2", gettext_lazy("Số vụ hưởng trợ cấp theo khoản 2 Điều 39"),
          lambda asked: cases(asked, "article_39_2"), _list("accidents:list", conclusion="article_39_2")),
    Count("pending", gettext_lazy("Số vụ chưa có kết luận"), lambda asked: cases(asked, "pending"),
          _list("accidents:list", conclusion="pending")),
    record=of_case,
))  # fmt: skip
measure(counting(
    "non_contract_accidents",
    Count("cases", gettext_lazy("Số vụ của người làm việc không theo hợp đồng"), without_contract,
          _list("accidents:list", relation="none", conclusion=_live)),
    Count("recorded", gettext_lazy("Trong đó có biên bản ghi nhận của xã đã lập xong"),
          lambda asked: without_contract(asked).filter(commune_record__completed_at__isnull=False)),
    record=of_case,
))  # fmt: skip
measure(counting(
    "investigations_in_time",
    Count("due", gettext_lazy("Số vụ đến hạn điều tra trong kỳ"), investigations),
    Count("in_time", gettext_lazy("Điều tra xong đúng hạn"), _in_time),
    Count("late", gettext_lazy("Điều tra xong muộn hoặc đã quá hạn"), _too_late),
    record=of_duty,
))  # fmt: skip
measure(counting(
    "benefits",
    Count("decisions", gettext_lazy("Số chế độ đã quyết định trong kỳ"), decided),
    Count("overdue", gettext_lazy("Số chế độ quá hạn quyết định, chi trả của tai nạn trong kỳ"), _overdue),
    record=of_benefit, more=_sums, behind={"people": "decisions", "decided_sum": "decisions"},
))  # fmt: skip
measure(counting(
    "group_figures",
    Count("women", gettext_lazy("Người bị nạn là nữ"), lambda asked: victims(asked, sex="female"),
          _list("accidents:victims", sex="female", conclusion=COUNTED)),
    _of_relation("none", gettext_lazy("Người bị nạn không theo hợp đồng lao động")),
    _of_relation("apprentice", gettext_lazy("Người bị nạn học nghề, tập nghề")),
    _of_relation("probation", gettext_lazy("Người bị nạn đang thử việc")),
    _of_relation("leased", gettext_lazy("Người bị nạn là lao động thuê lại")),
    _of_relation("abroad", gettext_lazy("Người bị nạn làm việc ở nước ngoài theo hợp đồng")),
    record=of_victim, more=_untold_groups,
))  # fmt: skip


# What an actor may lay beside a claim.
def _search_cases(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    rows = queries.visible_cases(actor).filter(moments(asked, "occurred_at") & within(asked))
    rows = queries.search(rows, text) if text.strip() else rows
    return [of_case(case) for case in rows.order_by("-occurred_at", "-pk")[:limit]]


def _of_seen(actor: Actor, text: str, asked: Asked) -> Q:
    """Parts of cases the actor may see, of these places, that fit a text."""
    seen = queries.visible_cases(actor)
    seen = queries.search(seen, text) if text.strip() else seen
    return Q(case__in=seen.order_by()) & within(asked, place="case__place_id", establishment="case__establishment_id")


def _search_commune(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    rows = _COMMUNE.filter(_of_seen(actor, text, asked), moments(asked, "completed_at"))
    return [of_commune_record(record) for record in rows.order_by("-completed_at")[:limit]]


def _search_minutes(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    rows = _MINUTES.filter(_of_seen(actor, text, asked), moments(asked, "published_at"))
    return [of_minutes(minutes) for minutes in rows.order_by("-published_at")[:limit]]


def _search_benefits(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    days = Q(on__range=(asked.start, asked.end)) | Q(decided_on__range=(asked.start, asked.end))
    rows = benefit_queries.visible(actor).filter(_of_seen(actor, text, asked) & days)
    return [of_benefit(benefit) for benefit in rows.order_by("-on", "-pk")[:limit]]


prove(evidence("accident_case", AccidentCase.objects.all(), of_case, _search_cases))
prove(evidence("commune_record", _COMMUNE, of_commune_record, _search_commune))
prove(evidence("investigation_minutes", _MINUTES, of_minutes, _search_minutes))
prove(evidence("benefit_payment", _BENEFITS, of_benefit, _search_benefits))
