"""Reminder letters as proof, and how many of the reports that fell due came in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.law.reporting_duties import Term
from atvsld.oversight.obligations import board
from atvsld.oversight.obligations.board import Counts
from atvsld.oversight.obligations.models import ReminderBatch, ReminderLetter
from atvsld.oversight.obligations.policy import BATCHES, READ
from atvsld.oversight.obligations.statement import Scope, rows
from atvsld.oversight.obligations.web.reporters import MODELS
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.registers.proof_counting import ground
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, measure, prove

_LETTERS = ReminderLetter.objects.select_related("batch", "establishment", "body", "provider")
# Figure → list of the board.
KEYS = {"obliged": "obliged", "on_time": "on_time", "late": "late", "silent": "silent", "cannot_tell": "cannot_tell"}


def of_letter(letter: ReminderLetter) -> ProofRecord:
    """One letter; its key is `round/number`."""
    url = reverse("obligations:batch", args=[letter.batch.public_id])
    label = _("Công văn đôn đốc số %(number)s gửi %(reporter)s") % {"number": letter, "reporter": letter.reporter}
    key = f"{letter.batch.public_id}/{letter.number}"
    return ProofRecord("reminder_letter", key, label[:300], url, letter.issued_on)


def _find(key: str) -> ProofRecord | None:
    batch, _slash, number = key.partition("/")
    if not number.isdecimal() or len(number) > 9:
        return None
    letter = _LETTERS.filter(batch__public_id=batch, number=int(number)).first()
    return None if letter is None else of_letter(letter)


def _search(actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    batches = BATCHES.restrict(ReminderBatch.objects.all(), actor, READ)
    found = Q(batch__in=batches.values("pk"), issued_on__range=(asked.start, asked.end))
    here = ground(asked)
    if here is not None:
        found &= Q(batch__place_id__in=here)
    letters = _LETTERS.filter(found, Q(symbol__icontains=text.strip()) | Q(facts__name__icontains=text.strip()))
    return [of_letter(letter) for letter in letters.order_by("-issued_on", "-pk")[:limit]]


def terms(asked: Asked) -> list[Term]:
    """Reports whose last good day by law falls into the days asked for, whatever period they are about."""
    years = range(asked.start.year, asked.end.year + 1)
    found = {(term.duty.id, term.period.code): term for year in years for term in board.board_terms(year)}
    return [
        term
        for term in found.values()
        if term.lawful_last_ok is not None and asked.start <= term.lawful_last_ok <= asked.end
    ]


def scope(asked: Asked) -> Scope:
    """The reporters of the ground, or the very establishments asked for."""
    if asked.establishments is not None:
        return Scope(ids={"establishment": asked.establishments})
    here = ground(asked)
    return Scope() if here is None else Scope(ids={"place": here})


def _figures(asked: Asked) -> Iterator[Figure]:
    today, reach = clock.local_day(clock.now()), scope(asked)
    due = terms(asked)
    if not due:
        why = _("Không có chế độ báo cáo nào đến hạn trong kỳ này.")
        yield Figure("obliged", _("Số báo cáo phải nộp"), None, why=why)
        return
    found = sum((board.total(term, today=today, scope=reach) for term in due), Counts())
    yield Figure("obliged", _("Số báo cáo phải nộp"), Decimal(found.obliged))
    yield Figure("on_time", _("Nộp đúng hạn"), Decimal(found.on_time))
    yield Figure("late", _("Nộp muộn"), Decimal(found.late))
    yield Figure("silent", _("Quá hạn, chưa nộp"), Decimal(found.silent))
    yield Figure("cannot_tell", _("Chưa xác định được có phải nộp"), Decimal(found.cannot_tell))


def _records(asked: Asked, key: str) -> Iterator[ProofRecord]:
    today, reach = clock.local_day(clock.now()), scope(asked)
    for term in terms(asked) if key in KEYS else ():
        yield from _of_term(term, board.listed_sql(term, KEYS[key], today=today, scope=reach), KEYS[key])


def _of_term(term: Term, sql: tuple[str, dict[str, Any]], wanted: str) -> Iterator[ProofRecord]:
    ids = [row["id"] for row in rows(*sql)]
    base = reverse("obligations:units", args=[term.duty.id, term.period.code])
    model = MODELS[term.duty.reporter.register]
    for unit in model._default_manager.filter(pk__in=ids).order_by("pk").iterator(chunk_size=500):  # noqa: SLF001
        key = f"{term.duty.id}/{term.period.code}/{unit.pk}"
        label = f"{unit}: {term.rule.label.vi}, {term.period.label_vi}"
        yield ProofRecord("report_filing", key, label, f"{base}?ds={wanted}", term.lawful_last_ok)


prove(Evidence("reminder_letter", _find, _search))
measure(Measure("reports_in_time", _figures, _records))
