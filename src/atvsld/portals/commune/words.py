"""Plain words and pictures for the codes of the law: parts of the body, what hurt, who told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import codes
from atvsld.casework.accidents.rules import AGENTS, CAUSES, INJURIES

# Top entries of the list of severe injuries (Phụ lục II) → picture.
BODY_ICONS = {"01": "brain", "02": "lungs", "03": "hand-stop", "04": "shoe", "05": "flame", "06": "biohazard"}
# Agents of injury by the word they begin with, since codes differ between versions of the list.
AGENT_ICONS = (
    ("điện", "bolt"), ("phóng xạ", "radioactive"), ("thiết bị áp lực", "gas-station"), ("thiết bị nâng", "crane"),
    ("máy, thiết bị có", "engine"), ("bộ phận", "settings"), ("vật văng", "hammer"),
    ("vật rơi", "arrow-big-down-line"), ("sập đổ", "barrier-block"), ("sập lò", "mountain"), ("ngã cao", "ladder"),
    ("ngã cùng", "walk"), ("cháy", "flame"), ("nổ", "alert-triangle"), ("bỏng", "droplet"), ("nhiễm độc", "wind"),
    ("đuối", "ripple"), ("tai nạn giao thông", "car-crash"), ("động vật", "bug"),
)  # fmt: skip
OTHER_ICON = "help-circle"

EMPLOYED: tuple[tuple[str, str | Promise, str], ...] = (
    ("self", _("Tự làm cho mình, cho gia đình"), "home-heart"),
    ("household", _("Làm thuê cho hộ gia đình, cá nhân (không ký hợp đồng lao động)"), "users"),
    ("firm", _("Làm cho công ty, cơ sở sản xuất, hợp tác xã"), "building-factory-2"),
    ("unknown", _("Chưa rõ"), "help-circle"),
)
SOURCES: tuple[tuple[str, str | Promise], ...] = (
    ("family", _("Người nhà nạn nhân")),
    ("finder", _("Người phát hiện, hàng xóm, người cùng làm")),
    ("hirer", _("Người thuê")),
    ("health", _("Trạm y tế, bệnh viện")),
    ("police", _("Công an")),
    ("other", _("Nguồn khác")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tick, in words, with the code it stands for."""

    code: str
    label: str
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under a picture."""

    label: str
    icon: str
    choices: tuple[Choice, ...]


def injuries(on: date) -> list[Group]:
    """Severe injuries by part of the body, in the words of the list in force on a day."""
    listed = codes.listed(INJURIES, on)
    if listed is None:
        return []
    tops = [item for item in listed.items if item.level == 1]
    return [
        Group(
            codes.name_of(top), BODY_ICONS.get(top.code, OTHER_ICON),
            tuple(Choice(item.code, codes.name_of(item)) for item in listed.items if item.parent == top.code),
        )
        for top in tops
    ]  # fmt: skip


def agents(on: date) -> list[Choice]:
    """What hurt, each with a picture."""
    listed = codes.listed(AGENTS, on)
    return [
        Choice(item.code, codes.name_of(item), _agent_icon(item.label_vi))
        for item in (listed.choices if listed else ())
    ]


def causes(on: date) -> list[Choice]:
    """Main causes, in the words of the list."""
    listed = codes.listed(CAUSES, on)
    return [Choice(item.code, codes.name_of(item)) for item in (listed.choices if listed else ())]


def _agent_icon(label: str) -> str:
    lower = label.lower()
    return next((icon for word, icon in AGENT_ICONS if lower.startswith(word)), OTHER_ICON)
