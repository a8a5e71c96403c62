"""Why an answer is what it is: rule, sentence, source, and the facts that decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from atvsld.kit.certainty import Certainty, Citation


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence for people with the rule and the facts behind it; parts explain sub-steps."""

    rule: str
    text: str
    citation: Citation | None = None
    status: Certainty = Certainty.OFFICIAL
    facts: tuple[tuple[str, str], ...] = ()
    parts: tuple[Explanation, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "text": self.text,
            "citation": str(self.citation) if self.citation else None,
            "status": self.status.value,
            "facts": dict(self.facts),
            "parts": [part.to_json() for part in self.parts],
        }
