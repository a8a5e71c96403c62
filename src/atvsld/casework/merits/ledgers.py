"""Good models, as a ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.merits.models import GoodModel
from atvsld.casework.merits.policy import CHANGE, READ
from atvsld.kit.outcome import Problem
from atvsld.registers.ledgers.ledger import Group, Ledger, register


def applied(given: Mapping[str, Any], today: date) -> Iterable[Problem]:  # noqa: ARG001
    """People who apply a model are at least as many as the units that do."""
    units, people = given["units"], given["people"]
    if units is not None and people is not None and people < units:
        message = _("Số người áp dụng ít hơn số đơn vị áp dụng.")
        yield Problem("people_fewer", message, _("Kiểm tra lại hai con số."), column="people")


GOOD_MODELS = register(
    Ledger(
        word="good_model",
        register="commendations",
        model=GoodModel,
        app="merits",
        slug="mo-hinh",
        noun=gettext_lazy("mô hình tốt"),
        title=gettext_lazy("Mô hình, cách làm hay"),
        read=READ,
        change=CHANGE,
        day="recorded_on",
        name="title",
        icon="shield-check",
        groups=(
            Group(gettext_lazy("Mô hình"), ("title", "kind", "recorded_on", "applied_at", "description")),
            Group(gettext_lazy("Ai áp dụng"), ("units", "people", "groups", "sectors")),
            Group(gettext_lazy("Kết quả"), ("benefit", "spread")),
        ),
        columns=("recorded_on", "title", "kind", "owner", "units", "people", "spread"),
        optional=("applied_at", "groups", "sectors"),
        filters=("kind", "groups", "sectors", "spread"),
        checks=(applied,),
    )
)
