"""A sentence in Word: a content control of its own, with a locked one for each figure, so that words can be edited and
figures stay what they are. Read back by whoever made the tags.
"""

from __future__ import annotations

import zlib
from typing import Any

from atvsld.documents import display
from atvsld.documents import docx_xml as word
from atvsld.documents.model import Piece, Sentence

# Before the tag of what is wrong with a sentence: not part of its words.
FLAG = "flag:"
RED = "B3261E"


def sentence_part(block: Sentence) -> Any:
    """The control (or the bare paragraph, for a sentence without a tag)."""
    colour = RED if block.flag else ""
    runs = [_piece(piece, colour) for piece in block.pieces]
    if block.flag:
        flag = word.run(display.flag_text(block.flag), bold=True, colour=RED)
        runs += [word.run(" ", colour=RED), _control(f"{FLAG}{block.tag}", block.flag, flag, locked=True)]
    made = word.paragraph(*runs, align="both", before=4)
    made[0].insert(1, word.element("ind", firstLine=word.twips(10)))
    return _control(block.tag, block.text[:60], made) if block.tag else made


def _piece(piece: Piece, colour: str) -> Any:
    run = word.run(display.clean(piece.text), colour=colour)
    return _control(piece.tag, piece.text, run, locked=True) if piece.tag else run


def _control(tag: str, title: str, content: Any, *, locked: bool = False) -> Any:
    """A content control around a run or a paragraph. locked: neither to be deleted nor typed into."""
    about = word.element(
        "sdtPr",
        word.element("alias", val=display.clean(title)[:60]),
        word.element("tag", val=tag),
        # Numbers by which Word tells controls apart: the same paper always gives the same.
        word.element("id", val=zlib.crc32(tag.encode()) & 0x7FFFFFFF),
    )
    if locked:
        about.append(word.element("lock", val="sdtContentLocked"))
    return word.element("sdt", about, word.element("sdtContent", content))
