"""Values that hold for a span of days, each with its source; silence outside the span is an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from atvsld.kit.certainty import Certainty, Citation

T = TypeVar("T")


class NotInForce(LookupError):
    """No value is in force on that day. Never answered with zero or with the nearest value."""


@dataclass(frozen=True, slots=True)
class Dated(Generic[T]):
    """One value with the days it holds (`valid_to` inclusive, None = still in force) and its source."""

    valid_from: date
    valid_to: date | None
    value: T
    citation: Citation
    status: Certainty = Certainty.OFFICIAL
    last_checked_on: date | None = None

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError(f"Giá trị từ {self.valid_from} lại hết hiệu lực ngày {self.valid_to}, trước khi bắt đầu")

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class DatedSeries(Generic[T]):
    """The successive values of one named thing; entries may leave gaps but never overlap."""

    def __init__(self, name: str, entries: Iterable[Dated[T]]) -> None:
        """Raise ValueError when two entries hold on the same day."""
        self.name = name
        self.entries: tuple[Dated[T], ...] = tuple(sorted(entries, key=lambda entry: entry.valid_from))
        for earlier, later in zip(self.entries, self.entries[1:], strict=False):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise ValueError(f"{name}: giá trị từ {earlier.valid_from} và từ {later.valid_from} chồng nhau")

    def at(self, day: date) -> Dated[T]:
        """The entry in force on a day; `NotInForce` when there is none."""
        for entry in self.entries:
            if entry.holds_on(day):
                return entry
        raise NotInForce(f"“{self.name}” không có giá trị có hiệu lực vào ngày {day:%d/%m/%Y}.")

    def __iter__(self) -> Iterator[Dated[T]]:
        return iter(self.entries)
