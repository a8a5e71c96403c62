"""A report as it stands while it is filled in: what was written over what it begins with, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from atvsld.law.forms.arithmetic import settle
from atvsld.law.forms.checks import CheckResult, run_checks
from atvsld.oversight.filing import keys, numbers
from atvsld.oversight.filing.content import Content
from atvsld.oversight.filing.shape import Figures, Shape
from atvsld.oversight.reporting.words import Words

Header = dict[str, str | Decimal | None]


@dataclass(frozen=True, slots=True)
class Written:
    """One thing written into the draft: its text, the reason given with it, who wrote it and when."""

    text: str
    reason: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """A report with everything written, computed and found wrong.

    `texts` is what stands in each place as typed; `figures` is what is read from it, formulas included, by table, row
    and column. `unreadable` texts are no figures. `departures` are the figures that differ from the registers,
    `unexplained` those of them without a reason. `from_registers` names places nobody wrote into.
    """

    shape: Shape
    nil: bool
    texts: Mapping[str, str]
    reasons: Mapping[str, str]
    figures: Figures
    registers: Mapping[str, Decimal | None]
    header: Header
    words: Words
    unreadable: Mapping[str, str]
    departures: tuple[str, ...]
    unexplained: tuple[str, ...]
    checks: tuple[CheckResult, ...]
    explanations: Mapping[str, str]
    from_registers: frozenset[str] = field(default_factory=frozenset)

    @property
    def faults(self) -> tuple[CheckResult, ...]:
        return tuple(check for check in self.checks if not check.ok)

    def explained(self, check: CheckResult) -> bool:
        """Whether a check that does not hold need not stop the report."""
        if check.severity == "explain":
            return bool(self.explanations.get(check.id, "").strip())
        return check.severity == "warn"


def fill(
    shape: Shape,
    *,
    registers: Mapping[str, Decimal | None],
    header: Mapping[str, str | Decimal | None],
    entries: Mapping[str, Written],
    base: Content | None = None,
) -> Filled:
    """Put a report together: what is written stands over what was handed in last, that over the registers.

    Nothing but the arguments and the law enters, so the same entries always make the same report.
    """
    begun = _begin(shape, registers, header, base)
    nil = shape.nil_allowed and (entries[keys.NIL].text == "1" if keys.NIL in entries else bool(base and base.nil))
    texts = begun | {key: entry.text for key, entry in entries.items() if shape.knows(key)}
    reasons = dict(base.reasons) if base else {}
    # A place written anew keeps the reason handed in with it before, until another is given.
    reasons |= {key: entry.reason for key, entry in entries.items() if entry.reason.strip() and shape.knows(key)}
    if nil:
        texts |= {place.key: "0" for place in shape.numbers}
    values, unreadable = _values(shape, texts)
    figures = _shown(shape, settle(shape.form, shape.plan.rows, values, shape.plan.factors))
    filled_header = _header(shape, header, texts, unreadable)
    stated = {key: value for key, value in filled_header.items() if isinstance(value, Decimal)}
    checks = tuple(run_checks(shape.form, figures | _listed(shape, texts, unreadable), stated))
    held = dict(registers) | {
        keys.header(key): value for key, value in header.items() if key in shape.header and isinstance(value, Decimal)
    }
    departures = tuple(_departures(held, texts, unreadable))
    explanations = {
        key.removeprefix("explain:"): text for key, text in texts.items() if key.startswith("explain:") and text.strip()
    }
    if nil and (why := explanations.get("nil")):
        reasons |= {key: reasons.get(key) or why for key in departures}
    return Filled(
        shape=shape,
        nil=nil,
        texts=texts,
        reasons={key: text for key, text in reasons.items() if text.strip() and key in departures},
        figures=figures,
        registers=held,
        header=filled_header,
        words=_words(shape, texts),
        unreadable=unreadable,
        departures=departures,
        unexplained=tuple(key for key in departures if not reasons.get(key, "").strip()),
        checks=checks,
        explanations=explanations,
        from_registers=frozenset(
            key for key in (*shape.places, *map(keys.header, shape.header)) if key not in entries
        ) if base is None else frozenset(),
    )  # fmt: skip


def _begin(
    shape: Shape,
    registers: Mapping[str, Decimal | None],
    header: Mapping[str, str | Decimal | None],
    base: Content | None,
) -> dict[str, str]:
    """The texts a draft begins with: those handed in last, or what the registers hold."""
    found = {key: numbers.typed(value) for key, value in registers.items()}
    for key in shape.header:
        value = header.get(key)
        found[keys.header(key)] = numbers.typed(value) if isinstance(value, Decimal) else value or ""
    if base is None:
        return found
    handed_in = base.texts()
    for key, place in shape.places.items():
        if key in handed_in:
            found[key] = handed_in[key].replace(".", ",") if place.kind == "number" else handed_in[key]
        elif place.kind == "number":
            # A row that held nothing was left out.
            found[key] = "0" if place.counted else ""
    kept = ("section:", "explain:", "header:")
    for key, text in handed_in.items():
        if key not in shape.places and shape.knows(key) and (key.startswith(kept) or "#" in key):
            # Figures of header lines are kept in JSON form, cells of open tables as they were typed.
            in_json = key.startswith("header:") and shape.kind_of(key) == "number"
            found[key] = text.replace(".", ",") if in_json else text
    return found


def _values(shape: Shape, texts: Mapping[str, str]) -> tuple[Figures, dict[str, str]]:
    values: Figures = {table.id: {} for table in shape.form.tables}
    unreadable: dict[str, str] = {}
    for place in shape.places.values():
        cells = values[place.table].setdefault(place.row, {})
        if place.kind == "number":
            cells[place.column] = _number(place.key, texts.get(place.key, ""), unreadable)
    for key, text in texts.items():
        if keys.split_listed(key) and shape.kind_of(key) == "number":
            _number(key, text, unreadable)
    return values, unreadable


def _listed(shape: Shape, texts: Mapping[str, str], unreadable: Mapping[str, str]) -> Figures:
    """The figures of added rows as the checks take them, under keys that begin with `#`."""
    found: Figures = {}
    for key, text in texts.items():
        place = keys.split_listed(key)
        if place and shape.kind_of(key) == "number" and key not in unreadable and text.strip():
            table, row, column = place
            found.setdefault(table, {}).setdefault(f"#{row}", {})[column] = numbers.read(text)
    return found


def _number(key: str, text: str, unreadable: dict[str, str]) -> Decimal | None:
    try:
        return numbers.read(text)
    except numbers.NotANumber:
        unreadable[key] = text
        return None


def _shown(shape: Shape, settled: Figures) -> Figures:
    """Rows of open lists, and those for the unknown, count only when something stands in them."""
    return {
        table: {
            key: cells
            for key, cells in rows.items()
            if shape.rows[table][key].show != "occurring" or any(cells.values())
        }
        for table, rows in settled.items()
    }


def _header(
    shape: Shape, header: Mapping[str, str | Decimal | None], texts: Mapping[str, str], unreadable: dict[str, str]
) -> Header:
    found: Header = {line.key: header.get(line.key) for line in shape.form.header}
    for key in shape.header:
        text = texts.get(keys.header(key), "")
        if shape.kind_of(keys.header(key)) == "number":
            found[key] = _number(keys.header(key), text, unreadable)
        else:
            found[key] = text.strip() or None
    return found


def _departures(
    held: Mapping[str, Decimal | None], texts: Mapping[str, str], unreadable: Mapping[str, str]
) -> list[str]:
    """Places whose figure is not what the registers hold. A text that is no figure is a fault of its own."""
    found = []
    for key, value in held.items():
        if value is None or key in unreadable:
            continue
        if numbers.read(texts.get(key, "")) != value:
            found.append(key)
    return found


def _words(shape: Shape, texts: Mapping[str, str]) -> Words:
    cells = {
        key: texts[key].strip()
        for key, place in shape.places.items()
        if place.kind != "number" and texts.get(key, "").strip()
    }
    rows: dict[str, dict[str, dict[str, str]]] = {table: {} for table in shape.open_tables}
    for key in sorted(texts):
        if (found := keys.split_listed(key)) and texts[key].strip() and found[0] in rows:
            rows[found[0]].setdefault(found[1], {"id": found[1]})[found[2]] = texts[key].strip()
    return Words(
        cells=cells,
        lists={table: tuple(held.values()) for table, held in rows.items() if held},
        sections={
            section.key: texts[keys.section(section.key)].strip()
            for section in shape.form.sections
            if texts.get(keys.section(section.key), "").strip()
        },
        header={
            key: texts[keys.header(key)].strip()
            for key, line in shape.header.items()
            if line.source == "entry" and texts.get(keys.header(key), "").strip()
        },
    )
