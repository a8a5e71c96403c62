"""Figures in a sentence stand as marks (`{f1}`), so that no number of a report is ever typed. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MARK = re.compile(r"\{(f\d{1,3})\}")
_BRACE = re.compile(r"[{}]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence: plain text, or the figure of a mark (then `mark` is filled)."""

    text: str
    mark: str = ""


def marks_of(text: str) -> list[str]:
    """The marks of a text in the order they first stand, each once."""
    return list(dict.fromkeys(MARK.findall(text)))


def broken(text: str) -> bool:
    """Whether a brace stands that belongs to no mark."""
    return bool(_BRACE.search(MARK.sub("", text)))


def next_mark(taken: Iterator[str] | list[str]) -> str:
    """A mark not yet taken in a sentence."""
    numbers = [int(mark[1:]) for mark in taken]
    return f"f{max(numbers, default=0) + 1}"


def parts(text: str, shown: Callable[[str], str | None]) -> list[Part]:
    """A text cut at its marks; `shown` gives how a figure prints, None for a mark that stands for nothing."""
    found: list[Part] = []
    at = 0
    for hit in MARK.finditer(text):
        if hit.start() > at:
            found.append(Part(text[at : hit.start()]))
        value = shown(hit[1])
        found.append(Part(hit[0]) if value is None else Part(value, hit[1]))
        at = hit.end()
    if at < len(text):
        found.append(Part(text[at:]))
    return found


def filled(text: str, shown: Callable[[str], str | None]) -> str:
    """A text as it prints."""
    return "".join(part.text for part in parts(text, shown))
