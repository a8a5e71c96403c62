"""Words of the establishment page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from atvsld.kit.certainty import Citation
from atvsld.law import load_book
from atvsld.law.organisation import Membership
from atvsld.law.organisation_check import State
from atvsld.registers.establishments import labels

register = template.Library()
_TONES = {State.MET: "success", State.SHORT: "danger", State.UNKNOWN: "warning", State.NOT_REQUIRED: "secondary"}


@register.filter
def article(citation: Citation | None) -> str:
    """`Điều 36 khoản 1 điểm c Nghị định 39/2016/NĐ-CP`."""
    if citation is None:
        return ""
    instrument = load_book().instruments.get(citation.instrument)
    if instrument is None:
        return str(citation)
    return f"{citation.locator} {instrument.kind.capitalize()} {instrument.number}".strip()


@register.filter
def tone(state: State) -> str:
    """The colour of a finding; the word beside it says the same."""
    return _TONES[state]


@register.filter
def membership(found: Membership) -> str:
    """Whether a branch stands in a list, in words."""
    return {
        Membership.LISTED: _("thuộc"),
        Membership.NOT_LISTED: _("không thuộc"),
        Membership.UNDECIDED: _("chưa xác định"),
    }[found]


@register.filter
def likeness(reason: list[object]) -> str:
    """Why two establishments look alike, or not, in words."""
    return labels.likeness(str(reason[0]))


@register.filter
def entry(held: dict[str, object], key: str) -> object:
    """The value under a key."""
    return held[key]
