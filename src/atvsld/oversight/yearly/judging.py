"""What is wrong with the sentences of a report, judged as evidence stands now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.workplans import facade as workplans
from atvsld.oversight.workplans.facade import StandingEvidence, Task
from atvsld.oversight.yearly.citing import Uncited, tells_deed, uncited
from atvsld.oversight.yearly.counting import shown
from atvsld.oversight.yearly.marks import Part, broken, filled, marks_of, parts
from atvsld.oversight.yearly.models import ReportSentence, SentenceFigure, YearReport

Section, Kind = ReportSentence.Section, ReportSentence.Kind
# Said beside a claim nothing proves, on page and paper alike.
UNPROVEN = "Chưa có bằng chứng"
# Parts in which a sentence written by hand tells of work done.
_TELLING = (Section.DIRECTION, Section.TASKS)


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with its figures, the tasks it claims and what proves them. `proven` None: it claims nothing."""

    sentence: ReportSentence
    figures: dict[str, SentenceFigure]
    tasks: tuple[Task, ...]
    evidence: dict[int, list[StandingEvidence]]
    number: int
    uncited: tuple[Uncited, ...]
    proven: bool | None

    @property
    def parts(self) -> list[Part]:
        return parts(self.sentence.text, self.shown)

    @property
    def text(self) -> str:
        """As it prints."""
        return filled(self.sentence.text, self.shown)

    @property
    def red(self) -> bool:
        return self.proven is False

    @property
    def lost(self) -> list[str]:
        """Marks that stand for no figure."""
        return [mark for mark in marks_of(self.sentence.text) if mark not in self.figures]

    def shown(self, mark: str) -> str | None:
        figure = self.figures.get(mark)
        return shown(figure) if figure else None


def sentences_of(report: YearReport) -> QuerySet[ReportSentence]:
    """The sentences that stand in a report, in order, with figures and claimed tasks."""
    rows = ReportSentence.objects.filter(report=report, dropped=False)
    return rows.prefetch_related("figures", "proofs__task").order_by("section", "position", "pk")


def judged(report: YearReport, rows: Iterable[ReportSentence] | None = None) -> list[Judged]:
    """Every sentence judged; numbered within its section as people count them."""
    held = list(sentences_of(report) if rows is None else rows)
    tasks = {one.pk: tuple(proof.task for proof in one.proofs.all()) for one in held}
    evidence = workplans.standing([task for several in tasks.values() for task in several])
    counted: dict[str, int] = {}
    found = []
    for one in held:
        counted[one.section] = counted.get(one.section, 0) + 1
        mine = tasks[one.pk]
        found.append(
            Judged(
                one, {figure.mark: figure for figure in one.figures.all()}, mine,
                {task.pk: evidence.get(task.pk, []) for task in mine}, counted[one.section],
                tuple(uncited(one.text)), _proven(one, mine, evidence),
            )
        )  # fmt: skip
    return found


def _proven(
    sentence: ReportSentence, tasks: tuple[Task, ...], evidence: dict[int, list[StandingEvidence]]
) -> bool | None:
    """A claim stands when every task it names has standing evidence; words of deeds by hand name none, so stand not."""
    if tasks:
        return all(evidence.get(task.pk) for task in tasks)
    if sentence.kind == Kind.CLAIM:
        return False
    own = sentence.kind == Kind.FREE and (not sentence.key or sentence.edited)
    if own and sentence.section in _TELLING and not marks_of(sentence.text) and tells_deed(sentence.text):
        return False
    return None


def problems(found: Iterable[Judged]) -> Iterator[Problem]:
    """What stops a report from being sent: uncited numbers, and marks that stand for nothing."""
    for one in found:
        where = {"section": one.sentence.get_section_display(), "n": one.number}
        for number in one.uncited:
            message = _("Phần “%(section)s”, câu %(n)s: số “%(number)s” không gắn với sổ nào.")
            remedy = _("Chèn số liệu từ sổ vào chỗ đó, hoặc bỏ số này đi.")
            yield Problem("uncited_number", message % {**where, "number": number.text}, remedy, column="text")
        for mark in one.lost:
            message = _("Phần “%(section)s”, câu %(n)s: {%(mark)s} không còn là số liệu nào.")
            yield Problem(
                "lost_figure", message % {**where, "mark": mark}, _("Chèn lại số liệu, hoặc bỏ dấu này."), column="text"
            )


def text_problems(text: str, known: Iterable[str]) -> Iterator[Problem]:
    """What may not be saved at all: nothing said, braces that are no mark, marks of no figure."""
    if not text.strip():
        yield Problem("empty", _("Câu không có lời."), _("Ghi lời, hoặc bỏ câu."), column="text")
    if broken(text):
        yield Problem(
            "broken_brace", _("Dấu ngoặc nhọn không đúng dạng."), _("Chỉ dùng cho số liệu, ví dụ {f1}."), column="text"
        )
    for mark in marks_of(text):
        if mark not in known:
            message = _("{%(mark)s} không phải là số liệu của câu này.") % {"mark": mark}
            yield Problem("unknown_mark", message, _("Chọn số liệu ở danh sách bên dưới rồi chèn."), column="text")
