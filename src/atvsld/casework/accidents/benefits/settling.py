"""Whether the employer's sums of a case are settled, by what the register of benefits holds.

The fund pays by itself, some of it every month for life: its sums hold up no file.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.casework.accidents.benefits.models import Benefit, BenefitPayment
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.settlement import Settlement, State
from atvsld.kit.outcome import Problem

GRAVE = frozenset({"fatal", "severe"})


def settlement_of(case: AccidentCase) -> Settlement:
    """Nothing is owed without an occupational accident or a labour relation; else every recorded sum must be paid.

    A victim of whom nothing is recorded may have been owed nothing (less than 5 % impairment): somebody must say so.
    """
    if case.conclusion == "not_occupational":
        return Settlement(State.NOTHING, _("Không phải tai nạn lao động nên không phát sinh chế độ."))
    victims = list(case.victims.exclude(labour_relation="none").order_by("position"))
    if not victims:
        return Settlement(State.NOTHING, _("Người bị nạn không có quan hệ lao động nên không ai phải bồi thường."))
    held: dict[int, list[Benefit]] = {}
    for benefit in Benefit.objects.filter(case=case, kind__in=Benefit.BY_EMPLOYER):
        held.setdefault(benefit.victim_id, []).append(benefit)
    unpaid = [
        Problem(
            "benefit_unpaid",
            _("%(what)s cho người bị nạn thứ %(n)s: %(state)s.")
            % {"what": benefit.get_kind_display(), "n": victim.position, "state": _lower(benefit.get_state_display())},
            _("Ghi quyết định, khoản chi ở mục Chế độ."),
            row=victim.position,
        )
        for victim in victims
        for benefit in held.get(victim.pk, [])
        if benefit.state != Benefit.State.PAID
    ]
    if unpaid:
        return Settlement(State.OPEN, problems=tuple(unpaid))
    if any(victim.pk not in held for victim in victims):
        silent = tuple(v.position for v in victims if v.pk not in held and v.severity in GRAVE)
        return Settlement(State.UNKNOWN, silent=silent)
    last = BenefitPayment.objects.filter(benefit__case=case).order_by("-paid_on").first()
    return Settlement(State.SETTLED, _("Sổ chế độ ghi đã chi đủ."), on=last.paid_on if last else None)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
