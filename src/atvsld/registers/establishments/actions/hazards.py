"""Stating the hazard profile of an establishment: what began, what ended, and what was written down by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.law.hazards import load_hazards
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.establishments.models import Establishment, HazardFact
from atvsld.registers.establishments.models.hazard import Kind
from atvsld.registers.establishments.policy import CHANGE, ESTABLISHMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardDraft:
    """One entry as stated. An empty code means that only the description tells what it is."""

    kind: str
    code: str = ""
    description: str = ""
    count: int | None = None
    valid_from: date
    source: str


@action(needs=CHANGE, records="establishments:hazard_fact:stated")
def state_hazard(act: Act, *, establishment: Establishment, draft: HazardDraft) -> HazardFact:
    """State an entry from a day on. One that holds already ends the day before; on the same day it is put right.

    `Rejected` for a code outside the catalogue, an entry without a name, a day to come or before the one held.
    """
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    if problems := list(_problems(draft, act.day)):
        raise Rejected(problems)
    Establishment.objects.select_for_update().get(pk=establishment.pk)
    description = " ".join(draft.description.split())
    same = {"establishment": establishment, "kind": draft.kind, "code": draft.code, "description": description}
    stated = {"count": draft.count, "source": draft.source.strip()}
    held = HazardFact.objects.filter(**same, valid_to=None).first()
    if held is not None and held.valid_from == draft.valid_from:
        HazardFact.objects.filter(pk=held.pk).update(**stated)
        held.refresh_from_db()
        return held
    if held is not None:
        if held.valid_from > draft.valid_from:
            message = _("Mục này đã ghi từ ngày %(day)s.") % {"day": format_date(held.valid_from)}
            raise Rejected(
                [Problem("hazard_earlier", message, _("Ghi ngày muộn hơn, hoặc bỏ dòng kia."), column="valid_from")]
            )
        HazardFact.objects.filter(pk=held.pk).update(valid_to=draft.valid_from - timedelta(days=1))
    return HazardFact.objects.create(**same, **stated, valid_from=draft.valid_from)


@action(needs=CHANGE, records="establishments:hazard_fact:ended")
def end_hazard(act: Act, *, fact: HazardFact, on: date) -> None:
    """The entry holds to the end of a day. `Rejected` when it ended already, and for a day before it began."""
    ESTABLISHMENTS.require(act.actor, CHANGE, fact.establishment)
    if on < fact.valid_from or on > act.day:
        message = _("Ngày kết thúc phải từ ngày bắt đầu đến hôm nay.")
        raise Rejected([Problem("hazard_days", message, column="on")])
    if not HazardFact.objects.filter(pk=fact.pk, valid_to=None).update(valid_to=on):
        raise Rejected([Problem("hazard_ended", _("Mục này đã kết thúc."))])


@action(needs=CHANGE, records="establishments:hazard_fact:withdrawn")
def withdraw_hazard(act: Act, *, fact: HazardFact) -> None:
    """Take away what was written down by mistake; history keeps that it was."""
    ESTABLISHMENTS.require(act.actor, CHANGE, fact.establishment)
    HazardFact.objects.filter(pk=fact.pk).delete()


def _problems(draft: HazardDraft, today: date) -> Iterator[Problem]:
    if draft.kind not in Kind.values:
        yield Problem("hazard_kind", _("Chưa chọn loại."), column="kind")
        return
    if draft.code and draft.code not in load_hazards()[draft.kind].items:
        message = _("Mục “%(code)s” không có trong danh mục của loại này.") % {"code": draft.code}
        yield Problem("hazard_code", message, _("Chọn lại, hoặc chỉ ghi mô tả."), column="code", value=draft.code)
    if not draft.code and not draft.description.strip():
        message = _("Chưa chọn mục trong danh mục và chưa ghi mô tả.")
        yield Problem("hazard_unnamed", message, _("Ghi một trong hai."), column="description")
    if draft.count is not None and not 0 <= draft.count <= 1_000_000:
        message = _("Số %(value)s không hợp lý.") % {"value": draft.count}
        yield Problem("out_of_range", message, _("Kiểm tra lại."), column="count")
    if draft.valid_from > today:
        yield Problem("hazard_future", _("Ngày bắt đầu ở tương lai."), _("Ghi ngày đã qua."), column="valid_from")
    if not draft.source.strip():
        yield Problem("source_missing", _("Chưa ghi nguồn số liệu."), column="source")
