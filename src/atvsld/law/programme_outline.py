"""A plan as rows of plain text, as people keep it in a spreadsheet: written out, and read back with every error named.

A row is a heading (kind `section`) or a clause of the last heading above it. Lists are separated by “;”. A holder may
carry marks: `district [..2025-06-30]` days, `commune* {indirect}` not named in the text and how surely read,
`osh_lead <ND-129-2025 Điều 45>` another source. Words are understood by themselves or by their labels, tones or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from atvsld.kit.certainty import Certainty
from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.law.programme import Clause, ClauseKind, Holder, Level, Programme, Section
from atvsld.law.programme_cells import Cells, written_holders, written_list
from atvsld.law.programme_check import Surroundings, problems
from atvsld.law.programme_words import Word
from atvsld.law.reading import Label

SECTION = "section"
_SECTION_VI = "muc"
LISTS = ("supporting", "due", "watches", "measures", "evidence", "targets", "carries", "groups", "sectors")
COLUMNS = (
    *("id", "kind", "paragraph", "text", "text_en", "holders"),
    *LISTS,
    *("valid_from", "valid_to", "status", "note"),
)
HEADER = (
    *("id", "level", "title", "title_en", "instrument", "number", "issuer", "issued_on", "valid_from", "valid_to"),
    *("carries_out", "standing", "complete", "status", "note"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The programme read, or None with what is wrong: a plan is taken whole or not at all."""

    programme: Programme | None
    problems: tuple[Problem, ...]


def header_of(programme: Programme) -> dict[str, str]:
    """The header as text, by the names in `HEADER`."""
    return {
        "id": programme.id,
        "level": programme.level.value,
        "title": programme.title.vi,
        "title_en": programme.title.en or "",
        "instrument": programme.instrument or "",
        "number": programme.number,
        "issuer": programme.issuer,
        "issued_on": programme.issued_on.isoformat() if programme.issued_on else "",
        "valid_from": programme.valid_from.isoformat(),
        "valid_to": programme.valid_to.isoformat() if programme.valid_to else "",
        "carries_out": written_list(programme.carries_out),
        "standing": programme.standing or "",
        "complete": "true" if programme.complete else "false",
        "status": programme.status.value,
        "note": programme.note,
    }


def rows_of(programme: Programme) -> list[dict[str, str]]:
    """Headings and clauses as text, by the names in `COLUMNS`, in the order of the plan."""
    found: list[dict[str, str]] = []
    blank = dict.fromkeys(COLUMNS, "")
    for section in programme.sections:
        heading = {"id": section.id, "kind": SECTION, "text": section.title.vi, "text_en": section.title.en or ""}
        count = str(section.paragraphs) if section.paragraphs else ""
        found.append({**blank, **heading, "paragraph": count, "note": section.note})
        found.extend({**blank, **_row(clause)} for clause in section.clauses)
    return found


def _row(clause: Clause) -> dict[str, str]:
    return {
        "id": clause.id,
        "kind": clause.kind.value,
        "paragraph": str(clause.paragraph) if clause.paragraph is not None else "",
        "text": clause.text.vi,
        "text_en": clause.text.en or "",
        "holders": written_holders(clause.holders),
        **{name: written_list(getattr(clause, name)) for name in LISTS},
        "valid_from": clause.valid_from.isoformat() if clause.valid_from else "",
        "valid_to": clause.valid_to.isoformat() if clause.valid_to else "",
        "status": clause.status.value,
        "note": clause.note,
    }


def read_outline(
    header: Mapping[str, str], rows: Sequence[Mapping[str, str]], *, around: Surroundings, first_row: int = 2
) -> Reading:
    """A plan from its header and rows; missing columns count as empty, unknown ones are a problem.

    `first_row` is the number the sender's sheet gives the first row. Without a status the plan is local: made here.
    """
    found = _Reader(around)
    programme = found.programme(header, rows, first_row)
    if not found.problems:
        lines = found.lines
        found.problems.extend(replace(one, row=lines.get(one.value or "")) for one in problems(programme, around))
    ordered = tuple(sorted(found.problems, key=lambda one: one.row or 0))
    return Reading(None if ordered else programme, ordered)


@dataclass
class _Reader:
    around: Surroundings
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def programme(self, header: Mapping[str, str], rows: Sequence[Mapping[str, str]], first_row: int) -> Programme:
        cells = Cells(header, HEADER, None, self.problems)
        words = self.around.words
        status = cells.one_of("status", Certainty, Certainty.LOCAL)
        return Programme(
            id=cells.required("id"),
            level=cells.one_of("level", Level, Level.BODY),
            title=Label(cells.required("title"), cells.text("title_en") or None),
            instrument=cells.text("instrument") or None,
            number=cells.text("number"),
            issuer=cells.word("issuer", words.holders, required=True) or "",
            issued_on=cells.day("issued_on"),
            valid_from=cells.required_day("valid_from"),
            valid_to=cells.day("valid_to"),
            carries_out=cells.listed("carries_out"),
            standing=cells.word("standing", words.holders),
            complete=cells.flag("complete"),
            status=status,
            note=cells.text("note"),
            sections=self._sections(rows, first_row, status),
        )

    def _sections(self, rows: Sequence[Mapping[str, str]], first_row: int, status: Certainty) -> tuple[Section, ...]:
        found: list[Section] = []
        for number, row in enumerate(rows, start=first_row):
            if not any((value or "").strip() for value in row.values()):
                continue
            cells = Cells(row, COLUMNS, number, self.problems)
            self.lines.setdefault(cells.text("id"), number)
            if fold(cells.text("kind")) in (SECTION, _SECTION_VI):
                found.append(self._section(cells))
            elif not found:
                cells.report("heading", "kind", "Nội dung đứng trước mọi mục.", "Thêm một dòng mục ở trên.")
            else:
                last = found[-1]
                found[-1] = replace(last, clauses=(*last.clauses, self._clause(cells, last, status)))
        if not found:
            self.problems.append(Problem("programme.empty", "Không có dòng nào.", "Thêm các mục và nội dung."))
        return tuple(found)

    def _section(self, cells: Cells) -> Section:
        title = Label(cells.required("text"), cells.text("text_en") or None)
        for column in COLUMNS:
            if column not in ("id", "kind", "paragraph", "text", "text_en", "note") and cells.text(column):
                cells.report("heading", column, f"Dòng mục không có “{column}”.", "Chuyển sang dòng nội dung.")
        return Section(cells.required("id"), title, cells.number("paragraph") or 0, (), cells.text("note"))

    def _clause(self, cells: Cells, section: Section, status: Certainty) -> Clause:
        words = self.around.words
        known: Mapping[str, Mapping[str, Word]] = {
            "supporting": words.holders,
            "measures": words.measures,
            "evidence": words.evidence,
            "groups": words.groups,
            "sectors": words.sectors,
        }
        lists = {name: cells.words(name, known[name]) if name in known else cells.listed(name) for name in LISTS}
        holders: tuple[Holder, ...] = cells.holders("holders", words.holders)
        return Clause(
            id=cells.required("id"),
            section=section.id,
            paragraph=cells.number("paragraph"),
            text=Label(cells.required("text"), cells.text("text_en") or None),
            kind=cells.one_of("kind", ClauseKind, None, labels={kind.value: kind.label.vi for kind in ClauseKind}),
            holders=holders,
            valid_from=cells.day("valid_from"),
            valid_to=cells.day("valid_to"),
            status=cells.one_of("status", Certainty, status),
            note=cells.text("note"),
            **lists,
        )
