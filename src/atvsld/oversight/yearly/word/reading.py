"""A report's Word file read back: sentences by the tags of their content controls, figures as marks. Pure.

The tags are those `document.tag_of` and `document.figure_tag` write: `s:<sentence>:<version>`, `f:<sentence>:<mark>`.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from atvsld.documents.docx_sentence import FLAG

# Larger than any report; a package that unpacks to more is no report.
MOST_UNPACKED = 80_000_000


class NotWord(ValueError):
    """The content is no Word file that can be read."""


@dataclass(frozen=True, slots=True)
class FigureRead:
    """A figure's control: of which sentence and mark it is, and what stands in it now."""

    sentence: str
    mark: str
    text: str


@dataclass(slots=True)
class SentenceRead:
    """A sentence's control. `text` holds its own figures as marks; others' stand in `figures` too."""

    id: str
    version: int
    text: str = ""
    figures: list[FigureRead] = field(default_factory=list)


@dataclass(slots=True)
class Read:
    """All sentences in order; `loose`: paragraphs between them that belong to none, after which sentence.

    `others`: every paragraph outside the sentences, headings too.
    """

    sentences: list[SentenceRead] = field(default_factory=list)
    loose: list[tuple[str, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def read(content: bytes) -> Read:
    """The sentences of a Word file. `NotWord` for what cannot be opened."""
    body = _body(content)
    found = Read()
    for part in body:
        if part.tag == qn("w:sdt") and _tag(part).startswith("s:"):
            found.sentences.append(_sentence(part))
        elif part.tag == qn("w:p"):
            text = " ".join(_plain(part).split())
            found.others.append(text)
            if text and found.sentences and not _styled(part):
                found.loose.append((found.sentences[-1].id, text))
        else:
            # A sentence that Word moved into another control or into a table still counts as one.
            found.sentences += [_sentence(one) for one in part.iter(qn("w:sdt")) if _tag(one).startswith("s:")]
    return found


def _body(content: bytes) -> Any:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            if sum(one.file_size for one in package.infolist()) > MOST_UNPACKED:
                raise NotWord("package")
        return docx.Document(io.BytesIO(content)).element.body
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise NotWord(str(error)) from error


def _sentence(control: Any) -> SentenceRead:
    _s, key, version = (*_tag(control).split(":"), "", "")[:3]
    made = SentenceRead(key, int(version) if version.isascii() and version.isdecimal() else 0)
    parts: list[str] = []
    _gather(control, made, parts)
    made.text = " ".join("".join(parts).split())
    return made


def _gather(element: Any, made: SentenceRead, parts: list[str]) -> None:
    """Text in reading order. What was deleted with changes tracked is not there; the flag is not part of the words."""
    for child in element:
        if child.tag == qn("w:sdt"):
            tag = _tag(child)
            if tag.startswith(FLAG):
                continue
            if tag.startswith("f:"):
                _f, sentence, mark = (*tag.split(":"), "", "")[:3]
                made.figures.append(FigureRead(sentence, mark, _plain(child).strip()))
                # A figure of another sentence is told of, and stands as its printed text.
                parts.append(f"{{{mark}}}" if sentence == made.id else _plain(child))
                continue
            _gather(child, made, parts)
        elif child.tag == qn("w:t"):
            parts.append((child.text or "").replace("{", "(").replace("}", ")"))
        elif child.tag in {qn("w:br"), qn("w:tab"), qn("w:cr")}:
            parts.append(" ")
        elif child.tag == qn("w:p"):
            parts.append(" ")
            _gather(child, made, parts)
        elif child.tag not in {qn("w:del"), qn("w:moveFrom"), qn("w:sdtPr"), qn("w:pPr"), qn("w:rPr")}:
            _gather(child, made, parts)


def _tag(control: Any) -> str:
    found = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
    return "" if found is None else str(found.get(qn("w:val")) or "")


def _plain(element: Any) -> str:
    return "".join(part.text or "" for part in element.iter(qn("w:t")) if not _deleted(part))


def _deleted(part: Any) -> bool:
    return any(up.tag in {qn("w:del"), qn("w:moveFrom")} for up in part.iterancestors())


def _styled(paragraph: Any) -> bool:
    """Whether a paragraph is a heading: those are the report's own."""
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style is not None and str(style.get(qn("w:val")) or "").startswith("Heading")
