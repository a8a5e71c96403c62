"""Further parts of the pages of an official and of a network."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from atvsld.casework.capacity.models import OshNetwork, OshOfficial
from atvsld.kit.certainty import Certainty
from atvsld.platform.access.actor import Actor
from atvsld.registers.ledgers.ledger import Panel


def official_panels(_actor: Actor, record: OshOfficial) -> Iterator[Panel]:
    """The courses an official attended."""
    shown = render_to_string("capacity/trainings.html", {"trainings": list(record.trainings.all())})
    yield Panel(_("Đào tạo, bồi dưỡng"), mark_safe(shown), "book-2")  # noqa: S308


def network_panels(_actor: Actor, record: OshNetwork) -> Iterator[Panel]:
    """Whether every production team has a representative, where the teams are known."""
    if record.teams is None:
        said, tone = _("Chưa ghi số tổ sản xuất nên chưa biết."), "outline"
    elif record.representatives >= record.teams:
        said, tone = _("Số an toàn, vệ sinh viên không ít hơn số tổ sản xuất."), "success"
    else:
        missing = record.teams - record.representatives
        said, tone = _("Còn ít nhất %(n)s tổ sản xuất chưa có an toàn, vệ sinh viên.") % {"n": missing}, "warning"
    shown = render_to_string(
        "capacity/norm.html",
        {"said": said, "tone": tone, "status": Certainty.OFFICIAL, "citation": "Luật 84/2015/QH13 Điều 74 khoản 1"},
    )
    yield Panel(_("Mỗi tổ sản xuất có ít nhất một người"), mark_safe(shown), "scale")  # noqa: S308
