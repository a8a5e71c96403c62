"""What a paper says around its figures: whose it is, who receives it, which annex it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from atvsld.documents import model
from atvsld.law import load_book
from atvsld.law.instruments import UNKNOWN_INSTRUMENT

if TYPE_CHECKING:
    from atvsld.oversight.reporting.result import Report


@dataclass(frozen=True, slots=True)
class Face:
    """The lines of a paper that come from the registers and the law book of a moment, not from the figures.

    An accepted report keeps them, so that it prints the same after a body or an instrument was renamed. `closing` and
    `metadata` are added to the paper by whoever accepted it.
    """

    letterhead: model.Letterhead
    recipients: tuple[str, ...]
    form_label: str
    closing: tuple[model.Block, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


def face_of(report: Report) -> Face:
    """The face of a report as registers and law book have it now."""
    from atvsld.oversight.reporting.letterhead import letterhead_of, recipients_of

    return Face(letterhead_of(report), recipients_of(report), _form_label(report))


def _form_label(report: Report) -> str:
    """The annex and its instrument as printed at the top right of a statutory form; nothing on one composed here."""
    instrument = load_book().instruments.get(report.form.citation.instrument)
    if instrument is None or instrument.id == UNKNOWN_INSTRUMENT:
        return ""
    if not report.form.annex:
        return instrument.number
    return _("Phụ lục %(annex)s, %(number)s") % {"annex": report.form.annex, "number": instrument.number}
