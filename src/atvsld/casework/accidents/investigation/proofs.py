"""Papers of which one must be in the file before a step (Decree 39/2016, Art. 23: road accidents)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

from atvsld.casework.accidents.investigation.models import Evidence
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.procedure.reading import facts_of
from atvsld.law.procedure import Confirmation
from atvsld.law.procedure_reading import load_procedure
from atvsld.law.reading import Label


@dataclass(frozen=True, slots=True)
class Proof:
    """What must be confirmed, and the papers in the file that do."""

    rule: Confirmation
    label: str
    papers: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]


def proofs(record: Record, *, before: str = "") -> list[Proof]:
    """What must be confirmed by a paper in this file, before a step or at all."""
    # Which papers are asked for depends on what the case is, not on the steps taken so far.
    facts = facts_of(record.file, record.victims, ())
    found = []
    for rule in load_procedure().confirming(facts, before):
        papers = tuple((paper.id, _spoken(paper.label)) for paper in rule.any_of)
        ids = {name for name, _label in papers}
        held = tuple(piece for piece in record.evidence if piece.item in ids)
        found.append(Proof(rule, _spoken(rule.label), papers, held))
    return found


def _spoken(label: Label) -> str:
    return label.en if get_language() == "en" and label.en else label.vi
