"""Amounts, rates and spans that the law fixes for a time, and the names bodies bear for a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from atvsld.kit.dated import Dated, DatedSeries
from atvsld.kit.text import fold
from atvsld.law.errors import UnknownEntry
from atvsld.law.reading import DataFolder, Label, Node

Value = Decimal | str
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A dated value of the law; `unit` says what the number counts (đồng, năm, ratio …)."""

    id: str
    label: Label
    unit: str
    series: DatedSeries[Value]
    notes: dict[date, str]


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body or office under the names it bears over time; `aliases` are further spellings."""

    key: str
    aliases: tuple[str, ...]
    series: DatedSeries[str]
    notes: dict[date, str]

    def spellings(self, on: date) -> set[str]:
        """Names borne up to a day, and the aliases. A later name is no name yet: another body may still bear it."""
        return {entry.value for entry in self.series if entry.valid_from <= on} | set(self.aliases)


def read_parameters(folder: DataFolder) -> dict[str, Parameter]:
    """All parameters by id."""
    root = folder.read("parameters.yaml")
    checked = root.day("checked_on")
    found: dict[str, Parameter] = {}
    for node in root.nodes("parameters"):
        name, label, unit = node.text("id"), node.label("label"), node.text("unit")
        entries, notes = [], {}
        for item in node.nodes("values"):
            value: Value = item.text("text") if item.has("text") else item.decimal("value")
            entries.append(_dated(item, value, checked))
            notes[entries[-1].valid_from] = item.text("note", "")
            item.done(None)
        found[name] = node.done(Parameter(name, label, unit, _series(node, name, entries), notes))
    root.done(None)
    return found


def read_names(folder: DataFolder) -> dict[str, BodyName]:
    """All dated names by key."""
    root = folder.read("names.yaml")
    checked = root.day("checked_on")
    found: dict[str, BodyName] = {}
    for node in root.nodes("names"):
        key = node.text("id")
        entries, notes = [], {}
        for item in node.nodes("values"):
            entries.append(_dated(item, item.text("name"), checked))
            notes[entries[-1].valid_from] = item.text("note", "")
            item.done(None)
        found[key] = node.done(BodyName(key, node.texts("aliases"), _series(node, key, entries), notes))
    root.done(None)
    return found


def name_entry(names: dict[str, BodyName], key_or_text: str, on: date) -> Dated[str]:
    """The dated name of a body, asked by key or by any of its names; `UnknownEntry` otherwise."""
    body = names.get(key_or_text)
    if body is None:
        wanted = fold(key_or_text)
        body = next((b for b in names.values() if any(fold(s) == wanted for s in b.spellings(on))), None)
    if body is None:
        raise UnknownEntry(f"Bộ pháp luật không biết cơ quan “{key_or_text}”.")
    return body.series.at(on)


def rename(names: dict[str, BodyName], key_or_text: str, on: date) -> str:
    """The name in use on a day for a key or a name; inside a longer text every known name is replaced."""
    try:
        return name_entry(names, key_or_text, on).value
    except UnknownEntry:
        pass
    pairs = [
        (spelling, body.series.at(on).value)
        for body in names.values()
        for spelling in body.spellings(on)
        if spelling in key_or_text and any(entry.holds_on(on) for entry in body.series)
    ]
    text = key_or_text
    for number, (spelling, _) in enumerate(sorted(pairs, key=lambda pair: -len(pair[0]))):
        text = text.replace(spelling, f"\0{number}\0")
    for number, (_, current) in enumerate(sorted(pairs, key=lambda pair: -len(pair[0]))):
        text = text.replace(f"\0{number}\0", current)
    return text


def _dated(item: Node, value: V, checked: date) -> Dated[V]:
    return Dated(
        valid_from=item.day("from"),
        valid_to=item.maybe_day("to"),
        value=value,
        citation=item.citation(),
        status=item.status(),
        last_checked_on=checked,
    )


def _series(node: Node, name: str, entries: Iterable[Dated[V]]) -> DatedSeries[V]:
    try:
        return DatedSeries(name, entries)
    except ValueError as error:
        raise node.fail(str(error)) from error
