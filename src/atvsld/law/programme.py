"""Programmes and plans as data: clauses with place, holder, term, measure and evidence, and pure questions to them.

One form serves the national programme, the provincial plan, a body's yearly plan and a company's. A clause's wording is
ours; its place says where to read the document's own. Source: the plan of the province (2024) and those it carries out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from atvsld.kit.certainty import Certainty, Citation
from atvsld.law.errors import UnknownEntry
from atvsld.law.instruments import Instrument
from atvsld.law.programme_words import Counted, Vocabulary
from atvsld.law.reading import Label


class Level(StrEnum):
    """Whose document it is."""

    DIRECTIVE = "directive"
    NATIONAL = "national"
    PARTY = "party"
    PROVINCE = "province"
    BODY = "body"
    ESTABLISHMENT = "establishment"


class ClauseKind(StrEnum):
    """How often a clause is done. A standing one goes on all the time, told of every year; context binds nobody."""

    CONTEXT = "context"
    STANDING = "standing"
    YEARLY = "yearly"
    ONCE = "once"

    @property
    def label(self) -> Label:
        return _KINDS[self]


_KINDS = {
    ClauseKind.CONTEXT: Label("bối cảnh", "context"),
    ClauseKind.STANDING: Label("thường xuyên", "standing"),
    ClauseKind.YEARLY: Label("hằng năm", "yearly"),
    ClauseKind.ONCE: Label("một lần", "once"),
}


def is_part(part: str, whole: str) -> bool:
    """Whether an id lies under another: III.4a1 under III.4a and III.4, but IV.10 not under IV.1."""
    rest = part.removeprefix(whole)
    if len(rest) == len(part):
        return False
    return not rest or rest[0] == "." or rest[0].isdigit() != whole[-1].isdigit()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who answers for a clause on the days given (None: as long as the clause holds), by word of the vocabulary.

    `named` false: the paragraph names nobody, or another body; this system reads it so and the status says how surely.
    `citation` where it rests on another text than the plan.
    """

    word: str
    named: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    status: Certainty = Certainty.OFFICIAL
    citation: Citation | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing a plan asks. `paragraph` counts from 1 under the heading `section`; None where the text was not read.

    `due`: deadline rules of the holder's own terms; `watches`: rules others keep and the holder sees to. `carries`:
    clauses it carries out, of this plan by id or of another as `programme:id`. `status` is that of the facts read.
    """

    id: str
    section: str
    paragraph: int | None
    text: Label
    kind: ClauseKind
    holders: tuple[Holder, ...] = ()
    supporting: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    watches: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    carries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    status: Certainty = Certainty.OFFICIAL
    note: str = ""

    @property
    def binds(self) -> bool:
        return self.kind is not ClauseKind.CONTEXT

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the clauses directly under it; `paragraphs` is how many paragraphs the document has there."""

    id: str
    title: Label
    paragraphs: int
    clauses: tuple[Clause, ...]
    note: str = ""

    @property
    def depth(self) -> int:
        """0 for a heading of the first rank."""
        return self.id.count(".")


@dataclass(frozen=True, slots=True)
class Programme:
    """A plan: header, headings in the order of the document. `issuer` and `standing` are words of the vocabulary.

    `complete`: the whole text was read and every paragraph has a clause. `issued_on` None: not stated in the text read.
    `valid_to` None: no end stated.
    """

    id: str
    level: Level
    title: Label
    instrument: str | None
    number: str
    issuer: str
    issued_on: date | None
    valid_from: date
    valid_to: date | None
    carries_out: tuple[str, ...]
    standing: str | None
    complete: bool
    status: Certainty
    note: str
    sections: tuple[Section, ...]

    @property
    def clauses(self) -> Iterator[Clause]:
        """Every clause in the order of the document."""
        return (clause for section in self.sections for clause in section.clauses)

    def section(self, section_id: str) -> Section:
        """A heading by id; `UnknownEntry` when there is none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise UnknownEntry(f"{self.id} không có mục “{section_id}”.")

    def clause(self, clause_id: str) -> Clause:
        """A clause by its whole id; `UnknownEntry` when there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        raise UnknownEntry(f"{self.id} không có nội dung “{clause_id}”.")

    def under(self, any_id: str) -> tuple[Clause, ...]:
        """The clauses under a heading or a shorter id: IV.1 gives IV.1.1a …; `UnknownEntry` when there are none."""
        found = tuple(clause for clause in self.clauses if is_part(clause.id, any_id))
        if not found:
            raise UnknownEntry(f"{self.id} không có mục hay nội dung “{any_id}”.")
        return found

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def place(self, clause: Clause) -> Label:
        """Where to read the document's own words."""
        section = self.section(clause.section)
        if clause.paragraph is None:
            return Label(f"Mục {section.id}", f"Section {section.id}")
        if section.paragraphs == 1:
            return Label(f"Mục {section.id}, đoạn duy nhất", f"Section {section.id}, its only paragraph")
        return Label(
            f"Mục {section.id}, đoạn thứ {clause.paragraph}", f"Section {section.id}, paragraph {clause.paragraph}"
        )

    def citation(self, clause: Clause) -> Citation:
        """The clause as a citation; the plan's own id stands for an instrument the law book does not hold."""
        return Citation(self.instrument or self.id, self.place(clause).vi)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A clause that reaches somebody: leading (`holder` given) or supporting, by which word."""

    clause: Clause
    word: str
    holder: Holder | None

    @property
    def leads(self) -> bool:
        return self.holder is not None


@dataclass(frozen=True, slots=True)
class Needs:
    """What a clause expects as proof: records of registers at work, of registers to be built, and files."""

    records: tuple[Counted, ...]
    later: tuple[Counted, ...]
    files: tuple[Counted, ...]


def assignments(programme: Programme, *asked: str, on: date, words: Vocabulary) -> list[Assignment]:
    """What somebody with one or several functions leads or supports on a day, each clause once, in the plan's order.

    Who leads by one function and supports by another leads. Nothing on a day the plan does not hold; `UnknownEntry` for
    a word that is none.
    """
    for word in asked:
        words.holder(word)
    found: list[Assignment] = []
    if not programme.holds_on(on):
        return found
    for clause in programme.clauses:
        if not clause.holds_on(on) or not clause.binds:
            continue
        leading = [one for one in clause.holders if one.holds_on(on) and _reaches(one.word, asked, words)]
        if leading:
            found.append(Assignment(clause, leading[0].word, leading[0]))
        elif by := next((one for one in clause.supporting if _reaches(one, asked, words)), None):
            found.append(Assignment(clause, by, None))
    return found


def _reaches(word: str, asked: Collection[str], words: Vocabulary) -> bool:
    return any(words.stands_for(word, one) for one in asked)


def unheld(programme: Programme, on: date) -> list[Clause]:
    """Binding clauses nobody answers for on a day."""
    return [
        clause
        for clause in programme.clauses
        if clause.binds and clause.holds_on(on) and not any(holder.holds_on(on) for holder in clause.holders)
    ]


def for_target(programme: Programme, target: str) -> list[Clause]:
    """The clauses bound to a target of the law book, and those that carry one of them out, directly or in turn."""
    found = {clause.id for clause in programme.clauses if target in clause.targets}
    grown = True
    while grown:
        more = {
            clause.id
            for clause in programme.clauses
            if any(is_part(one, split_reference(ref, programme.id)[1]) for ref in clause.carries for one in found)
        }
        grown = not more <= found
        found |= more
    return [clause for clause in programme.clauses if clause.id in found]


def for_register(programme: Programme, register: str, *, words: Vocabulary) -> list[Clause]:
    """The clauses records of a register could prove or count; `UnknownEntry` for a word that is no register."""
    words.register(register)
    return [
        clause
        for clause in programme.clauses
        if any(words.evidence[one].register == register for one in clause.evidence)
        or any(words.measures[one].register == register for one in clause.measures)
    ]


def needs(clause: Clause, *, words: Vocabulary) -> Needs:
    """What could prove a clause."""
    kinds = [words.evidence[one] for one in clause.evidence]
    return Needs(
        records=tuple(one for one in kinds if one.register and words.registers[one.register].exists),
        later=tuple(one for one in kinds if one.register and not words.registers[one.register].exists),
        files=tuple(one for one in kinds if one.register is None),
    )


@dataclass(frozen=True)
class Programmes:
    """All programmes of the law book with their words and the instruments they cite."""

    words: Vocabulary
    instruments: Mapping[str, Instrument]
    by_id: Mapping[str, Programme]

    def __getitem__(self, programme_id: str) -> Programme:
        """A programme by id; `UnknownEntry` names those there are."""
        if programme_id not in self.by_id:
            raise UnknownEntry(f"Không có chương trình, kế hoạch “{programme_id}”. Có: {', '.join(self.by_id)}.")
        return self.by_id[programme_id]

    def chain(self, programme_id: str) -> tuple[Programme, ...]:
        """What a programme carries out, from the first document down to itself, each once."""
        found: dict[str, Programme] = {}

        def visit(one: Programme) -> None:
            for above in one.carries_out:
                if above not in found:
                    visit(self[above])
            found[one.id] = one

        visit(self[programme_id])
        return tuple(found.values())

    def carried_by(self, programme_id: str, clause_id: str) -> tuple[tuple[Programme, Clause], ...]:
        """The clauses, of this plan and of those below it, that carry a clause (or anything under its id) out."""
        return tuple(
            (one, clause)
            for one in self.by_id.values()
            for clause in one.clauses
            for ref in clause.carries
            if (where := split_reference(ref, one.id))[0] == programme_id and is_part(where[1], clause_id)
        )

    def entries(self) -> Iterator[tuple[str, str, str, Certainty, str, str]]:
        """Kind, id, label, status, citation, note of everything, for the list of what is not confirmed."""
        for one in self.by_id.values():
            source = one.instrument or one.id
            yield "programme", one.id, one.title.vi, one.status, source, one.note
            for clause in one.clauses:
                cited = str(one.citation(clause))
                if clause.status is not one.status:
                    yield "programme_clause", f"{one.id}:{clause.id}", clause.text.vi, clause.status, cited, clause.note
                for holder in clause.holders:
                    label = f"{clause.text.vi} – giao cho: {self.words.holders[holder.word].label.vi}"
                    note = clause.note or one.section(clause.section).note
                    basis = str(holder.citation) if holder.citation else cited
                    yield "programme_holder", f"{one.id}:{clause.id}", label, holder.status, basis, note


def split_reference(reference: str, here: str) -> tuple[str, str]:
    """Programme and clause id of a reference; one without a programme is of the plan it stands in."""
    programme, colon, clause = reference.rpartition(":")
    return (programme, clause) if colon else (here, reference)
