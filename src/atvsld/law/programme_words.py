"""The words programmes speak in: who may hold a clause, what is counted, what proves it, whom and what it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atvsld.kit.text import fold
from atvsld.law.errors import UnknownEntry
from atvsld.law.reading import DataFolder, Label, Node
from atvsld.law.worker_groups import WorkerGroup


@dataclass(frozen=True, slots=True)
class HolderWord:
    """A function of state management, or a class: several functions (`includes`), or holders outside the bodies."""

    word: str
    label: Label
    function: bool
    includes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterWord:
    """A register that may prove a clause; `room` is where it lies in this system, empty while it is to be built."""

    word: str
    label: Label
    room: str

    @property
    def exists(self) -> bool:
        return bool(self.room)


@dataclass(frozen=True, slots=True)
class Counted:
    """A measure or a kind of evidence. Without a register it is written by hand, or a file laid beside the report."""

    word: str
    label: Label
    register: str | None


@dataclass(frozen=True, slots=True)
class Plain:
    """A group of people or a branch a clause names."""

    word: str
    label: Label


Word = HolderWord | Counted | Plain


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word by kind."""

    holders: Mapping[str, HolderWord]
    registers: Mapping[str, RegisterWord]
    measures: Mapping[str, Counted]
    evidence: Mapping[str, Counted]
    groups: Mapping[str, Plain]
    sectors: Mapping[str, Plain]

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions of state management, in the order of the list."""
        return tuple(word for word, held in self.holders.items() if held.function)

    def holder(self, word: str) -> HolderWord:
        """A holder; `UnknownEntry` names those there are."""
        if word not in self.holders:
            raise UnknownEntry(f"Không có chức năng hay loại đơn vị “{word}”. Có: {', '.join(self.holders)}.")
        return self.holders[word]

    def stands_for(self, word: str, asked: str) -> bool:
        """Whether a clause given to `word` reaches whoever is `asked`: the same word, or a class that includes it."""
        return word == asked or asked in self.holders[word].includes

    def register(self, word: str) -> RegisterWord:
        """A register; `UnknownEntry` names those there are."""
        if word not in self.registers:
            raise UnknownEntry(f"Không có sổ “{word}”. Có: {', '.join(self.registers)}.")
        return self.registers[word]


def word_of(text: str, words: Mapping[str, Word]) -> str | None:
    """The word written as itself or as its label, with or without tone marks; None when it is neither."""
    if text in words:
        return text
    wanted = fold(text)
    return next(
        (word for word, held in words.items() if wanted in (fold(held.label.vi), fold(held.label.en or ""))), None
    )


def read_vocabulary(folder: DataFolder) -> Vocabulary:
    """The words of `words.yaml`; `LawDataError` names the entry that is wrong."""
    root = folder.read("words.yaml")
    root.day("checked_on")
    holders = {word: HolderWord(word, label, function=True) for word, label in _labels(root.node("functions"))}
    for node in root.nodes("classes"):
        word, includes = node.text("id"), node.texts("includes")
        if word in holders or not set(includes) <= set(holders):
            raise node.fail("trùng một chức năng, hoặc “includes” có chữ không phải chức năng")
        holders[word] = node.done(HolderWord(word, node.label("label"), function=False, includes=includes))
    registers = {
        node.text("id"): node.done(RegisterWord(node.text("id"), node.label("label"), node.text("room", "")))
        for node in root.nodes("registers")
    }
    groups = dict(_group(node) for node in root.nodes("groups"))
    if missing := sorted({group.value for group in WorkerGroup} - set(groups)):
        raise root.fail(f"“groups” thiếu {', '.join(missing)}")
    return root.done(
        Vocabulary(
            holders=holders,
            registers=registers,
            measures=_counted(root.nodes("measures"), registers),
            evidence=_counted(root.nodes("evidence"), registers),
            groups=groups,
            sectors={word: Plain(word, label) for word, label in _labels(root.node("sectors"))},
        )
    )


def _labels(node: Node) -> list[tuple[str, Label]]:
    return node.done([(word, node.label(word)) for word in node.data])


def _group(node: Node) -> tuple[str, Plain]:
    word, protected = node.text("id"), node.flag("protected", default=False)
    if protected != (word in list(WorkerGroup)):
        raise node.fail("“protected” phải đúng với danh sách nhóm lao động đặc thù")
    return word, node.done(Plain(word, node.label("label")))


def _counted(nodes: Iterable[Node], registers: Mapping[str, RegisterWord]) -> dict[str, Counted]:
    found = {}
    for node in nodes:
        register = node.one_of("register", list(registers)) if node.has("register") else None
        found[node.text("id")] = node.done(Counted(node.text("id"), node.label("label"), register))
    return found
