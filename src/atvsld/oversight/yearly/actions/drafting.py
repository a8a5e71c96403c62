"""Drafting from the record, the first time and anew: what people wrote stays, what the record says now is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atvsld.oversight.yearly.actions.stepping import hold_open, moved_on
from atvsld.oversight.yearly.counting import Counter, values
from atvsld.oversight.yearly.drafting.material import Drafted, Fig
from atvsld.oversight.yearly.drafting.sentences import drafted
from atvsld.oversight.yearly.gathering import material_of
from atvsld.oversight.yearly.models import ReportSentence, SentenceFigure, SentenceProof, YearReport
from atvsld.oversight.yearly.policy import CHANGE
from atvsld.platform.acts import Act, action

# Room between sentences, so that one can be put between two without moving the rest.
STEP = 100


@dataclass(frozen=True, slots=True)
class Redrafted:
    """What drafting anew did. `kept`: sentences people had changed, left as they are."""

    new: int
    changed: int
    gone: int
    kept: int


@action(needs=CHANGE, records="yearly:year_report:drafted")
def redraft(act: Act, *, report: YearReport, version: int) -> Redrafted:
    """Draft again as the record stands now. Edited, added and dropped sentences stay; the others follow the record."""
    held = hold_open(act, report)
    if held.version != version:
        raise moved_on()
    held.drafted_at, held.version = act.at, held.version + 1
    held.save(update_fields=["drafted_at", "version"])
    return draft_into(act, held)


@action(needs=CHANGE, records="yearly:year_report:figures_taken")
def take_figures(act: Act, *, report: YearReport, version: int, figures: Iterable[str]) -> int:
    """Put the present values in place of the frozen ones, for figures by public id; how many changed."""
    held = hold_open(act, report)
    if held.version != version:
        raise moved_on()
    chosen = set(figures)
    counter, changed = Counter(act.at), 0
    rows = SentenceFigure.objects.select_for_update(of=("self",)).filter(sentence__report=held)
    by: dict[int, list[SentenceFigure]] = {}
    for row in rows.order_by("pk"):
        by.setdefault(row.sentence_id, []).append(row)
    for sentence in by.values():
        taken = {one.mark for one in sentence if one.public_id in chosen}
        if not taken:
            continue
        for one, now in values(sentence, counter):
            follows = one.source == SentenceFigure.Source.CHANGE and taken & set(one.key.split(","))
            if one.mark not in taken and not follows:
                continue
            if one.value != now:
                one.value, one.moment = now, act.at
                one.save(update_fields=["value", "moment"])
                changed += 1
    held.version += 1
    held.save(update_fields=["version"])
    return changed


def draft_into(act: Act, report: YearReport) -> Redrafted:
    """Write what the record says into a held report; part of the act that calls it."""
    return write_drafted(act, report, drafted(material_of(report, act.at)))


def write_drafted(act: Act, report: YearReport, found: list[Drafted]) -> Redrafted:
    """Bring a report's sentences to a draft."""
    standing = {one.key: one for one in report.sentences.all() if one.key}
    fresh, changed, kept = [], [], 0
    for place, one in enumerate(found, start=1):
        held = standing.pop(one.key, None)
        if held is None:
            made = ReportSentence(report=report, key=one.key, text=one.text, drafted=one.text)
            _set(made, one, place)
            fresh.append((made, one))
        elif held.edited or held.dropped:
            held.position = place * STEP
            held.save(update_fields=["position"])
            kept += not held.dropped
        else:
            if held.text != one.text:
                held.text = held.drafted = one.text
                held.version += 1
            _set(held, one, place)
            changed.append((held, one))
    gone = [one.pk for one in standing.values() if not one.edited and not one.dropped]
    ReportSentence.objects.filter(pk__in=gone).delete()
    ReportSentence.objects.bulk_create([made for made, _one in fresh])
    ReportSentence.objects.bulk_update(
        [held for held, _one in changed], ["text", "drafted", "version", "kind", "section", "position", "clause"]
    )
    rows = [*fresh, *changed]
    keys = [held.pk for held, _one in changed]
    SentenceFigure.objects.filter(sentence__in=keys).delete()
    SentenceProof.objects.filter(sentence__in=keys).delete()
    SentenceFigure.objects.bulk_create(
        [row for held, one in rows for row in figures_of(held, {f"f{n}": f for n, f in enumerate(one.figures, 1)}, act)]
    )
    SentenceProof.objects.bulk_create(
        [SentenceProof(sentence=held, task_id=pk) for held, one in rows for pk in one.tasks]
    )
    return Redrafted(len(fresh), len(changed), len(gone), kept)


def _set(held: ReportSentence, one: Drafted, place: int) -> None:
    held.kind, held.section, held.clause, held.position = one.kind, one.section, one.clause, place * STEP


def figures_of(sentence: ReportSentence, figures: Mapping[str, Fig], act: Act) -> list[SentenceFigure]:
    """Figures of a sentence as rows, frozen at the moment of the act."""
    return [
        SentenceFigure(
            sentence=sentence, mark=mark, source=one.source, word=one.word, key=one.key, asked=dict(one.asked),
            label=one.label[:300], value=one.value, decimals=one.decimals, shown=one.shown, unit=one.unit[:60],
            moment=act.at, url=one.url[:500], why=one.why[:500],
        )
        for mark, one in figures.items()
    ]  # fmt: skip
