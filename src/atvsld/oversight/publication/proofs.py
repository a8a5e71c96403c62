"""Issued accident notices as proof."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.oversight.publication import queries
from atvsld.oversight.publication.models import Notice
from atvsld.platform.access.actor import Actor
from atvsld.registers.places import tree
from atvsld.registers.proof_counting import evidence, ground
from atvsld.registers.proofs import Asked, ProofRecord, prove

TITLE = gettext_lazy("Thông báo tình hình tai nạn lao động %(period)s")


def of_notice(notice: Notice) -> ProofRecord:
    label = TITLE % {"period": notice.span.label_vi}
    if notice.revision:
        label += _(", bản điều chỉnh lần %(number)s") % {"number": notice.revision}
    return ProofRecord(
        "publication", notice.public_id, label, reverse("publication:notice", args=[notice.public_id]), notice.issued_on
    )


def _search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:  # noqa: ARG001 - few are there
    rows = queries.visible(actor).filter(issued_on__range=(asked.start, asked.end))
    here = ground(asked)
    if here is not None:
        # A notice is of the whole province: whoever works on part of its ground shares in none of it.
        held = [place for place in here if tree.current().nodes[place].level == "province"]
        rows = rows.filter(place_id__in=held)
    return [of_notice(notice) for notice in rows.order_by("-issued_on", "-pk")[:limit]]


# A revised edition was issued all the same.
prove(evidence("publication", queries.public(), of_notice, _search))
