"""What the author of a proposal or an opinion sees of its way: where it is, and what was answered."""

from __future__ import annotations

from collections.abc import Iterator

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from atvsld.casework.proposals.models import Opinion, PolicyProposal
from atvsld.casework.proposals.policy import PAPERS, READ
from atvsld.platform.access.actor import Actor
from atvsld.registers.ledgers.ledger import Panel


def outcome_panels(actor: Actor, record: PolicyProposal | Opinion) -> Iterator[Panel]:
    """Stage, the agreed wording, number and day sent, the answer; the paper itself only to who reaches it."""
    source = getattr(record, "source", None)
    item = source.item if source else None
    paper = item.paper if item else None
    shown = render_to_string(
        "proposals/outcome.html",
        {
            "record": record,
            "item": item,
            "paper": paper,
            "reaches": paper is not None and bool(PAPERS.decide(actor, READ, paper)),
            "together": item.sources.count() if item else 0,
        },
    )
    yield Panel(_("Kiến nghị này đến đâu"), mark_safe(shown), "history")  # noqa: S308
