"""What dialogues and supervision add up to."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from atvsld.casework.dialogues.ledgers import DIALOGUES, VISITS
from atvsld.registers.ledgers.proving import Tally, measured
from atvsld.registers.proofs import measure

DIALOGUE = {"act": "dialogue"}


def _dialogues() -> Iterator[Tally]:
    """Dialogues and requests; sittings of the council apart, since they are no dialogue."""
    act, request = _("cuộc"), _("kiến nghị")
    yield Tally("dialogues", _("Số cuộc đối thoại"), act, where=DIALOGUE)
    yield Tally("requests", _("Số kiến nghị nêu ra"), request, sums="requests", where=DIALOGUE)
    yield Tally("answered", _("Số kiến nghị được trả lời"), request, sums="answered", where=DIALOGUE)
    council = {**DIALOGUE, "forum": "council"}
    yield Tally("council", _("Số cuộc đối thoại của Hội đồng ATVSLĐ cấp tỉnh"), act, where=council)
    yield Tally("sittings", _("Số phiên họp của Hội đồng"), _("phiên"), where={"act": "sitting"}, always=False)


def _supervision() -> Iterator[Tally]:
    """Supervisions, what they asked for, what was answered."""
    yield Tally("visits", _("Số cuộc giám sát"), _("cuộc"))
    yield Tally("recommended", _("Số kiến nghị"), _("kiến nghị"), sums="recommended")
    yield Tally("answered", _("Số kiến nghị được trả lời"), _("kiến nghị"), sums="answered")


measure(measured("dialogues", DIALOGUES, _dialogues))
measure(measured("supervision", VISITS, _supervision))
