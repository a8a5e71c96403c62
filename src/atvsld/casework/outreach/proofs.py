"""What communication adds up to: the measures of the plan that its ledgers serve."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from atvsld.casework.outreach.ledgers import EVENTS, MATERIALS, PRESS
from atvsld.casework.outreach.models import OutreachEvent, OutreachMaterial, PressItem
from atvsld.registers.ledgers.proving import Tally, measured
from atvsld.registers.ledgers.words import group_choices, sector_choices
from atvsld.registers.proofs import measure


def _events() -> Iterator[Tally]:
    """Events and people reached; people without an employment relationship; by kind, group and branch.

    An event meant for two groups is counted under each: the parts do not add up to the whole.
    """
    event, person = _("buổi"), _("lượt người")
    yield Tally("events", _("Số buổi, đợt tuyên truyền"), event)
    yield Tally("reach", _("Số lượt người tiếp cận"), person, sums="reach")
    yield Tally("informal", _("Số lượt người không có quan hệ lao động"), person, sums="informal_reach")
    yield Tally("minutes", _("Thời lượng phát"), _("phút"), sums="minutes", always=False)
    yield Tally("cost", _("Kinh phí"), _("đồng"), sums="cost", always=False)
    for kind, name in OutreachEvent.Kind.choices:
        told = _("Số buổi: %(what)s") % {"what": name}
        yield Tally(f"kind.{kind}", told, event, where={"kind": kind}, always=False)
    for field, word, choices in (("audiences", "group", group_choices()), ("sectors", "sector", sector_choices())):
        for value, label in choices:
            where = {field: value}
            told = _("Số buổi: %(what)s") % {"what": label}
            yield Tally(f"{word}.{value}", told, event, where=where, always=False)
            told = _("Số lượt người: %(what)s") % {"what": label}
            yield Tally(f"{word}.{value}.reach", told, person, sums="reach", where=where, always=False)


def _materials() -> Iterator[Tally]:
    """Materials made and their copies."""
    title, copy = _("loại"), _("bản")
    yield Tally("titles", _("Số loại tài liệu"), title)
    yield Tally("copies", _("Số bản"), copy, sums="copies")
    yield Tally("cost", _("Kinh phí"), _("đồng"), sums="cost", always=False)
    for kind, label in OutreachMaterial.Kind.choices:
        told = _("Số loại: %(what)s") % {"what": label}
        yield Tally(f"kind.{kind}", told, title, where={"kind": kind}, always=False)
        told = _("Số bản: %(what)s") % {"what": label}
        yield Tally(f"kind.{kind}.copies", told, copy, sums="copies", where={"kind": kind}, always=False)


def _press() -> Iterator[Tally]:
    """Items in the press and on the air, by kind and by what they do."""
    item = _("tin, bài")
    yield Tally("items", _("Số tin, bài, phóng sự, chuyên mục"), item)
    yield Tally("minutes", _("Thời lượng phát"), _("phút"), sums="minutes")
    for field, choices in (("kind", PressItem.Kind.choices), ("tone", PressItem.Tone.choices)):
        for value, label in choices:
            told = _("Số tin, bài: %(what)s") % {"what": label}
            yield Tally(f"{field}.{value}", told, item, where={field: value}, always=False)


measure(measured("outreach", EVENTS, _events))
measure(measured("materials", MATERIALS, _materials))
measure(measured("press_items", PRESS, _press))
