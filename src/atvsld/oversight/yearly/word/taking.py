"""Taking in a report as it was edited in Word: words come in, figures stay what the registers say, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from atvsld.kit.outcome import Problem
from atvsld.oversight.yearly import judging, printing
from atvsld.oversight.yearly.actions import editing
from atvsld.oversight.yearly.actions.stepping import bump, hold_open
from atvsld.oversight.yearly.judging import Judged
from atvsld.oversight.yearly.models import ReportSentence, YearReport
from atvsld.oversight.yearly.policy import CHANGE
from atvsld.oversight.yearly.word.reading import NotWord, Read, SentenceRead, read
from atvsld.platform.acts import Act, Rejected, action

# Problems named in one answer.
MOST_PROBLEMS = 50


@dataclass(frozen=True, slots=True)
class Taken:
    """What came in: sentences changed, added; sentences the file lacks (they stay); figures it no longer has."""

    changed: int
    added: int
    absent: int
    told: tuple[str, ...]


@action(needs=CHANGE, records="yearly:year_report:word_taken")
def take_word(act: Act, *, report: YearReport, content: bytes) -> Taken:
    """Bring in the words of a Word file made from this report.

    `Rejected` with every figure changed or moved by hand, every sentence that is not of this report, twice there, or
    changed on the page since the file was made: then nothing is written. A sentence the file lacks stays, and is told.
    """
    held = hold_open(act, report)
    try:
        found = read(content)
    except NotWord as error:
        message = _("Tệp không mở được như văn bản Word.")
        raise Rejected([Problem("not_word", message, _("Chọn tệp .docx tải từ trang này."), column="file")]) from error
    standing = {one.sentence.public_id: one for one in judging.judged(held)}
    problems = _problems(found, standing)
    if problems:
        raise Rejected(problems[:MOST_PROBLEMS])
    return _written(act, held, found, standing)


def _problems(found: Read, standing: dict[str, Judged]) -> list[Problem]:
    problems: list[Problem] = []
    if not found.sentences:
        message = _("Tệp không có câu nào của báo cáo.")
        problems.append(Problem("no_sentence", message, _("Tải bản Word ở trang này rồi sửa."), column="file"))
    seen: set[str] = set()
    for row, one in enumerate(found.sentences, start=1):
        where = {"row": row, "start": one.text[:40]}
        held = standing.get(one.id)
        if held is None:
            message = _("Đoạn %(row)s (“%(start)s…”) không thuộc báo cáo này hoặc đã bỏ.") % where
            problems.append(_told("unknown_sentence", message, _("Xóa đoạn đó khỏi tệp, hoặc thêm câu ở trang."), row))
            continue
        if one.id in seen:
            message = _("Đoạn %(row)s (“%(start)s…”) đứng hai lần trong tệp.") % where
            problems.append(_told("twice", message, _("Xóa bản chép, hoặc thêm câu mới ở trang."), row))
        seen.add(one.id)
        problems += _figure_problems(one, held, row)
        if one.version != held.sentence.version and _words(one) != held.sentence.text:
            message = _("Đoạn %(row)s (“%(start)s…”) đã được sửa trên trang sau khi tải tệp.") % where
            problems.append(_told("moved_on", message, _("Tải bản Word mới rồi sửa lại đoạn này."), row))
    return problems


def _figure_problems(one: SentenceRead, held: Judged, row: int) -> list[Problem]:
    problems = []
    for figure in one.figures:
        where = {"row": row, "text": figure.text}
        if figure.sentence != one.id:
            message = _("Đoạn %(row)s: số “%(text)s” được chép từ câu khác.") % where
            problems.append(_told("moved_figure", message, _("Xóa số đó; chèn số liệu vào câu này ở trang."), row))
            continue
        printed = held.shown(figure.mark)
        if printed is None:
            message = _("Đoạn %(row)s: số “%(text)s” không còn trong báo cáo.") % where
            problems.append(_told("unknown_figure", message, _("Tải bản Word mới."), row))
        elif printed != figure.text:
            message = _("Đoạn %(row)s: số “%(printed)s” bị sửa tay thành “%(text)s”.") % {**where, "printed": printed}
            remedy = _("Trả lại số cũ; số sai thì sửa hồ sơ trong sổ rồi lấy số mới ở trang.")
            problems.append(_told("typed_figure", message, remedy, row))
    return problems


def _told(code: str, message: str, remedy: str, row: int) -> Problem:
    return Problem(code, message, remedy, row=row, column="file")


def _written(act: Act, report: YearReport, found: Read, standing: dict[str, Judged]) -> Taken:
    printed = {" ".join(text.split()) for text in _own_words(report)}
    changed, lost = 0, 0
    by: dict[str, ReportSentence] = {}
    for one in found.sentences:
        sentence = standing[one.id].sentence
        sentence.report = report
        text = _words(one)
        by[one.id] = sentence
        if text and text != sentence.text:
            before = sentence.figures.count()
            by[one.id] = held = editing.write(act, sentence=sentence, version=sentence.version, text=text)
            lost += before - held.figures.count()
            changed += 1
    added = 0
    for after, text in _fresh(found, printed):
        place = by[after]
        by[after] = editing.add(act, report=report, section=place.section, text=text, after=place)
        added += 1
    if changed or added:
        report.refresh_from_db(fields=["version"])
        bump(report)
    absent = len(set(standing) - {one.id for one in found.sentences})
    told = _sentences(changed, added, absent, lost)
    if printed - set(found.others):
        told.append(_("Tiêu đề, lời dẫn sửa trong Word không được nhận vào; trích yếu sửa ở trang."))
    return Taken(changed, added, absent, tuple(told))


def _fresh(found: Read, printed: set[str]) -> list[tuple[str, str]]:
    """Paragraphs written in Word between the sentences: not those the paper itself prints there."""
    last = found.sentences[-1].id
    return [
        (after, text.replace("{", "(").replace("}", ")"))
        for after, text in found.loose
        if after != last and " ".join(text.split()) not in printed
    ]


def _own_words(report: YearReport) -> list[str]:
    from atvsld.documents.model import Heading, Paragraph

    made = printing.paper(report)
    return [block.text for block in made.blocks if isinstance(block, Heading | Paragraph)]


def _words(one: SentenceRead) -> str:
    return " ".join(one.text.split())


def _sentences(changed: int, added: int, absent: int, lost: int) -> list[str]:
    told = [ngettext("Đã nhận %(n)s câu sửa.", "Đã nhận %(n)s câu sửa.", changed) % {"n": changed}]
    if added:
        told.append(ngettext("Thêm %(n)s câu mới.", "Thêm %(n)s câu mới.", added) % {"n": added})
    if absent:
        told.append(_("%(n)s câu không có trong tệp: giữ nguyên; muốn bỏ, bỏ ở trang.") % {"n": absent})
    if lost:
        told.append(_("%(n)s số liệu không còn trong lời đã được bỏ.") % {"n": lost})
    return told
