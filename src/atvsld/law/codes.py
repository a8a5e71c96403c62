"""Code lists: the statutory catalogues, each version with its dates, source and known holes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import NotInForce
from atvsld.kit.text import fold
from atvsld.law.code_maps import CodeMap, Conversion, convert, read_maps
from atvsld.law.errors import LawDataError, UnknownEntry
from atvsld.law.reading import DataFolder, Label, Node


@dataclass(frozen=True, slots=True)
class CodeItem:
    """One entry. Codes are text ("0110" is not 110); `level` counts from 1 at the top."""

    code: str
    label_vi: str
    label_en: str | None
    parent: str | None
    level: int
    group: str | None
    status: Certainty


@dataclass(frozen=True, slots=True)
class Group:
    """A heading that gathers items of a list, for instance the causes on the employer's side."""

    key: str
    label: Label
    status: Certainty


@dataclass(frozen=True)
class CodeList:
    """One version of a catalogue, in force from `valid_from` to `valid_to` inclusive.

    `complete` is False when codes are known to be missing. `leaves_only` says that headings are not
    for recording.
    """

    name: str
    title: Label
    version: str
    valid_from: date
    valid_to: date | None
    complete: bool
    leaves_only: bool
    note: str
    citation: Citation
    status: Certainty
    items: tuple[CodeItem, ...]
    groups: tuple[Group, ...] = ()
    _by_code: dict[str, CodeItem] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {item.code: item for item in self.items})

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """All codes in the order of the list."""
        return tuple(item.code for item in self.items)

    @cached_property
    def choices(self) -> tuple[CodeItem, ...]:
        """The items one may record: all, or only those without children when headings are not codes."""
        if not self.leaves_only:
            return self.items
        parents = {item.parent for item in self.items}
        return tuple(item for item in self.items if item.code not in parents)

    @cached_property
    def _recordable(self) -> frozenset[str]:
        return frozenset(item.code for item in self.choices)

    def may_record(self, code: str) -> bool:
        """Whether a record may state the code."""
        return code in self._recordable

    @cached_property
    def _children(self) -> dict[str | None, tuple[CodeItem, ...]]:
        found: dict[str | None, list[CodeItem]] = {}
        for item in self.items:
            found.setdefault(item.parent, []).append(item)
        return {parent: tuple(below) for parent, below in found.items()}

    def get(self, code: str) -> CodeItem | None:
        return self._by_code.get(code)

    def children(self, code: str | None) -> tuple[CodeItem, ...]:
        """Items directly below a code; the top items for None."""
        return self._children.get(code, ())

    def ancestor(self, code: str, level: int) -> CodeItem | None:
        """The item itself or the one above it at a level: the section of an industry, say."""
        item = self._by_code.get(code)
        while item is not None and item.level > level:
            item = self._by_code.get(item.parent or "")
        return item if item is not None and item.level == level else None

    def path(self, code: str) -> tuple[CodeItem, ...]:
        """The items above a code from the top down, the item itself last; empty for an unknown code."""
        found: list[CodeItem] = []
        item = self._by_code.get(code)
        while item is not None:
            found.insert(0, item)
            item = self._by_code.get(item.parent or "")
        return tuple(found)

    @cached_property
    def _folded(self) -> dict[str, str]:
        # A space before every word, so that "ban" finds "bán" and not the middle of "căn bản" alone.
        return {item.code: _words(f"{item.label_vi} {item.label_en or ''}") for item in self.items}

    def search(self, text: str) -> tuple[CodeItem, ...]:
        """Items whose code begins with the text or whose name has words that begin as its words do, tone marks aside.

        `dien` finds `Điện`. Equal codes first, then codes that begin with it, then names that begin with it.
        """
        wanted, words = fold(text), _words(text).split()
        if not words:
            return self.items

        def rank(item: CodeItem) -> int | None:
            code, name = item.code.lower(), self._folded[item.code]
            if code == wanted or code.startswith(wanted):
                return 0 if code == wanted else 1
            if all(f" {word}" in name for word in words):
                return 2 if name.startswith(" " + " ".join(words)) else 3
            return None

        ranked = [(rank(item), item) for item in self.items]
        # Sorting keeps the order of the list among equals.
        found = sorted((pair for pair in ranked if pair[0] is not None), key=lambda pair: pair[0] or 0)
        return tuple(item for _rank, item in found)

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[CodeItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


class CodeLists:
    """All code lists, each file read once."""

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._files: dict[str, list[str]] = {}
        self._read: dict[str, CodeList] = {}
        self._cuts: dict[tuple[str, str], CodeList] = {}
        for file in folder.names("codes"):
            name = file.removeprefix("codes/").removesuffix(".yaml").split("@")[0]
            self._files.setdefault(name, []).append(file)
        series = folder.read("series.yaml")
        self._series = {
            node.text("id"): node.done((node.texts("lists"), node.maybe_number("level")))
            for node in series.nodes("series")
        }
        series.done(None)
        self.maps: tuple[CodeMap, ...] = read_maps(folder)
        self._check_maps()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the lists in files, without the series that run through several of them."""
        return tuple(self._files)

    @property
    def catalogue(self) -> tuple[str, ...]:
        """Each list once: under its own name, or under that of the series it belongs to."""
        whole = {name: lists for name, (lists, level) in self._series.items() if level is None}
        inside = {listed for lists in whole.values() for listed in lists}
        return tuple(sorted((*whole, *(name for name in self._files if name not in inside))))

    def knows(self, name: str) -> bool:
        """Whether there is a list or a series of that name."""
        return name in self._files or name in self._series

    def versions(self, name: str) -> tuple[CodeList, ...]:
        """All versions of a list, oldest first; `UnknownEntry` for an unknown name."""
        if name in self._series:
            lists, level = self._series[name]
            found = [self._cut(name, item, level) for listed in lists for item in self.versions(listed)]
        elif name in self._files:
            found = [self._load(file) for file in self._files[name]]
        else:
            raise UnknownEntry(f"Bộ pháp luật không có danh mục “{name}”.")
        return tuple(sorted(found, key=lambda item: item.valid_from))

    def at(self, name: str, on: date) -> CodeList:
        """The version in force on a day; `NotInForce` when none is."""
        for version in self.versions(name):
            if version.holds_on(on):
                return version
        raise NotInForce(f"Danh mục “{name}” không có bản nào có hiệu lực vào ngày {on:%d/%m/%Y}.")

    def version(self, name: str, version: str) -> CodeList:
        """A version by its own name; old ones stay readable for ever. `UnknownEntry` when the list has none such."""
        for found in self.versions(name):
            if found.version == version:
                return found
        known = ", ".join(item.version for item in self.versions(name))
        raise UnknownEntry(f"Danh mục “{name}” không có bản “{version}”; có các bản: {known}.")

    def map_between(self, name: str, one: str, other: str) -> CodeMap | None:
        """The map between two versions, in whichever direction; None when no source gives one."""
        return next((found for found in self.maps if found.joins(name, one, other)), None)

    def convert(self, name: str, code: str, *, version: str, to: str) -> Conversion:
        """Where a code of one version leads in another; `UnknownEntry` for an unknown list or version."""
        self.version(name, version), self.version(name, to)
        return convert(self.map_between(name, version, to), code, version=version, to=to)

    def _check_maps(self) -> None:
        for found in self.maps:
            old, new = self.version(found.name, found.old_version), self.version(found.name, found.new_version)
            for edge in found.edges:
                # A list whose deeper levels are missing cannot vouch for its codes.
                for codes, code in ((old, edge.old), (new, edge.new)):
                    if codes.complete and code not in codes:
                        raise LawDataError(
                            f"code_maps/{found.name}.yaml", code, f"không có mã này ở bản {codes.version}"
                        )

    def _load(self, file: str) -> CodeList:
        if file not in self._read:
            self._read[file] = _read_list(self._folder, file)
        return self._read[file]

    def _cut(self, name: str, whole: CodeList, level: int | None) -> CodeList:
        """A list under the name of its series, down to a level."""
        if (name, whole.name) not in self._cuts:
            self._cuts[name, whole.name] = CodeList(
                name=name,
                title=whole.title,
                version=whole.version,
                valid_from=whole.valid_from,
                valid_to=whole.valid_to,
                complete=whole.complete,
                leaves_only=whole.leaves_only,
                note=whole.note,
                citation=whole.citation,
                status=whole.status,
                items=tuple(item for item in whole.items if level is None or item.level <= level),
                groups=whole.groups,
            )
        return self._cuts[name, whole.name]


def _words(text: str) -> str:
    """Folded words, each after one space, punctuation dropped."""
    return " " + " ".join(re.findall(r"[^\W_]+", fold(text)))


def _read_list(folder: DataFolder, file: str) -> CodeList:
    root = folder.read(file)
    status = root.status()
    groups = tuple(
        node.done(Group(node.text("id"), node.label("label"), node.status(status))) for node in root.nodes("groups")
    )
    table = root.maybe_text("items_csv")
    items = (
        _csv_items(folder, f"codes/{table}", status) if table else [_item(node, status) for node in root.nodes("items")]
    )
    found: CodeList = root.done(
        CodeList(
            name=root.text("name"),
            title=root.label("title"),
            version=root.text("version"),
            valid_from=root.day("valid_from"),
            valid_to=root.maybe_day("valid_to"),
            complete=root.flag("complete", default=True),
            leaves_only=root.flag("leaves_only", default=False),
            note=root.text("note", ""),
            citation=root.citation(),
            status=status,
            items=tuple(_levelled(root, items)),
            groups=groups,
        )
    )
    _check_list(root, found)
    return found


def _item(node: Node, status: Certainty) -> CodeItem:
    label = node.label("label")
    item: CodeItem = node.done(
        CodeItem(
            code=node.text("code"),
            label_vi=label.vi,
            label_en=label.en,
            parent=node.maybe_text("parent"),
            level=0,
            group=node.maybe_text("group"),
            status=node.status(status),
        )
    )
    return item


def _csv_items(folder: DataFolder, file: str, status: Certainty) -> list[CodeItem]:
    return [
        CodeItem(row["code"], row["label_vi"], row["label_en"] or None, row["parent"] or None, 0, None, status)
        for row in folder.rows(file)
    ]


def _levelled(root: Node, items: Iterable[CodeItem]) -> Iterator[CodeItem]:
    levels: dict[str | None, int] = {None: 0}
    for item in items:
        if item.code in levels:
            raise root.fail(f"mã {item.code} có hai lần")
        if item.parent not in levels:
            raise root.fail(f"mã {item.code} đứng trước hoặc thiếu mã cha {item.parent}")
        levels[item.code] = levels[item.parent] + 1
        yield CodeItem(
            item.code,
            item.label_vi,
            item.label_en,
            item.parent,
            levels[item.code],
            group=item.group,
            status=item.status,
        )


def _check_list(root: Node, found: CodeList) -> None:
    known = {group.key for group in found.groups}
    for item in found.items:
        if item.group is not None and item.group not in known:
            raise root.fail(f"mã {item.code} thuộc nhóm chưa khai báo {item.group}")
        if not item.label_vi:
            raise root.fail(f"mã {item.code} thiếu tên")
    if found.valid_to is not None and found.valid_to < found.valid_from:
        raise root.fail("ngày hết hiệu lực trước ngày có hiệu lực")
