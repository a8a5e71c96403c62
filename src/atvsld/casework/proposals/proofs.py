"""What this room counts for plans: proposals and opinions, how far they came, what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from atvsld.casework.proposals.ledgers import OPINIONS, PROPOSALS
from atvsld.casework.proposals.models import Outcome, Stage
from atvsld.registers.ledgers.proving import Tally, measured
from atvsld.registers.proofs import Asked, Figure, Measure, ProofRecord, measure


def _proposals() -> Iterator[Tally]:
    unit = _("kiến nghị")
    yield Tally("proposals", _("Số kiến nghị chính sách, pháp luật"), unit)
    yield Tally("proposals.sent", _("Số kiến nghị đã gửi cơ quan có thẩm quyền"), unit, where={"sent": True})
    yield Tally("proposals.answered", _("Số kiến nghị đã được trả lời"), unit, where={"stage": Stage.ANSWERED})
    for outcome in (Outcome.ACCEPTED, Outcome.PARTLY, Outcome.REJECTED):
        told = _("Số kiến nghị: %(what)s") % {"what": outcome.label}
        yield Tally(f"proposals.{outcome.value}", told, unit, where={"outcome": outcome}, always=False)


def _opinions() -> Iterator[Tally]:
    unit = _("ý kiến")
    yield Tally("opinions", _("Số ý kiến góp ý dự thảo"), unit)
    yield Tally("opinions.sent", _("Số ý kiến đã gửi cơ quan soạn thảo"), unit, where={"sent": True})
    yield Tally("opinions.answered", _("Số ý kiến đã được trả lời"), unit, where={"stage": Stage.ANSWERED})
    yield Tally("opinions.late", _("Số ý kiến góp ý sau hạn"), unit, where={"late": True}, always=False)


BOTH = (measured("proposals", PROPOSALS, _proposals), measured("proposals", OPINIONS, _opinions))


def figures(asked: Asked) -> Iterable[Figure]:
    """Proposals, then opinions."""
    for one in BOTH:
        yield from one.figures(asked)


def records(asked: Asked, key: str) -> Iterable[ProofRecord]:
    """The records a figure counted; keys of the two ledgers differ."""
    for one in BOTH:
        yield from one.records(asked, key)


measure(Measure("proposals", figures, records))
