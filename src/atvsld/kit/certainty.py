"""How sure we are of a statement of law, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """Whether a value was read in the legal text itself, second-hand, or is not yet confirmed.

    `LOCAL` is nothing of the law at all: a form people of this province made for themselves.
    """

    OFFICIAL = "official"
    LOCAL = "local"
    INDIRECT = "indirect"
    PROVISIONAL = "provisional"

    @classmethod
    def of_law(cls) -> tuple[Certainty, ...]:
        """The marks a statement of law may bear, the surest first."""
        return (cls.OFFICIAL, cls.INDIRECT, cls.PROVISIONAL)

    @property
    def label_vi(self) -> str:
        return _LABELS[self][0]

    @property
    def label_en(self) -> str:
        return _LABELS[self][1]


_LABELS: dict[Certainty, tuple[str, str]] = {
    Certainty.OFFICIAL: ("Theo văn bản gốc", "Read in the official text"),
    Certainty.LOCAL: ("Tự soạn, không phải biểu mẫu của văn bản pháp luật", "Composed here, no form of the law"),
    Certainty.INDIRECT: ("Đọc gián tiếp, chưa đối chiếu bản gốc", "Read indirectly, not yet checked"),
    Certainty.PROVISIONAL: ("Tạm dùng, chưa được xác nhận", "Provisional, not confirmed"),
}
_ORDER = (Certainty.OFFICIAL, Certainty.LOCAL, Certainty.INDIRECT, Certainty.PROVISIONAL)


def worst(statuses: Iterable[Certainty]) -> Certainty:
    """The least certain of several statuses; `OFFICIAL` for none, since nothing casts doubt."""
    return max(statuses, key=_ORDER.index, default=Certainty.OFFICIAL)


@dataclass(frozen=True, slots=True)
class Citation:
    """A place in a legal text: the instrument's id in the law book and the article within it."""

    instrument: str
    locator: str = ""
    note: str = ""

    def __str__(self) -> str:
        return f"{self.instrument} {self.locator}".strip()
