"""The owner words of deadline rules as this system knows them, read from `data/owners.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from django.utils.translation import get_language

from atvsld.law.reading import Label

Reach = Literal["establishment", "unit", "area"]


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner word: how its people are found, the function of its body, and who is told when it is late."""

    word: str
    label: Label
    reach: Reach
    roles: frozenset[str]
    function: str
    superior: str
    watched_by: str

    @property
    def name(self) -> str:
        """In the language of the page."""
        return (self.label.en or self.label.vi) if get_language() == "en" else self.label.vi


@cache
def owners() -> Mapping[str, Owner]:
    """Every known owner by its word."""
    text = (files(__package__) / "data" / "owners.yaml").read_text(encoding="utf-8")
    return {
        word: Owner(
            word=word,
            label=Label(entry["label"]["vi"], entry["label"]["en"]),
            reach=entry["reach"],
            roles=frozenset(entry["roles"]),
            function=entry.get("function", ""),
            superior=entry.get("superior", ""),
            watched_by=entry.get("watched_by", ""),
        )
        for word, entry in yaml.safe_load(text)["owners"].items()
    }


def owner_name(word: str) -> str:
    """The word in the language of the page; the word itself when unknown."""
    found = owners().get(word)
    return found.name if found else word


def answering(word: str) -> Owner:
    """The owner whose people act: those who watch it for an owner outside the system. LookupError when unknown."""
    found = owners()[word]
    return owners()[found.watched_by] if found.watched_by else found
