"""What must hold of an incident. Facts in, problems out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from atvsld.casework.incidents.drafts import IncidentDraft
from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.platform.acts import clock
from atvsld.registers.places.tree import PlaceTree


def check(graph: PlaceTree, draft: IncidentDraft, *, at: datetime) -> Iterator[Problem]:
    """Every problem of what is stated, as of the moment `at`."""
    yield from _moments(draft, at)
    yield from _place(graph, draft)
    if not draft.object_name.strip():
        message = _("Chưa ghi tên máy, thiết bị, vật tư hoặc chất gây sự cố.")
        yield Problem("no_object", message, _("Ghi tên thường gọi."), column="object_name")
    if not draft.description.strip():
        yield Problem("no_description", _("Chưa ghi diễn biến."), _("Ghi ngắn gọn sự việc."), column="description")
    if draft.damage is not None and draft.damage < 0:
        yield Problem("negative", _("Thiệt hại là số âm."), _("Nhập số từ 0 trở lên."), column="damage")


def _moments(draft: IncidentDraft, at: datetime) -> Iterator[Problem]:
    if draft.occurred_at > at:
        message = _("Thời điểm xảy ra %(moment)s ở tương lai.") % {"moment": format_date(draft.occurred_at)}
        yield Problem("future_date", message, _("Kiểm tra lại ngày, giờ."), column="occurred_at")
    for column in ("known_at", "received_at"):
        moment = getattr(draft, column)
        if moment is not None and not draft.occurred_at <= moment <= at:
            message = _("Thời điểm phải từ lúc xảy ra đến hiện tại.")
            yield Problem("moment_order", message, _("Kiểm tra lại ngày, giờ."), column=column)


def _place(graph: PlaceTree, draft: IncidentDraft) -> Iterator[Problem]:
    place, day = graph.nodes.get(draft.place_id), clock.local_day(draft.occurred_at)
    if place is None or place.level != "commune":
        message = _("Chưa chọn xã, phường hoặc đặc khu nơi xảy ra.")
        yield Problem("place_unknown", message, _("Chọn nơi xảy ra."), column="place_id")
    elif not place.exists_on(day):
        message = _("%(place)s không có vào ngày %(day)s.") % {"place": place.name, "day": format_date(day)}
        units = ", ".join(landing.node.name for landing in graph.trace(place.pk, day))
        remedy = _("Vào ngày đó, địa bàn này là: %(units)s.") % {"units": units or "–"}
        yield Problem("place_not_in_force", message, remedy, column="place_id")
