"""What a campaign came to: who told, who did not, sums by kind of body. One statement for the figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.casework.campaigns import queries
from atvsld.casework.campaigns.models import Campaign, CampaignFigure, CampaignResult
from atvsld.casework.campaigns.policy import READ, RESULTS
from atvsld.platform.access.actor import Actor
from atvsld.registers.bodies.models import Body

# The first kind that fits counts: a body is in one kind only.
KINDS: tuple[tuple[str, str | Promise, frozenset[str]], ...] = (
    ("communes", _("Ủy ban nhân dân cấp xã"), frozenset({"commune"})),
    ("districts", _("Ủy ban nhân dân cấp huyện"), frozenset({"district"})),
    ("organisations", _("Mặt trận, đoàn thể"), frozenset({"union", "front", "farmers"})),
    ("departments", _("Sở, ban, ngành, cơ quan báo chí"), frozenset()),
)
ESTABLISHMENTS: tuple[str, str | Promise] = ("establishments", _("Cơ sở sản xuất, kinh doanh"))


@dataclass(slots=True)
class KindTotal:
    """One kind of reporter: how many were asked (None for establishments, which are not), told, told late."""

    key: str
    label: str | Promise
    asked: int | None
    told: int = 0
    late: int = 0
    sums: dict[str, tuple[Decimal, Decimal | None]] = field(default_factory=dict)

    @property
    def missing(self) -> int | None:
        return None if self.asked is None else self.asked - self.told


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything within somebody's sight; `missing` are bodies asked that have sent nothing."""

    kinds: tuple[KindTotal, ...]
    told: tuple[CampaignResult, ...]
    missing: tuple[Body, ...]
    total: KindTotal


def summary(campaign: Campaign, actor: Actor) -> Summary:
    """What the actor may see of a campaign."""
    results = queries.visible_results(actor).filter(campaign=campaign, current__isnull=False)
    told = tuple(results.order_by("first_sent_at", "pk"))
    for one in told:
        one.campaign = campaign
    known = queries.expected(campaign)
    kind_of = {pk: _kind(functions) for pk, (_body, functions) in known.items()}
    seen = [body for body, _functions in known.values() if _within_sight(actor, body)]
    have = {one.body_id for one in told}
    kinds = {
        key: KindTotal(key, label, sum(kind_of[body.pk] == key for body in seen)) for key, label, _any in KINDS
    } | {ESTABLISHMENTS[0]: KindTotal(*ESTABLISHMENTS, None)}  # fmt: skip
    of_result: dict[int, str] = {}
    for one in told:
        # A body that holds no function of the plan told all the same: it stands among the departments.
        key = ESTABLISHMENTS[0] if one.body_id is None else kind_of.get(one.body_id, "departments")
        of_result[one.pk] = key
        held = kinds[key]
        held.told += 1
        held.late += bool(one.late)
        if one.body_id is not None and one.body_id not in known and held.asked is not None:
            held.asked += 1
    _add(kinds, of_result)
    shown = tuple(one for one in kinds.values() if one.asked or one.told)
    missing = tuple(body for body in seen if body.pk not in have)
    return Summary(shown, told, missing, _total(shown))


def _kind(functions: frozenset[str]) -> str:
    return next(key for key, _label, held in KINDS if not held or held & functions)


def _within_sight(actor: Actor, body: Body) -> bool:
    shape = CampaignResult(body_id=body.pk, place_id=body.place_id)
    return bool(RESULTS.decide(actor, READ, shape))


def _add(kinds: dict[str, KindTotal], of_result: dict[int, str]) -> None:
    """The sums of the versions that count, by kind and row."""
    rows = (
        CampaignFigure.objects.filter(sending__counts_for__in=of_result)
        .values_list("sending__counts_for", "row", "value", "of")
        .order_by()
    )
    for result, row, value, of in rows:
        sums = kinds[of_result[result]].sums
        before, before_of = sums.get(row, (Decimal(0), None))
        sums[row] = (before + value, before_of if of is None else (before_of or Decimal(0)) + of)


def _total(kinds: Iterable[KindTotal]) -> KindTotal:
    whole = KindTotal("total", _("Cộng"), 0)
    for one in kinds:
        whole.asked = (whole.asked or 0) + (one.asked or 0)
        whole.told += one.told
        whole.late += one.late
        for row, (value, of) in one.sums.items():
            before, before_of = whole.sums.get(row, (Decimal(0), None))
            whole.sums[row] = (before + value, before_of if of is None else (before_of or Decimal(0)) + of)
    return whole
