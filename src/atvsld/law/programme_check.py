"""What is wrong with a programme: unknown words, paragraphs without a clause, clauses without holder or proof.

One check for programmes read from data files and for those entered or imported by people.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from atvsld.kit.outcome import Problem
from atvsld.law.book import LawBook
from atvsld.law.errors import UnknownEntry
from atvsld.law.programme import Clause, Programme, Section, is_part, split_reference
from atvsld.law.programme_words import Vocabulary

_ID = re.compile(r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)*")


@dataclass(frozen=True)
class Surroundings:
    """What a programme may speak of: words, rules and targets of the law book, instruments, other programmes."""

    words: Vocabulary
    book: LawBook
    instruments: Collection[str]
    programmes: Mapping[str, Programme]


def problems(programme: Programme, around: Surroundings) -> list[Problem]:
    """Everything wrong; `value` names the clause or heading, empty for the header. An empty list: it may be used."""
    return [*_header(programme, around), *_sections(programme), *_clauses(programme, around)]


def _problem(code: str, where: str, column: str, message: str, remedy: str) -> Problem:
    return Problem(f"programme.{code}", message, remedy, column=column, value=where)


def _header(programme: Programme, around: Surroundings) -> Iterator[Problem]:
    if not _ID.fullmatch(programme.id.replace("-", "")):
        yield _problem(
            "id", "", "id", f"Mã kế hoạch “{programme.id}” không hợp lệ.", "Chỉ dùng chữ không dấu, số, “-”."
        )
    if programme.instrument and programme.instrument not in around.instruments:
        message = f"Không có văn bản {programme.instrument}."
        yield _problem("instrument", "", "instrument", message, "Khai báo văn bản trước, hoặc để trống.")
    for column, word in (("issuer", programme.issuer), ("standing", programme.standing)):
        if word is not None and word not in around.words.holders:
            yield _unknown("", column, word, around.words.holders)
    if programme.valid_to is not None and programme.valid_to < programme.valid_from:
        yield _problem("dates", "", "valid_to", "Kế hoạch hết hạn trước khi bắt đầu.", "Sửa một trong hai ngày.")
    for above in programme.carries_out:
        if above not in around.programmes or above == programme.id:
            yield _unknown("", "carries_out", above, [one for one in around.programmes if one != programme.id])
    if _circular(programme, around.programmes):
        message = "Chuỗi kế hoạch quay lại chính kế hoạch này."
        yield _problem("circle", "", "carries_out", message, "Bỏ văn bản cấp dưới khỏi danh sách.")


def _circular(programme: Programme, others: Mapping[str, Programme]) -> bool:
    waiting, seen = list(programme.carries_out), set[str]()
    while waiting:
        above = waiting.pop()
        if above == programme.id:
            return True
        if above in others and above not in seen:
            seen.add(above)
            waiting.extend(others[above].carries_out)
    return False


def _sections(programme: Programme) -> Iterator[Problem]:
    seen: set[str] = set()
    for section in programme.sections:
        if not _ID.fullmatch(section.id):
            yield _problem("id", section.id, "id", f"Mã mục “{section.id}” không hợp lệ.", "Ví dụ: II, III.4, IV.1.")
        if section.id in seen:
            yield _problem("twice", section.id, "id", f"Mục {section.id} có hai lần.", "Đổi mã hoặc gộp hai mục.")
        parent = section.id.rpartition(".")[0]
        if parent and parent not in seen:
            message = f"Mục {section.id} đứng trước hoặc thiếu mục {parent}."
            yield _problem("parent", section.id, "id", message, f"Thêm mục {parent} ở trên.")
        seen.add(section.id)
        yield from _paragraphs(section, complete=programme.complete)


def _paragraphs(section: Section, *, complete: bool) -> Iterator[Problem]:
    """Every paragraph of the document has a clause, and every clause stands in a paragraph the document has."""
    told = {clause.paragraph for clause in section.clauses}
    if complete:
        for number in range(1, section.paragraphs + 1):
            if number not in told:
                message = f"Đoạn {number} của mục {section.id} chưa có nội dung nào."
                yield _problem("paragraph", section.id, "paragraph", message, "Thêm nội dung cho đoạn ấy.")
    for clause in section.clauses:
        if clause.paragraph is None and not (complete and section.paragraphs):
            continue
        if clause.paragraph is None or not 1 <= clause.paragraph <= section.paragraphs:
            message = f"Mục {section.id} có {section.paragraphs} đoạn, không có đoạn {clause.paragraph or '(trống)'}."
            yield _problem("paragraph", clause.id, "paragraph", message, "Sửa số đoạn của nội dung hoặc của mục.")


def _clauses(programme: Programme, around: Surroundings) -> Iterator[Problem]:
    seen: set[str] = set()
    for clause in programme.clauses:
        if not _ID.fullmatch(clause.id) or not is_part(clause.id, clause.section) or clause.id == clause.section:
            message = f"Mã “{clause.id}” không thuộc mục {clause.section}."
            yield _problem("id", clause.id, "id", message, f"Mã bắt đầu bằng {clause.section}.")
        if clause.id in seen:
            yield _problem("twice", clause.id, "id", f"Nội dung {clause.id} có hai lần.", "Đổi một mã.")
        seen.add(clause.id)
        if not clause.text.vi:
            yield _problem("empty", clause.id, "text", "Nội dung chưa có lời.", "Ghi tóm tắt bằng lời của mình.")
        if clause.valid_from and clause.valid_to and clause.valid_to < clause.valid_from:
            yield _problem("dates", clause.id, "valid_to", "Hết hạn trước khi bắt đầu.", "Sửa một trong hai ngày.")
        yield from _words(clause, around)
        yield from _rules(clause, around.book)
        yield from _references(programme, clause, around.programmes)
        if clause.binds:
            yield from _binding(clause, complete=programme.complete)


def _unknown(where: str, column: str, word: str, known: Iterable[str]) -> Problem:
    message = f"Không hiểu “{word}”" + (f" ở {where}." if where else ".")
    return _problem("word", where, column, message, f"Dùng một trong: {', '.join(known) or '(chưa có gì)'}.")


def _words(clause: Clause, around: Surroundings) -> Iterator[Problem]:
    lists: tuple[tuple[str, Iterable[str], Mapping[str, object]], ...] = (
        ("holders", (holder.word for holder in clause.holders), around.words.holders),
        ("supporting", clause.supporting, around.words.holders),
        ("measures", clause.measures, around.words.measures),
        ("evidence", clause.evidence, around.words.evidence),
        ("groups", clause.groups, around.words.groups),
        ("sectors", clause.sectors, around.words.sectors),
        ("targets", clause.targets, around.book.targets),
    )
    for column, used, known in lists:
        seen: set[str] = set()
        for word in used:
            if word not in known:
                yield _unknown(clause.id, column, word, known)
            elif word in seen and column != "holders":
                yield _problem("twice", clause.id, column, f"“{word}” có hai lần ở {clause.id}.", "Bỏ một lần.")
            seen.add(word)
    for holder in clause.holders:
        if holder.citation is not None and holder.citation.instrument not in around.instruments:
            yield _unknown(clause.id, "holders", holder.citation.instrument, around.instruments)
        if holder.valid_from and holder.valid_to and holder.valid_to < holder.valid_from:
            message = f"“{holder.word}” ở {clause.id} hết hạn trước khi bắt đầu."
            yield _problem("dates", clause.id, "holders", message, "Sửa một trong hai ngày.")


def _rules(clause: Clause, book: LawBook) -> Iterator[Problem]:
    for column, rules in (("due", clause.due), ("watches", clause.watches)):
        for rule in rules:
            try:
                periodic = book.deadline(rule).periodic
            except UnknownEntry:
                message = f"Không có quy tắc thời hạn “{rule}” ({clause.id})."
                yield _problem("rule", clause.id, column, message, "Xem danh sách: atvsld law deadline --help.")
                continue
            if not periodic:
                message = f"Quy tắc {rule} ({clause.id}) theo sự việc, không theo năm."
                yield _problem("rule", clause.id, column, message, "Dùng quy tắc theo kỳ báo cáo.")


def _references(programme: Programme, clause: Clause, others: Mapping[str, Programme]) -> Iterator[Problem]:
    for reference in clause.carries:
        where, wanted = split_reference(reference, programme.id)
        target = programme if where == programme.id else others.get(where)
        if target is None or not any(is_part(one.id, wanted) and one.id != clause.id for one in target.clauses):
            message = f"{clause.id} trỏ tới “{reference}” không có."
            yield _problem("reference", clause.id, "carries", message, "Sửa mã, dạng III.2a hoặc kế-hoạch:III.2a.")


def _binding(clause: Clause, *, complete: bool) -> Iterator[Problem]:
    """A clause that binds says what is counted, what proves it and, where the text was read, who answers."""
    wanted: tuple[tuple[str, bool, str, str], ...] = (
        ("holders", bool(clause.holders) or not complete, "cơ quan chịu trách nhiệm", "Ghi chức năng của cơ quan."),
        ("measures", bool(clause.measures), "thước đo tiến độ", "Ghi cái được đếm."),
        ("evidence", bool(clause.evidence), "bằng chứng", "Ghi loại hồ sơ hoặc tệp chứng minh được."),
    )
    for column, given, what, remedy in wanted:
        if not given:
            yield _problem("missing", clause.id, column, f"{clause.id} chưa có {what}.", remedy)
