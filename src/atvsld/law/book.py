"""The law book: every dated fact of the law that the system relies on, with its source and certainty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import NamedTuple

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import Dated, DatedSeries, NotInForce
from atvsld.kit.periods import Period
from atvsld.law import parameters as values
from atvsld.law.codes import CodeList, CodeLists
from atvsld.law.deadlines import DeadlineRule, read_calendar, read_deadlines
from atvsld.law.errors import LawDataError, UnknownEntry
from atvsld.law.forms.files import read_forms
from atvsld.law.forms.rows import lists_needed
from atvsld.law.forms.spec import FormSpec
from atvsld.law.instruments import Instrument, instrument_at, read_instruments
from atvsld.law.reading import DataFolder
from atvsld.law.targets import Target, read_targets


class Unconfirmed(NamedTuple):
    """An entry that was not read in the official text: what it is and what is open about it."""

    kind: str
    id: str
    label: str
    status: Certainty
    citation: str
    note: str


class LawBook:
    """All law data, read once. Errors in the files are found here, not when a page needs them."""

    def __init__(self, folder: DataFolder) -> None:
        root = folder.read("book.yaml")
        self.checked_on = root.day("checked_on")
        root.done(None)
        self.version = f"{self.checked_on.isoformat()}+{folder.digest}"
        self.instruments: dict[str, Instrument] = read_instruments(folder)
        self.parameters = values.read_parameters(folder)
        self.names = values.read_names(folder)
        self.code_lists = CodeLists(folder)
        self.deadlines: dict[str, DatedSeries[DeadlineRule]] = read_deadlines(folder)
        self.calendar, self.counting = read_calendar(folder)
        self.targets: dict[str, Target] = read_targets(folder)
        self.forms: tuple[FormSpec, ...] = read_forms(folder)
        self._check()

    def as_of(self, day: date) -> LawAt:
        """The law as it stood on a day."""
        return LawAt(self, day)

    def instrument_at(self, instrument_id: str, day: date) -> Instrument:
        """The instrument in force on a day in the line of succession of the one named."""
        return instrument_at(self.instruments, instrument_id, day)

    def code_list(self, name: str, *, on: date) -> CodeList:
        """The version of a code list in force on a day (`UnknownEntry`, `NotInForce`)."""
        return self.code_lists.at(name, on)

    def deadline(self, rule_id: str, *, on: date | None = None) -> DeadlineRule:
        """A deadline rule as of a day, its latest version without one."""
        if rule_id not in self.deadlines:
            raise UnknownEntry(f"Bộ pháp luật không có quy tắc thời hạn “{rule_id}”.")
        series = self.deadlines[rule_id]
        return series.entries[-1].value if on is None else series.at(on).value

    def name_of(self, key_or_text: str, *, on: date) -> str:
        """The name a body bears on a day, by key or by any of its names; other text comes back renamed in place."""
        return values.rename(self.names, key_or_text, on)

    def name_entry(self, key_or_text: str, *, on: date) -> Dated[str]:
        """As `name_of`, with source and certainty; `UnknownEntry` when it is no single known name."""
        return values.name_entry(self.names, key_or_text, on)

    def form(self, code: str, *, on: date | None = None, period: Period | None = None) -> FormSpec:
        """The version of a form for a day, or for a period (its last day decides); the latest without either."""
        versions = [form for form in self.forms if form.code == code]
        if not versions:
            raise UnknownEntry(f"Bộ pháp luật không có biểu mẫu “{code}”.")
        day = period.end if period is not None else on
        if day is None:
            return max(versions, key=lambda form: form.valid_from)
        for form in versions:
            if form.holds_on(day):
                return form.for_period(period) if period is not None else form
        raise NotInForce(f"Biểu mẫu “{code}” không có bản nào có hiệu lực vào ngày {day:%d/%m/%Y}.")

    def lists_for(self, form: FormSpec, period: Period) -> dict[str, CodeList]:
        """The code lists the rows of a form run over, in the versions of the last day of the period."""
        wanted = {row.each for table in form.tables for row in table.rows if row.each}
        return {name: self.code_list(name, on=period.end) for name in sorted(wanted)}

    def unconfirmed(self) -> list[Unconfirmed]:
        """Everything not read in the official text, for the list that officers see."""
        return [entry for entry in self._entries() if entry.status is not Certainty.OFFICIAL]

    def _entries(self) -> Iterator[Unconfirmed]:
        for instrument in self.instruments.values():
            yield Unconfirmed(
                "instrument", instrument.id, instrument.title, instrument.status, instrument.number, instrument.note
            )
        for parameter in self.parameters.values():
            yield from _dated("parameter", parameter.id, parameter.label.vi, parameter.series, parameter.notes)
        for body in self.names.values():
            yield from _dated("name", body.key, body.series.entries[0].value, body.series, body.notes)
        yield from self._code_entries()
        for series in self.deadlines.values():
            for version in series:
                rule = version.value
                yield Unconfirmed("deadline", rule.id, rule.label.vi, rule.status, str(rule.citation), rule.note)
        for how in self.counting.values():
            yield Unconfirmed("counting", how.id, how.label.vi, how.status, str(how.citation), how.note)
        yield from self._target_entries()
        for form in self.forms:
            name = f"{form.code} ({form.valid_from.isoformat()})"
            yield Unconfirmed("form", name, form.title.vi, form.status, str(form.citation), form.status_note)
        from atvsld.law.consolidation_reading import load_consolidations
        from atvsld.law.entitlements import load_rules
        from atvsld.law.investigation import load_investigation_rules
        from atvsld.law.organisation import load_norms
        from atvsld.law.procedure_reading import load_procedure
        from atvsld.law.programme_reading import load_programmes
        from atvsld.law.providers import load_provider_rules
        from atvsld.law.reporting_duties_reading import load_reporting_calendar
        from atvsld.law.worker_groups import load_group_rules

        loaded = (
            load_procedure(),
            load_rules(),
            load_norms(),
            load_provider_rules(),
            load_group_rules(),
            load_investigation_rules(),
            load_reporting_calendar(),
            load_consolidations(),
            load_programmes(),
        )
        for rules in loaded:
            yield from (Unconfirmed(*entry) for entry in rules.entries())

    def _target_entries(self) -> Iterator[Unconfirmed]:
        for target in self.targets.values():
            yield Unconfirmed("target", target.id, target.label.vi, target.status, str(target.citation), target.note)
            if told := target.reported:
                name, source = f"{target.id}:reported", str(target.citation)
                yield Unconfirmed("target", name, target.label.vi, told.status, source, told.note)
            for one in target.published:
                name = f"{target.id}:{one.place}:{one.year}"
                yield Unconfirmed("target", name, one.label.vi, one.status, one.source, "")

    def _code_entries(self) -> Iterator[Unconfirmed]:
        for found in self.code_lists.maps:
            between = f"{found.name} ({found.old_version} → {found.new_version})"
            yield Unconfirmed("code_map", found.name, between, found.status, str(found.citation), found.note)
        for name in self.code_lists.names:
            for codes in self.code_lists.versions(name):
                yield Unconfirmed("code_list", name, codes.title.vi, codes.status, str(codes.citation), codes.note)
                for group in codes.groups:
                    if group.status is not codes.status:
                        group_id = f"{name}:{group.key}"
                        yield Unconfirmed("code", group_id, group.label.vi, group.status, str(codes.citation), "")
                for item in codes.items:
                    if item.status is not codes.status:
                        source = str(codes.citation)
                        yield Unconfirmed("code", f"{name}:{item.code}", item.label_vi, item.status, source, "")

    def _check(self) -> None:
        """Every citation names an instrument of the book; rules and forms point at what exists."""
        for kind, entry, citation in self._citations():
            if citation.instrument not in self.instruments:
                raise LawDataError(kind, entry, f"trích dẫn văn bản chưa khai báo {citation.instrument}")
        for series in self.deadlines.values():
            for version in series:
                for key in (version.value.owner, version.value.recipient):
                    if key and key not in self.names:
                        raise LawDataError("deadlines", series.name, f"không có cơ quan hoặc người {key}")
        for form in self.forms:
            self._check_form(form)

    def _check_form(self, form: FormSpec) -> None:
        file = f"forms/{form.code}/{form.valid_from.isoformat()}.yaml"
        for key in form.recipients:
            if key not in self.names:
                raise LawDataError(file, "recipients", f"không có cơ quan {key}")
        if form.consolidates is not None and all(other.code != form.consolidates for other in self.forms):
            raise LawDataError(file, "consolidates", f"không có biểu mẫu {form.consolidates}")
        if form.deadline is not None and form.deadline not in self.deadlines:
            raise LawDataError(file, "deadline", f"không có quy tắc {form.deadline}")
        for table in form.tables:
            for name in lists_needed(table):
                if not self.code_lists.knows(name):
                    raise LawDataError(file, f"tables.{table.id}", f"không có danh mục {name}")
            for leaf in table.leaf_columns:
                if leaf.formula and leaf.formula.per and leaf.formula.per not in self.parameters:
                    raise LawDataError(file, f"tables.{table.id}.{leaf.key}", f"không có tham số {leaf.formula.per}")

    def _citations(self) -> Iterator[tuple[str, str, Citation]]:
        for parameter in self.parameters.values():
            yield from (("parameters.yaml", parameter.id, entry.citation) for entry in parameter.series)
        for body in self.names.values():
            yield from (("names.yaml", body.key, entry.citation) for entry in body.series)
        for series in self.deadlines.values():
            yield from (("deadlines", series.name, entry.citation) for entry in series)
        yield from (("calendar.yaml", how.id, how.citation) for how in self.counting.values())
        yield from (("targets.yaml", target.id, target.citation) for target in self.targets.values())
        yield from (("forms", form.code, form.citation) for form in self.forms)
        for name in self.code_lists.names:
            yield from (("codes", name, codes.citation) for codes in self.code_lists.versions(name))
        yield from (("code_maps", found.name, found.citation) for found in self.code_lists.maps)


def _dated(
    kind: str, entry_id: str, label: str, series: DatedSeries[str] | DatedSeries[values.Value], notes: dict[date, str]
) -> Iterator[Unconfirmed]:
    for entry in series:
        note = notes.get(entry.valid_from, "")
        span = f"{label} ({entry.value}, từ {entry.valid_from:%d/%m/%Y})"
        yield Unconfirmed(kind, entry_id, span, entry.status, str(entry.citation), note)


@dataclass(frozen=True, slots=True)
class LawAt:
    """The law on one day. A value outside its days raises `NotInForce`; it is never 0 or the nearest value."""

    book: LawBook
    day: date

    def __getitem__(self, parameter_id: str) -> Dated[values.Value]:
        if parameter_id not in self.book.parameters:
            raise UnknownEntry(f"Bộ pháp luật không có tham số “{parameter_id}”.")
        return self.book.parameters[parameter_id].series.at(self.day)

    def number(self, parameter_id: str) -> Decimal:
        """The value of a numeric parameter; TypeError when it is a text."""
        value = self[parameter_id].value
        if not isinstance(value, Decimal):
            raise TypeError(f"Tham số “{parameter_id}” không phải là số.")
        return value

    def deadline(self, rule_id: str) -> DeadlineRule:
        return self.book.deadline(rule_id, on=self.day)

    def code_list(self, name: str) -> CodeList:
        return self.book.code_list(name, on=self.day)

    def name_of(self, key_or_text: str) -> str:
        return self.book.name_of(key_or_text, on=self.day)

    def form(self, code: str) -> FormSpec:
        return self.book.form(code, on=self.day)


@lru_cache(maxsize=4)
def load_book(root: Traversable | None = None) -> LawBook:
    """The law book from the package's data (or another folder), read and checked once.

    `LawDataError` names the file and the entry that is wrong.
    """
    return LawBook(DataFolder(root))
