"""Is this paper ours, and is this file it? Answered to anyone who holds its code; nothing about people is told."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from atvsld.platform.papers.models import Paper, PaperFile
from atvsld.platform.papers.registry import kind_of


@dataclass(frozen=True, slots=True)
class Known:
    """One file that is the paper: what it is and its SHA-256. `current`: the one that counts now."""

    label: str | Promise
    sha256: str
    current: bool = True


@dataclass(frozen=True, slots=True)
class Verified:
    """What anyone may know of an issued paper or receipt. `withdrawn`: it no longer counts.

    `url`: the public page of another room that answers for the code; then the rest is not shown here.
    """

    code: str
    title: str
    number: str
    issuer: str
    day: date | None
    files: tuple[Known, ...]
    withdrawn: bool = False
    provisional: bool = False
    url: str = ""


Lookup = Callable[[str], Verified | None]
_OTHERS: list[Lookup] = []
# Which file counts: a signed one before one changed in Word before what the system made.
_RANK = {PaperFile.Role.SIGNED: 2, PaperFile.Role.EDITED: 1}


def verify_also(lookup: Lookup) -> None:
    """Let another room answer for codes of its own (receipts); asked when no paper has the code."""
    if lookup not in _OTHERS:
        _OTHERS.append(lookup)


def normal(text: str) -> str:
    """A code as typed, in capitals without blanks and dashes."""
    return "".join(letter for letter in text.upper() if letter.isalnum())[:40]


def look_up(code: str) -> Verified | None:
    """What a code stands for; None for a code nobody gave."""
    asked = normal(code)
    if not asked:
        return None
    paper = Paper.objects.filter(code=asked).first()
    if paper is not None:
        return _verified(paper)
    return next((found for lookup in _OTHERS if (found := lookup(asked)) is not None), None)


def matching(known: Verified, content: bytes) -> Known | None:
    """The file of the paper that a content is, byte for byte; None when it is another."""
    digest = hashlib.sha256(content).hexdigest()
    return next((one for one in known.files if hmac.compare_digest(one.sha256, digest)), None)


def holding(content: bytes) -> list[Verified]:
    """The issued papers of which a content is a file, byte for byte, the newest first."""
    digest = hashlib.sha256(content).hexdigest()
    held = PaperFile.objects.filter(file__sha256=digest).exclude(role=PaperFile.Role.DATA).values("paper")
    return [_verified(paper) for paper in Paper.objects.filter(pk__in=held, code__isnull=False).order_by("-pk")]


def _verified(paper: Paper) -> Verified:
    held = list(paper.files.select_related("file").exclude(role=PaperFile.Role.DATA))
    best = max((_RANK.get(PaperFile.Role(one.role), 0) for one in held), default=0)
    newest = max((one.pk for one in held if _RANK.get(PaperFile.Role(one.role), 0) == best), default=0)
    return Verified(
        code=paper.code or "",
        title=kind_of(paper.kind).label,
        number=paper.full_number,
        issuer=paper.issuer_name,
        day=paper.issued_on,
        files=tuple(
            Known(PaperFile.Role(one.role).label, one.file.sha256, current=best == 0 or one.pk == newest)
            for one in held
        ),
        withdrawn=paper.state == Paper.State.CANCELLED,
        provisional=paper.provisional,
    )
