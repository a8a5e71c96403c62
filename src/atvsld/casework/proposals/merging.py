"""Which proposals say the same: those on one article of one text, in the order they came."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from atvsld.kit.text import fold

# How alike two folded texts without an article must be to be put together; a person may part them again.
ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of one proposal: the text concerned, the article, the wish. `key` gives it back."""

    key: Hashable
    text: str
    article: str
    wish: str


def suggested(said: Iterable[Said]) -> list[list[Hashable]]:
    """Groups of keys, each key in exactly one, groups and keys in the order they came.

    Same text and same article: one group. Without an article, the same text and a wish much alike.
    """
    groups: list[tuple[Said, list[Hashable]]] = []
    for one in said:
        home = next((keys for first, keys in groups if _same(first, one)), None)
        if home is None:
            groups.append((one, [one.key]))
        else:
            home.append(one.key)
    return [keys for _first, keys in groups]


def _same(one: Said, other: Said) -> bool:
    if fold(one.text) != fold(other.text):
        return False
    first, second = _article(one.article), _article(other.article)
    if first or second:
        return first == second
    return SequenceMatcher(None, fold(one.wish), fold(other.wish), autojunk=False).ratio() >= ALIKE


def _article(text: str) -> str:
    """`Khoản 2, Điều 16` and `điều 16 khoản 2` are one article."""
    words = fold(text).replace(",", " ").replace(".", " ").split()
    pairs = sorted(" ".join(words[at : at + 2]) for at in range(0, len(words) - len(words) % 2, 2))
    return " ".join(pairs + words[len(words) - len(words) % 2 :])
