"""The three ledgers of communication."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from atvsld.casework.outreach.charts import reached
from atvsld.casework.outreach.models import OutreachEvent, OutreachMaterial, PressItem
from atvsld.casework.outreach.policy import CHANGE, READ
from atvsld.kit.outcome import Problem
from atvsld.registers.ledgers.ledger import Group, Ledger, register


def _people(values: Mapping[str, Any], _today: date) -> Iterator[Problem]:
    """People counted apart are among those counted at all."""
    reach, informal = values["reach"], values["informal_reach"]
    if informal is not None and (reach is None or informal > reach):
        message = gettext("Số người không có quan hệ lao động lớn hơn số người tiếp cận.")
        yield Problem("part_above_whole", message, gettext("Ghi lại một trong hai số."), column="informal_reach")


def _cost(values: Mapping[str, Any], _today: date) -> Iterator[Problem]:
    if values["cost"] is not None and values["cost"] < 0:
        yield Problem("negative", gettext("Kinh phí là số âm."), gettext("Ghi số từ 0 trở lên."), column="cost")


EVENTS = register(
    Ledger(
        word="outreach_event",
        register="outreach",
        model=OutreachEvent,
        app="outreach",
        slug="buoi",
        noun=_("buổi tuyên truyền"),
        title=_("Buổi tuyên truyền"),
        hint=_("Ghi hội nghị, buổi phổ biến, đợt phát thanh, tuyên truyền trên mạng của đơn vị mình."),
        icon="users",
        read=READ,
        change=CHANGE,
        day="held_on",
        name="title",
        groups=(
            Group(_("Hoạt động"), ("title", "kind", "channel", "held_on", "content")),
            Group(_("Ở đâu, cho ai"), ("commune", "venue", "audiences", "sectors")),
            Group(_("Kết quả"), ("reach", "informal_reach", "minutes", "cost", "partners")),
        ),
        columns=("held_on", "title", "owner", "kind", "audiences", "reach"),
        optional=("channel", "commune", "sectors", "informal_reach", "minutes", "cost", "partners"),
        filters=("kind", "channel", "audiences", "sectors", "commune"),
        checks=(_people, _cost),
        above=reached,
    )
)

MATERIALS = register(
    Ledger(
        word="outreach_material",
        register="outreach",
        model=OutreachMaterial,
        app="outreach",
        slug="tai-lieu",
        noun=_("tài liệu tuyên truyền"),
        title=_("Tài liệu, ấn phẩm"),
        hint=_("Ghi tờ rơi, áp phích, sổ tay, phim, chương trình phát thanh đơn vị đã làm."),
        icon="file-text",
        read=READ,
        change=CHANGE,
        day="made_on",
        name="title",
        groups=(
            Group(_("Tài liệu"), ("title", "kind", "made_on", "copies", "used_where", "cost")),
            Group(_("Cho ai"), ("audiences", "sectors")),
        ),
        columns=("made_on", "title", "owner", "kind", "copies"),
        optional=("used_where", "audiences", "sectors", "cost"),
        filters=("kind", "audiences", "sectors"),
        checks=(_cost,),
    )
)

PRESS = register(
    Ledger(
        word="press_item",
        register="press_items",
        model=PressItem,
        app="outreach",
        slug="tin-bai",
        noun=_("tin, bài"),
        title=_("Tin, bài báo chí"),
        hint=_("Ghi tin, bài, phóng sự, chuyên mục đã đăng, phát."),
        icon="send",
        read=READ,
        change=CHANGE,
        day="published_on",
        name="title",
        groups=(
            Group(_("Tin, bài"), ("title", "kind", "outlet", "published_on", "address", "minutes")),
            Group(_("Nội dung"), ("tone", "about", "sectors")),
        ),
        columns=("published_on", "title", "outlet", "owner", "kind", "tone"),
        optional=("minutes", "address", "sectors"),
        filters=("kind", "tone", "sectors"),
    )
)
