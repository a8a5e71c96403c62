"""Reading data files strictly: every key is known, every value has its type, every error names its place."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml

from atvsld.kit.certainty import Certainty, Citation
from atvsld.law.errors import LawDataError

T = TypeVar("T")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Label:
    """A text in Vietnamese and, where we have one, in English."""

    vi: str
    en: str | None = None

    def to_data(self) -> dict[str, Any]:
        return {"vi": self.vi, "en": self.en} if self.en else {"vi": self.vi}

    def __str__(self) -> str:
        return self.vi


@dataclass(slots=True)
class Node:
    """One mapping of a data file. Values are taken by key; `finish` refuses the keys nobody took."""

    file: str
    path: str
    data: dict[str, Any]
    taken: set[str] = field(default_factory=set)

    def fail(self, problem: str) -> LawDataError:
        return LawDataError(self.file, self.path, problem)

    def has(self, key: str) -> bool:
        return self.data.get(key) is not None

    def raw(self, key: str) -> Any:
        self.taken.add(key)
        return self.data.get(key)

    def _required(self, key: str) -> Any:
        value = self.raw(key)
        if value is None:
            raise self.fail(f"thiếu “{key}”")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        value = self.raw(key)
        if value is None and default is not None:
            return default
        value = self._required(key)
        if not isinstance(value, str):
            raise self.fail(f"“{key}” phải là chữ trong dấu nháy, không phải {value!r}")
        return value.strip()

    def maybe_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else self.raw(key)

    def day(self, key: str) -> date:
        value = self._required(key)
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.fail(f"“{key}” phải là ngày dạng 2024-12-31, không phải {value!r}") from None

    def maybe_day(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else self.raw(key)

    def number(self, key: str) -> int:
        value = self._required(key)
        if type(value) is not int:
            raise self.fail(f"“{key}” phải là số nguyên, không phải {value!r}")
        return value

    def maybe_number(self, key: str) -> int | None:
        return self.number(key) if self.has(key) else self.raw(key)

    def decimal(self, key: str) -> Decimal:
        value = self._required(key)
        try:
            return Decimal(str(value))
        except InvalidOperation:
            raise self.fail(f"“{key}” phải là số, không phải {value!r}") from None

    def flag(self, key: str, default: bool) -> bool:
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise self.fail(f"“{key}” phải là true hoặc false, không phải {value!r}")
        return value

    def one_of(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.fail(f"“{key}” phải là một trong {', '.join(allowed)}; gặp {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.raw(key) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(f"“{key}” phải là danh sách chữ, không phải {value!r}")
        return tuple(value)

    def label(self, key: str) -> Label:
        value = self._required(key)
        if isinstance(value, str):
            return Label(value.strip())
        node = self.node(key)
        return node.done(Label(node.text("vi"), node.maybe_text("en")))

    def node(self, key: str) -> Node:
        return self._child(key, self._required(key))

    def maybe_node(self, key: str) -> Node | None:
        return self.node(key) if self.has(key) else self.raw(key)

    def nodes(self, key: str) -> Iterator[Node]:
        """The mappings of a list; a mapping of mappings gives them with their key as `id`."""
        value = self.raw(key)
        if value is None:
            return
        if isinstance(value, dict):
            for name, item in value.items():
                yield self._child(f"{key}.{name}", {"id": str(name), **item} if isinstance(item, dict) else item)
        elif isinstance(value, list):
            for place, item in enumerate(value, start=1):
                yield self._child(f"{key}[{_name(item) or place}]", item)
        else:
            raise self.fail(f"“{key}” phải là danh sách")

    def filters(self, key: str) -> dict[str, tuple[str, ...]]:
        """A mapping of dimension to the values that pass."""
        node = self.maybe_node(key)
        if node is None:
            return {}
        return node.done({name: node.texts(name) for name in node.data})

    def citation(self, default: Citation | None = None) -> Citation:
        node = self.maybe_node("citation")
        if node is None:
            if default is None:
                raise self.fail("thiếu “citation”")
            return default
        return node.done(Citation(node.text("instrument"), node.text("locator", ""), node.text("note", "")))

    def status(self, default: Certainty | None = None) -> Certainty:
        if default is not None and not self.has("status"):
            self.raw("status")
            return default
        return Certainty(self.one_of("status", [item.value for item in Certainty.of_law()]))

    def done(self, value: T) -> T:
        """The value built from this mapping; fails when a key of it was not used."""
        unknown = sorted(set(self.data) - self.taken)
        if unknown:
            raise self.fail(f"không biết khóa {', '.join(unknown)}")
        return value

    def _child(self, path: str, value: Any) -> Node:
        where = f"{self.path}.{path}".lstrip(".")
        if not isinstance(value, dict):
            raise LawDataError(self.file, where, f"phải là một nhóm khóa–giá trị, không phải {value!r}")
        return Node(self.file, where, value)


def _name(item: Any) -> str:
    if not isinstance(item, dict):
        return ""
    return str(item.get("id") or item.get("key") or item.get("code") or item.get("from") or "")


class DataFolder:
    """The data files of the law book, wherever they lie (source tree, wheel, a test's folder)."""

    def __init__(self, root: Traversable | None = None) -> None:
        self.root = files("atvsld.law") / "data" if root is None else root
        self.contents: dict[str, bytes] = dict(sorted(_walk(self.root, "")))

    @property
    def digest(self) -> str:
        """First 8 hexadecimal digits of a hash over all names and contents."""
        total = hashlib.sha256()
        for name, content in self.contents.items():
            total.update(f"{name}\0{len(content)}\0".encode())
            total.update(content)
        return total.hexdigest()[:8]

    def names(self, folder: str) -> list[str]:
        return [name for name in self.contents if name.startswith(f"{folder}/") and name.endswith(".yaml")]

    def read(self, name: str) -> Node:
        """The mapping in one YAML file."""
        try:
            data = yaml.load(self._bytes(name), Loader=_Loader)  # noqa: S506 - a safe loader, the fast one if present
        except yaml.YAMLError as error:
            raise LawDataError(name, "", f"không đọc được YAML: {error}") from error
        if not isinstance(data, dict):
            raise LawDataError(name, "", "phải là một nhóm khóa–giá trị")
        return Node(name, "", data)

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of one CSV file, all values text."""
        return list(csv.DictReader(io.StringIO(self._bytes(name).decode("utf-8"))))

    def _bytes(self, name: str) -> bytes:
        if name not in self.contents:
            raise LawDataError(name, "", "không có tệp này")
        return self.contents[name]


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".yaml", ".csv")):
            yield f"{prefix}{entry.name}", entry.read_bytes()
