"""Finding the paragraphs of a plan in its plain text, so that none stays without a clause.

Knows the layout Vietnamese plans share: “II. HEADING”, “1. Heading”, dash items, and one unnumbered paragraph where a
heading has no dash items. Text recognised from a page breaks lines anywhere, so only line beginnings are trusted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from atvsld.law.programme import Programme

_ROMAN = re.compile(r"(?P<id>[IVX]+)\. +(?P<title>\w.*)")
_NUMBER = re.compile(r"(?P<id>\d{1,2})\. +(?P<title>\w.*)")
_DASH = re.compile(r"[-–] +(?P<text>.*)")
_CLOSING = "Trên đây là"
_RECIPIENTS = "Nơi nhận"
CLOSING = "end"


@dataclass(slots=True)
class _Heading:
    id: str
    lines: list[str] = field(default_factory=list)
    items: list[list[str]] = field(default_factory=list)


def paragraphs(text: str) -> dict[str, tuple[str, ...]]:
    """Heading id (II, III.4, IV.1; `IV.end` for the closing words) → its paragraphs, line ends joined.

    A heading and a single paragraph under it cannot be told apart in such text: they come as one, the heading first.
    Headings that only hold others are left out. Text before the first heading and after the closing words is not read.
    """
    found: list[_Heading] = []
    roman = ""
    for raw in text.splitlines():
        line = raw.strip()
        if line.startswith(_RECIPIENTS):
            break
        if (match := _ROMAN.fullmatch(line)) and match["title"].isupper():
            roman = match["id"]
            found.append(_Heading(roman))
        elif roman and line.startswith(_CLOSING):
            found.append(_Heading(f"{roman}.{CLOSING}", [line]))
        elif roman and (match := _NUMBER.fullmatch(line)) and _next(found[-1].id, roman, match["id"]):
            found.append(_Heading(f"{roman}.{match['id']}", [match["title"]]))
        elif found and (match := _DASH.fullmatch(line)):
            found[-1].items.append([match["text"]])
        elif found and line and not line.isdigit():
            (found[-1].items[-1] if found[-1].items else found[-1].lines).append(line)
    return {one.id: joined for one in found if (joined := _joined(one))}


def _next(previous: str, roman: str, number: str) -> bool:
    """Whether a number at the beginning of a line continues the headings rather than a sentence."""
    last = previous.rpartition(".")[2] if previous != roman else "0"
    return last.isdigit() and int(number) == int(last) + 1


def _joined(heading: _Heading) -> tuple[str, ...]:
    items = heading.items or ([heading.lines] if heading.lines else [])
    return tuple(" ".join(" ".join(lines).split()) for lines in items)


def differences(programme: Programme, found: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Where the paragraphs counted in a programme's file and those found in its document differ, as sentences."""
    counted = {section.id: section.paragraphs for section in programme.sections if section.paragraphs}
    return [
        f"Mục {section}: tệp ghi {counted.get(section, 0)} đoạn, văn bản có {len(found.get(section, ()))} đoạn."
        for section in {**counted, **found}
        if counted.get(section, 0) != len(found.get(section, ()))
    ]
