"""Why an answer is what it is: rule, sentence, source, and the facts that decided, in Vietnamese and in English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from atvsld.kit.certainty import Certainty, Citation


@dataclass(frozen=True, slots=True)
class Words:
    """The same thing said in both languages."""

    vi: str
    en: str

    def __add__(self, other: Words) -> Words:
        """One sentence after the other."""
        return Words(f"{self.vi} {other.vi}", f"{self.en} {other.en}")


def say(vi: str, en: str, /, **values: Words | date | datetime | int | str) -> Words:
    """A sentence from two templates with the same named values: `say("{n} ngày", "{n} days", n=30)`.

    Days are written dd/mm/yyyy and moments hh:mm dd/mm/yyyy in both; a value of `Words` is said in each language.
    """
    return Words(
        vi.format(**{name: _written(value, "vi") for name, value in values.items()}),
        en.format(**{name: _written(value, "en") for name, value in values.items()}),
    )


def _written(value: Words | date | datetime | int | str, language: str) -> str:
    if isinstance(value, Words):
        return value.en if language == "en" else value.vi
    if isinstance(value, datetime):
        return f"{value:%H:%M %d/%m/%Y}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence for people with the rule and the facts behind it; parts explain sub-steps.

    `text` is Vietnamese and always there; `text_en` and `facts_en` are empty where no English is written yet.
    """

    rule: str
    text: str
    citation: Citation | None = None
    status: Certainty = Certainty.OFFICIAL
    facts: tuple[tuple[str, str], ...] = ()
    parts: tuple[Explanation, ...] = ()
    text_en: str = ""
    facts_en: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(
        cls,
        rule: str,
        said: Words,
        citation: Citation | None = None,
        status: Certainty = Certainty.OFFICIAL,
        *,
        facts: Iterable[tuple[Words, Any]] = (),
        parts: tuple[Explanation, ...] = (),
    ) -> Explanation:
        """From words in both languages; the value of a fact may be `Words`, a day or anything that has one writing."""
        held = tuple(facts)
        return cls(
            rule,
            said.vi,
            citation,
            status,
            tuple((name.vi, _written(value, "vi")) for name, value in held),
            parts,
            said.en,
            tuple((name.en, _written(value, "en")) for name, value in held),
        )

    def said(self, language: str) -> str:
        """The sentence in a language; in Vietnamese where English is not written yet."""
        return self.text_en if language == "en" and self.text_en else self.text

    def told(self, language: str) -> tuple[tuple[str, str], ...]:
        """The facts in a language, as `said`."""
        return self.facts_en if language == "en" and self.facts_en else self.facts

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "text": self.text,
            "text_en": self.text_en or None,
            "citation": str(self.citation) if self.citation else None,
            "status": self.status.value,
            "facts": dict(self.facts),
            "facts_en": dict(self.facts_en),
            "parts": [part.to_json() for part in self.parts],
        }
