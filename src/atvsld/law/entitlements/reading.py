"""Reading the entitlement data; a mistake stops loading with its file and entry."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from atvsld.kit.certainty import Citation
from atvsld.kit.dated import Dated, DatedSeries
from atvsld.law.entitlements.spec import (
    Band,
    Base,
    EntitlementKind,
    EntitlementRules,
    Provision,
    Rule,
    Share,
    Step,
    YearsScale,
)
from atvsld.law.instruments import read_instruments
from atvsld.law.reading import DataFolder, Node

T = TypeVar("T")


@lru_cache(maxsize=4)
def load_rules(root: Traversable | None = None) -> EntitlementRules:
    """The entitlement rules from the package's data (or another folder), read and checked once."""
    folder = DataFolder(files("atvsld.law") / "data" / "entitlements" if root is None else root)
    return EntitlementRules(_read_rules(folder), _read_provisions(folder), read_instruments(folder))


def _read_rules(folder: DataFolder) -> dict[EntitlementKind, DatedSeries[Rule]]:
    root = folder.read("rules.yaml")
    checked = root.day("checked_on")
    found: dict[EntitlementKind, DatedSeries[Rule]] = {}
    for node in root.nodes("entitlements"):
        kind = EntitlementKind(node.one_of("id", [kind.value for kind in EntitlementKind]))
        head = _Head(node)
        versions = []
        for item in node.nodes("versions"):
            rule = head.rule(kind, item)
            versions.append(
                Dated(item.day("from"), item.maybe_day("to"), rule, rule.citations[0], rule.status, checked)
            )
            item.done(None)
        found[kind] = node.done(_series(node, kind.value, versions))
    root.done(None)
    if missing := set(EntitlementKind) - set(found):
        raise root.fail(f"thiếu chế độ {', '.join(sorted(missing))}")
    return found


class _Head:
    """What all versions of an entitlement share."""

    def __init__(self, node: Node) -> None:
        self.label = node.label("label")
        self.payer = node.one_of("payer", ["employer", "fund", "school"])
        self.pays = node.one_of("pays", ["once", "monthly"])
        self.minimum = node.flag("minimum", default=False)
        self.base = Base(node.one_of("base", [base.value for base in Base]))
        self.letter, self.day = node.text("letter"), node.text("day")

    def rule(self, kind: EntitlementKind, item: Node) -> Rule:
        steps = tuple(_step(step) for step in item.nodes("steps"))
        _in_order(item, [(step.first, step.last) for step in steps])
        citations = tuple(_citation(node) for node in item.nodes("citations"))
        if not citations:
            raise item.fail("thiếu “citations”")
        rule = Rule(
            kind=kind,
            label=self.label,
            payer=self.payer,
            pays=self.pays,
            minimum=self.minimum,
            base=self.base,
            letter=self.letter,
            day=self.day,
            steps=steps,
            death=item.decimal("death") if item.has("death") else None,
            share=_share(item),
            years=_years(item),
            citations=citations,
            status=item.status(),
            note=item.text("note", ""),
        )
        if (rule.share is None) == (not steps and rule.death is None):
            raise item.fail("cần hoặc “share”, hoặc “steps” hay “death”")
        return rule


def _share(item: Node) -> Share | None:
    node = item.maybe_node("share")
    if node is None:
        return None
    of = EntitlementKind(node.one_of("of", [kind.value for kind in EntitlementKind]))
    return node.done(Share(of, node.decimal("factor")))


def _years(item: Node) -> YearsScale | None:
    node = item.maybe_node("years")
    return None if node is None else node.done(YearsScale(node.decimal("first"), node.decimal("each")))


def _step(node: Node) -> Step:
    each = node.decimal("each") if node.has("each") else Decimal(0)
    beyond = node.number("beyond") if each else 0
    status = node.status() if node.has("status") else None
    first, last = node.number("from"), node.number("to")
    return node.done(Step(first, last, node.decimal("fixed"), beyond, each, status, node.text("note", "")))


def _read_provisions(folder: DataFolder) -> dict[str, DatedSeries[Provision]]:
    root = folder.read("provisions.yaml")
    checked = root.day("checked_on")
    found: dict[str, DatedSeries[Provision]] = {}
    for node in root.nodes("provisions"):
        name, label = node.text("id"), node.label("label")
        versions = []
        for item in node.nodes("versions"):
            bands = tuple(_band(band) for band in item.nodes("bands"))
            _in_order(item, [(band.first, band.last) for band in bands])
            value = item.decimal("value") if item.has("value") else None
            citation, status = item.citation(), item.status()
            provision = Provision(name, label, value, bands, citation, status, item.text("note", ""))
            versions.append(Dated(item.day("from"), item.maybe_day("to"), provision, citation, status, checked))
            item.done(None)
        found[name] = node.done(_series(node, name, versions))
    root.done(None)
    return found


def _band(node: Node) -> Band:
    return node.done(Band(node.number("from"), node.number("to"), node.decimal("multiple")))


def _in_order(item: Node, spans: list[tuple[int, int]]) -> None:
    """Spans of impairment follow each other without gap, so that no percentage is forgotten."""
    for place, (first, last) in enumerate(spans):
        if not 0 < first <= last <= 100 or (place and first != spans[place - 1][1] + 1):
            raise item.fail(f"khoảng từ {first} đến {last} % không nối tiếp khoảng trước hoặc ngoài 1–100 %")


def _citation(node: Node) -> Citation:
    return node.done(Citation(node.text("instrument"), node.text("locator"), node.text("note", "")))


def _series(node: Node, name: str, entries: Iterable[Dated[T]]) -> DatedSeries[T]:
    try:
        return DatedSeries(name, entries)
    except ValueError as error:
        raise node.fail(str(error)) from error
