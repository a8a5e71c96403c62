"""Writing in a report, sentence by sentence; whoever changed a sentence since it was read is not overwritten."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.oversight.workplans.facade import Task, visible_tasks
from atvsld.oversight.yearly.actions.drafting import STEP, figures_of
from atvsld.oversight.yearly.actions.stepping import bump, hold_open, hold_sentence, rejected
from atvsld.oversight.yearly.counting import Counter
from atvsld.oversight.yearly.drafting.material import Fig
from atvsld.oversight.yearly.judging import text_problems
from atvsld.oversight.yearly.marks import marks_of, next_mark
from atvsld.oversight.yearly.models import ReportSentence, SentenceFigure, SentenceProof, YearReport
from atvsld.oversight.yearly.offering import fig_from
from atvsld.oversight.yearly.policy import CHANGE
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Act, Rejected, action

LONGEST = 4000
Section, Kind = ReportSentence.Section, ReportSentence.Kind
# What a sentence added by hand in a section is.
_KINDS = {Section.DIFFICULTIES: Kind.DIFFICULTY, Section.PROPOSALS: Kind.PROPOSAL}


@action(needs=CHANGE, records="yearly:report_sentence:written")
def write(act: Act, *, sentence: ReportSentence, version: int, text: str) -> ReportSentence:
    """Change the words of a sentence. Figures whose mark is gone go with it; a number typed in is kept and marked.

    `Rejected` when nothing is said or a mark stands for no figure of the sentence; `Conflict` when somebody changed
    the sentence since `version`.
    """
    held = hold_sentence(act, sentence, version)
    text = clean(text)
    known = set(held.figures.values_list("mark", flat=True))
    if found := list(text_problems(text, known)):
        raise Rejected(found)
    if text == held.text:
        return held
    held.figures.exclude(mark__in=marks_of(text)).delete()
    held.text, held.edited = text, text != held.drafted
    return _stepped(held)


@action(needs=CHANGE, records="yearly:report_sentence:written")
def add(
    act: Act, *, report: YearReport, section: str, text: str, after: ReportSentence | None = None, key: str = ""
) -> ReportSentence:
    """Put a sentence written by hand into a section, after another or at its end. `key`, a ULID, makes it once."""
    held = hold_open(act, report)
    text = clean(text)
    if section not in Section.values:
        raise rejected("section", _("Báo cáo không có phần này."), column="section")
    if found := list(text_problems(text, ())):
        raise Rejected(found)
    if key and (earlier := ReportSentence.objects.filter(public_id=key, report=held).first()):
        return earlier
    made = ReportSentence(
        report=held, section=section, kind=_KINDS.get(Section(section), Kind.FREE), text=text, edited=True,
        clause=after.clause if after else "", position=_place(held, section, after),
    )  # fmt: skip
    if key:
        made.public_id = key
    made.save(force_insert=True)
    bump(held)
    return made


@action(needs=CHANGE, records="yearly:report_sentence:dropped")
def drop(act: Act, *, sentence: ReportSentence, version: int) -> None:
    """Take a sentence out; drafting anew does not bring it back."""
    held = hold_sentence(act, sentence, version)
    held.dropped = True
    _stepped(held)


@action(needs=CHANGE, records="yearly:report_sentence:restored")
def restore(act: Act, *, sentence: ReportSentence, version: int) -> ReportSentence:
    """Put a sentence that was taken out back in its place."""
    held = hold_sentence(act, sentence, version)
    held.dropped = False
    return _stepped(held)


@action(needs=CHANGE, records="yearly:report_sentence:moved")
def move(act: Act, *, sentence: ReportSentence, version: int, up: bool) -> ReportSentence:
    """Change places with the sentence above or below in the same section; at the end nothing happens."""
    held = hold_sentence(act, sentence, version)
    rows = list(
        ReportSentence.objects.select_for_update()
        .filter(report_id=held.report_id, section=held.section, dropped=False)
        .order_by("position", "pk")
    )
    at = next(place for place, one in enumerate(rows) if one.pk == held.pk)
    other = at - 1 if up else at + 1
    if not 0 <= other < len(rows):
        return held
    rows[at], rows[other] = rows[other], rows[at]
    for place, one in enumerate(rows, start=1):
        ReportSentence.objects.filter(pk=one.pk).update(position=place * STEP)
    # It belongs where it stands now: under the heading of its neighbour.
    neighbour = rows[at]
    held.position, held.clause = (other + 1) * STEP, neighbour.clause
    return _stepped(held)


@action(needs=CHANGE, records="yearly:report_sentence:written")
def insert_figure(act: Act, *, sentence: ReportSentence, version: int, word: str, key: str) -> SentenceFigure:
    """Put a figure of a register at the end of a sentence, counted now for whoever the report tells of.

    `Rejected` when no register here counts it.
    """
    held = hold_sentence(act, sentence, version)
    figure = fig_from(held.report, word, key, Counter(act.at))
    if figure is None:
        raise rejected("unknown_figure", _("Không có số liệu này."), _("Chọn trong danh sách."), column="figure")
    return put_figure(act, held, figure)


def put_figure(act: Act, sentence: ReportSentence, figure: Fig) -> SentenceFigure:
    """Write a figure into a held sentence; part of the act that calls it."""
    taken = sentence.figures.values_list("mark", flat=True)
    mark = next_mark([*taken, *marks_of(sentence.text)])
    [made] = figures_of(sentence, {mark: figure}, act)
    made.save(force_insert=True)
    ended = sentence.text.rstrip()
    stop = ended[-1:] if ended[-1:] in {".", "!", "?"} else ""
    body = ended[: len(ended) - len(stop)]
    sentence.text, sentence.edited = f"{body} {{{mark}}}{f' {figure.unit}' if figure.unit else ''}{stop}", True
    _stepped(sentence)
    return made


@action(needs=CHANGE, records="yearly:report_sentence:proven")
def rest_on(act: Act, *, sentence: ReportSentence, version: int, tasks: Iterable[str]) -> ReportSentence:
    """State which tasks (public ids) a sentence tells of; with any it is a claim, judged by their evidence."""
    held = hold_sentence(act, sentence, version)
    chosen = set(tasks)
    found = {one.public_id: one for one in visible_tasks(act.actor).filter(public_id__in=chosen)}
    if missing := chosen - set(found):
        message = _("Không có nhiệm vụ “%(key)s”.") % {"key": min(missing)}
        raise rejected("unknown_task", message, _("Chọn trong danh sách."), column="tasks")
    SentenceProof.objects.filter(sentence=held).exclude(task__in=found.values()).delete()
    for one in found.values():
        SentenceProof.objects.get_or_create(sentence=held, task=one)
    if found:
        held.kind = Kind.CLAIM
    elif held.kind == Kind.CLAIM:
        held.kind = Kind.FREE
    held.edited = True
    return _stepped(held)


def clean(text: str) -> str:
    """Words as they are kept: one line, unified blanks; at most `LONGEST` letters, or `Rejected`."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        message = _("Câu dài quá %(most)s ký tự.") % {"most": LONGEST}
        raise rejected("too_long", message, _("Tách thành nhiều câu."), column="text")
    return text


def choosable(actor: Actor, report: YearReport) -> list[Task]:
    """The tasks a sentence of a report may rest on, in the order of their clauses."""
    from atvsld.oversight.yearly import gathering, sources

    rows = sources.tasks_of(report.programme, gathering.asked_by(report))
    return list(rows.filter(pk__in=visible_tasks(actor).values("pk")).order_by("clause", "pk"))


def _place(report: YearReport, section: str, after: ReportSentence | None) -> int:
    """A position after a sentence, moving the rest when there is no room."""
    rows = ReportSentence.objects.filter(report=report, section=section)
    if after is None or after.section != section:
        last = rows.order_by("-position").values_list("position", flat=True).first() or 0
        return last + STEP
    following = rows.filter(position__gt=after.position).order_by("position").values_list("position", flat=True).first()
    if following is None:
        return after.position + STEP
    if following - after.position < 2:
        rows.filter(position__gt=after.position).update(position=F("position") + STEP)
        following += STEP
    return (after.position + following) // 2


def _stepped(sentence: ReportSentence) -> ReportSentence:
    sentence.version += 1
    sentence.save()
    bump(sentence.report)
    return sentence
