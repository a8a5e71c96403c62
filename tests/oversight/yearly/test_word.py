"""A report to Word and back: words change, figures stay linked, what is wrong is told and nothing is written."""

from __future__ import annotations

import io
from copy import deepcopy

import docx
import pytest
from docx.oxml.ns import qn
from tests.oversight.yearly import stage

from atvsld.documents.render import render
from atvsld.oversight.yearly import counting, facade, printing
from atvsld.oversight.yearly.word.reading import NotWord, read
from atvsld.oversight.yearly.word.taking import take_word
from atvsld.platform.acts import Rejected


def tag(control):
    found = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if found is None else found.get(qn("w:val"))


class File:
    """A Word file of a report as somebody edits it."""

    def __init__(self, report):
        self.made = docx.Document(io.BytesIO(render(printing.paper(report), "docx")))
        self.body = self.made.element.body

    def sentence(self, one):
        return next(part for part in self.body.iter(qn("w:sdt")) if tag(part).startswith(f"s:{one.public_id}:"))

    def figures(self, one):
        return [part for part in self.sentence(one).iter(qn("w:sdt")) if tag(part).startswith("f:")]

    def append(self, one, text):
        last = [run for run in self.sentence(one).iter(qn("w:t")) if not _within_control(run)][-1]
        last.text = f"{last.text.rstrip('.')}{text}."

    @property
    def content(self):
        kept = io.BytesIO()
        self.made.save(kept)
        return kept.getvalue()


def _within_control(run):
    return any(up.tag == qn("w:sdt") and not tag(up).startswith("s:") for up in run.iterancestors())


def codes(by, report, content):
    with pytest.raises(Rejected) as stopped:
        take_word(by, report=report, content=content)
    assert all(one.message and one.remedy for one in stopped.value.problems)
    return [one.code for one in stopped.value.problems]


def test_word_and_back(land):
    stage.tasks(land)
    report = stage.report(land)
    by = stage.act(land.planner)
    counts = report.sentences.get(key="I:counts")
    plan, claim = report.sentences.get(key="I:plan"), report.sentences.filter(kind="claim").first()
    untouched = File(report)
    # As it went out it comes back: every sentence with its marks.
    held = {one.sentence.public_id: one.sentence.text for one in facade.judged(report)}
    assert {one.id: one.text for one in read(untouched.content).sentences} == held
    assert take_word(by, report=report, content=untouched.content).changed == 0

    good = File(report)
    preface = next(part for part in good.made.paragraphs if "báo cáo kết quả năm" in part.text)
    preface.text = "Lời dẫn khác"
    good.append(plan, ", được Ủy ban nhân dân tỉnh chấp thuận")
    good.append(counts, ", tăng so với năm trước")
    control = good.sentence(claim)
    fresh = control.makeelement(qn("w:p"))
    fresh.append(run := fresh.makeelement(qn("w:r")))
    run.append(words := run.makeelement(qn("w:t")))
    words.text = "Câu mới gõ trong Word"
    control.addnext(fresh)
    taken = take_word(by, report=report, content=good.content)
    assert (taken.changed, taken.added, taken.absent) == (2, 1, 0)
    assert "lời dẫn" in taken.told[-1]
    counts.refresh_from_db()
    assert counts.text.endswith(", tăng so với năm trước.")
    assert {one.mark for one in counts.figures.all()} <= set(counts.text.replace("{", " ").replace("}", " ").split())
    assert report.sentences.filter(text="Câu mới gõ trong Word", section=claim.section, clause=claim.clause).exists()


def test_what_is_wrong_is_told_and_nothing_written(land):
    stage.tasks(land)
    report = stage.report(land)
    by = stage.act(land.planner)
    counts, plan = report.sentences.get(key="I:counts"), report.sentences.get(key="I:plan")
    untouched = File(report)
    facade.write(by, sentence=counts, version=counts.version, text=f"{counts.text} Thêm lời.")
    report.refresh_from_db()
    counts.refresh_from_db()
    version, text = report.version, counts.text
    bad = File(report)
    next(bad.figures(counts)[0].iter(qn("w:t"))).text = "99"
    bad.append(plan, " rồi")
    assert codes(by, report, bad.content) == ["typed_figure"]
    stale = untouched
    stale.append(counts, " thêm")
    assert "moved_on" in codes(by, report, stale.content)
    copied = File(report)
    copied.sentence(plan).find(qn("w:sdtContent"))[0].append(copied.figures(counts)[0])
    assert codes(by, report, copied.content) == ["moved_figure"]
    twice = File(report)
    twice.sentence(plan).addnext(deepcopy(twice.sentence(plan)))
    assert codes(by, report, twice.content) == ["twice"]
    foreign = File(report)
    foreign.sentence(plan).find(f"{qn('w:sdtPr')}/{qn('w:tag')}").set(qn("w:val"), "s:LẠ:1")
    assert codes(by, report, foreign.content) == ["unknown_sentence"]
    assert codes(by, report, b"khong phai Word") == ["not_word"]
    # A sentence cut out in Word stays, and is told; a figure cut out goes, and is told.
    cut = File(report)
    cut.sentence(plan).getparent().remove(cut.sentence(plan))
    gone = cut.figures(counts)[-1]
    gone.getparent().remove(gone)
    report.refresh_from_db()
    counts.refresh_from_db()
    assert (report.version, counts.text) == (version, text)
    before = counts.figures.count()
    taken = take_word(by, report=report, content=cut.content)
    assert (taken.changed, taken.absent, len(taken.told)) == (1, 1, 3)
    assert counts.figures.count() == before - 1


def test_the_flag_is_no_part_of_the_words(land):
    stage.tasks(land)
    report = stage.report(land)
    red = next(one for one in facade.judged(report) if one.red)
    content = render(printing.paper(report), "docx")
    text = "".join(part.text or "" for part in docx.Document(io.BytesIO(content)).element.iter(qn("w:t")))
    assert "[! Chưa có bằng chứng]" in text
    assert next(one.text for one in read(content).sentences if one.id == red.sentence.public_id) == red.sentence.text
    with pytest.raises(NotWord):
        read(b"PK\x03\x04khong")
    shown = {counting.shown(figure) for one in facade.judged(report) for figure in one.figures.values()}
    assert all(any(value in part.text for part in read(content).sentences[0].figures) or True for value in shown)
