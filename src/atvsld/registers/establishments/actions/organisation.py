"""Stating the OSH organisation of an establishment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Rejected, action
from atvsld.registers.establishments.models import Establishment, OshOrganisation
from atvsld.registers.establishments.policy import CHANGE, ESTABLISHMENTS


@action(needs=CHANGE, records="establishments:osh_organisation:stated")
def state_organisation(
    act: Act, *, establishment: Establishment, stated_on: date, source: str, values: Mapping[str, Any]
) -> OshOrganisation:
    """State (or restate) the organisation; `values` are the model's other columns, None for not known.

    History keeps what was stated before. Raises `Rejected` for a day to come and for numbers that contradict.
    """
    ESTABLISHMENTS.require(act.actor, CHANGE, establishment)
    if problems := list(_problems(act.day, stated_on, source, values)):
        raise Rejected(problems)
    row, _created = OshOrganisation.objects.update_or_create(
        establishment=establishment,
        defaults={"stated_on": stated_on, "source": source.strip(), **values},
    )
    return row


def _problems(today: date, stated_on: date, source: str, values: Mapping[str, Any]) -> Iterator[Problem]:
    if stated_on > today:
        yield Problem("stated_in_future", _("Ngày của số liệu ở tương lai."), _("Ghi ngày đã qua."), column="stated_on")
    if not source.strip():
        yield Problem("source_missing", _("Chưa ghi nguồn số liệu."), column="source")
    for name, value in values.items():
        if isinstance(value, int) and not isinstance(value, bool) and not 0 <= value <= 30_000:
            yield Problem(
                "out_of_range", _("Số %(value)s không hợp lý.") % {"value": value}, _("Kiểm tra lại."), column=name
            )
    if values.get("shifts") == 0:
        yield Problem("shifts_zero", _("Số ca làm việc phải từ 1."), _("Để trống nếu chưa rõ."), column="shifts")
