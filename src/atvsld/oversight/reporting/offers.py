"""What outer rooms offer on the page of a report: a button for those who may press it, a remark about its state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from atvsld.oversight.reporting.result import Report
from atvsld.oversight.reporting.service import Request
from atvsld.platform.access.actor import Actor
from atvsld.platform.ui.pages import PageAction


@dataclass(frozen=True, slots=True)
class Offer:
    """A button, and one sentence with a way on (`url`); either may be missing."""

    action: PageAction | None = None
    remark: str | Promise = ""
    url: str = ""


Offering = Callable[[Actor, Request, Report], Offer | None]
_OFFERINGS: list[Offering] = []


def show(offering: Offering) -> None:
    """Have a function asked on every page of a report."""
    if offering not in _OFFERINGS:
        _OFFERINGS.append(offering)


def offers(actor: Actor, asked: Request, report: Report) -> list[Offer]:
    """What is offered to a person about a report."""
    return [offer for offering in _OFFERINGS if (offer := offering(actor, asked, report)) is not None]
