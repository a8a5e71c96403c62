"""Where the demo's proofs come from: the registers of the other rooms, and small papers made here."""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from html import escape
from random import Random

from atvsld.platform.acts import Act
from atvsld.registers import proofs
from atvsld.registers.bodies.models import Body, BodySuccession
from atvsld.registers.establishments.models import Establishment

# The latest so many of a register are enough to choose from.
DEEP = 300
# Records of some days before a task began may still tell of it.
AROUND = timedelta(days=75)
# A task proves nothing about itself, and lists of codes are nobody's work.
PASSED_OVER = frozenset({"task", "code_list", "body_function"})
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


class Pool:
    """Records of every register by word and body, read once."""

    def __init__(self, act: Act, chance: Random) -> None:
        self._act, self._chance = act, chance
        self._held: dict[str, dict[int | None, list[proofs.ProofRecord]]] = {}
        self._before: dict[int, list[int]] = defaultdict(list)
        for new, old in BodySuccession.objects.values_list("successor_id", "predecessor_id"):
            self._before[new].append(old)

    def records(
        self, owner: Body | Establishment, words: Sequence[str], start: date, end: date, *, most: int, all_are: bool
    ) -> list[proofs.ProofRecord]:
        """Some records of the owner's own around its days, of the first of the words that has any.

        `all_are`: records that belong to no body are its own too, as for the standing body.
        """
        if not isinstance(owner, Body):
            return []
        line = self._line(owner.pk)
        for word in words:
            held = self._of(word)
            found = [
                record
                for body in (*line, *([None] if all_are else []))
                for record in held.get(body, ())
                if record.day is None or start - AROUND <= record.day <= end
            ]
            if found:
                return self._chance.sample(found, min(most, len(found)))
        return []

    def _line(self, body: int) -> list[int]:
        """A body and all it took over from."""
        found, waiting = {body}, [body]
        while waiting:
            older = [pk for pk in self._before[waiting.pop()] if pk not in found]
            found.update(older)
            waiting += older
        return sorted(found)

    def _of(self, word: str) -> dict[int | None, list[proofs.ProofRecord]]:
        if word not in self._held:
            source = proofs.evidence_of(word) if word not in PASSED_OVER else None
            by_body: dict[int | None, list[proofs.ProofRecord]] = defaultdict(list)
            if source is not None:
                asked = proofs.Asked(date(2025, 1, 1), date(2026, 12, 31))
                for record in source.search(self._act.actor, "", asked, DEEP):
                    by_body[record.body].append(record)
            self._held[word] = by_body
        return self._held[word]


def paper(lines: Sequence[str]) -> bytes:
    """A Word file of a few lines."""
    text = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    document = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document '
        f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{text}</w:body></w:document>'
    )
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            # A fixed day: the same paper is the same file, whenever the demo is built.
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    return held.getvalue()
