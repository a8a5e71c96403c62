"""Reading the procedure of accidents from its file, strictly: every stage, step, word and rule named exists."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from atvsld.kit.dated import Dated, DatedSeries
from atvsld.law.book import load_book
from atvsld.law.procedure import (
    BACK,
    ENTRY,
    SAME,
    WORDS,
    ActNeed,
    ClockRule,
    Confirmation,
    Level,
    LevelRule,
    Office,
    PaperNeed,
    Procedure,
    ProofPaper,
    Provision,
    SpecialField,
    Stage,
    Step,
)
from atvsld.law.reading import DataFolder, Node

E = TypeVar("E", Level, Office)


@lru_cache(maxsize=4)
def load_procedure(root: Traversable | None = None) -> Procedure:
    """The procedure from the package's data (or another folder), read and checked once.

    `LawDataError` names the file and the entry that is wrong: an unknown stage, step, word, deadline rule or
    instrument.
    """
    folder = DataFolder(files("atvsld.law") / "data" / "procedures" if root is None else root)
    file = folder.read("accident.yaml")
    checked = file.day("checked_on")
    stages = {}
    for node in file.nodes("stages"):
        kind = node.one_of("kind", ["open", "suspended", "track", "ended"])
        stage = node.done(Stage(node.text("id"), node.label("label"), kind))
        stages[stage.id] = stage
    levels = {}
    for node in file.nodes("levels"):
        rule = _level(node, checked)
        levels[rule.id] = rule
    steps = {}
    for node in file.nodes("steps"):
        step = _step(node, checked, stages)
        steps[step.id] = step
    investigation = frozenset(file.texts("investigation"))
    clocks = tuple(_clock(node, investigation) for node in file.nodes("clocks"))
    path = file.node("paths")
    paths = path.done({Level(name): path.texts(name) for name in path.data})
    fields = {}
    for node in file.nodes("special_fields"):
        field = SpecialField(
            node.text("id"), node.label("label"), node.label("authority"), node.citation(), node.status()
        )
        fields[field.id] = node.done(field)
    found = Procedure(
        levels=levels, stages=stages, steps=steps, clocks=clocks, paths=paths, special_fields=fields,
        confirmations=tuple(_confirmation(node) for node in file.nodes("confirmations")),
    )  # fmt: skip
    _check(file, found, investigation)
    return file.done(found)


def _level(node: Node, checked: date) -> LevelRule:
    acts = [
        item.done(
            ActNeed(item.text("step"), _words(item, "when"), _words(item, "unless"), item.maybe_day("to"))
        )
        for item in node.nodes("acts")
    ]  # fmt: skip
    papers = [
        item.done(
            PaperNeed(
                item.label("label"), item.maybe_text("form"), item.citation(), item.status(), item.text("note", "")
            )
        )
        for item in node.nodes("papers")
    ]
    return node.done(
        LevelRule(
            id=Level(node.one_of("id", [level.value for level in Level])),
            label=node.label("label"),
            who=node.label("who"),
            entry=node.text("entry"),
            received=node.text("received"),
            offices=_enums(node, "offices", Office),
            provisions=_provisions(node, checked),
            acts=tuple(acts),
            papers=tuple(papers),
        )
    )


def _step(node: Node, checked: date, stages: dict[str, Stage]) -> Step:
    return node.done(
        Step(
            id=node.text("id"),
            label=node.label("label"),
            sources=frozenset(node.texts("from")),
            to=node.one_of("to", [SAME, ENTRY, BACK, *stages]),
            levels=_enums(node, "levels", Level),
            also=_enums(node, "also", Office),
            only=_enums(node, "only", Office),
            after=node.texts("after"),
            when=_words(node, "when"),
            unless=_words(node, "unless"),
            facts=node.texts("facts"),
            marks=node.text("marks", ""),
            reason=node.flag("reason", default=False),
            once=node.flag("once", default=False),
            raises=node.flag("raises", default=False),
            provisions=_provisions(node, checked),
        )
    )


def _confirmation(node: Node) -> Confirmation:
    papers = tuple(
        item.done(ProofPaper(item.text("id"), item.label("label"), item.citation(), item.status()))
        for item in node.nodes("any_of")
    )
    return node.done(
        Confirmation(
            node.text("id"), node.label("label"), node.text("before"), _words(node, "when"), node.citation(),
            node.status(), papers,
        )
    )  # fmt: skip


def _clock(node: Node, investigation: frozenset[str]) -> ClockRule:
    stages = frozenset() if not node.has("stages") else investigation
    if node.has("stages"):
        node.one_of("stages", ["investigation"])
    return node.done(
        ClockRule(
            rule=node.text("rule"),
            levels=_enums(node, "levels", Level),
            stages=stages,
            when=_words(node, "when"),
            unless=_words(node, "unless"),
            since=node.text("since"),
            until=node.texts("until"),
            window=node.flag("window", default=False),
        )
    )


def _provisions(node: Node, checked: date) -> DatedSeries[Provision]:
    entries = [
        item.done(
            Dated(
                item.day("from"), item.maybe_day("to"), Provision(item.text("note", "")), item.citation(),
                item.status(), checked,
            )
        )
        for item in node.nodes("provisions")
    ]  # fmt: skip
    try:
        return DatedSeries(node.text("id"), entries)
    except ValueError as error:
        raise node.fail(str(error)) from error


def _words(node: Node, key: str) -> frozenset[str]:
    words = frozenset(node.texts(key))
    if unknown := words - WORDS:
        raise node.fail(f"“{key}” không biết từ {', '.join(sorted(unknown))}")
    return words


def _enums(node: Node, key: str, kind: type[E]) -> frozenset[E]:
    try:
        return frozenset(kind(value) for value in node.texts(key))
    except ValueError as error:
        raise node.fail(str(error)) from None


def _check(file: Node, found: Procedure, investigation: frozenset[str]) -> None:
    """Everything named by another entry exists."""
    book = load_book()
    named = [stage for step in found.steps.values() for stage in step.sources]
    named += [stage for path in found.paths.values() for stage in path] + [rule.entry for rule in found.levels.values()]
    if unknown := {*named, *investigation} - set(found.stages):
        raise file.fail(f"không có giai đoạn {', '.join(sorted(unknown))}")
    wanted = [name for step in found.steps.values() for name in step.after]
    wanted += [need.step for rule in found.levels.values() for need in rule.acts]
    wanted += [name.partition(":")[0] for clock in found.clocks for name in clock.until]
    wanted += [need.before for need in found.confirmations]
    if unknown := set(wanted) - set(found.steps):
        raise file.fail(f"không có bước {', '.join(sorted(unknown))}")
    if unknown := {clock.rule for clock in found.clocks} - set(book.deadlines):
        raise file.fail(f"không có quy tắc thời hạn {', '.join(sorted(unknown))}")
    series = [entry for rule in found.levels.values() for entry in rule.provisions]
    series += [entry for step in found.steps.values() for entry in step.provisions]
    cited = {entry.citation.instrument for entry in series}
    cited |= {paper.citation.instrument for rule in found.levels.values() for paper in rule.papers}
    cited |= {field.citation.instrument for field in found.special_fields.values()}
    cited |= {need.citation.instrument for need in found.confirmations}
    cited |= {paper.citation.instrument for need in found.confirmations for paper in need.any_of}
    if unknown := cited - set(book.instruments):
        raise file.fail(f"trích dẫn văn bản chưa khai báo {', '.join(sorted(unknown))}")
