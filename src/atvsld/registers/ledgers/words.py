"""Words of the plan to choose from, in the language of the page.

They are `choices` of a model's field: `ArrayField(models.CharField(max_length=40, choices=group_choices), …)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atvsld.law.programme_reading import load_programmes
from atvsld.platform.ui.formats_text import said


def group_choices() -> list[tuple[str, str]]:
    """Groups of people a clause of the plan names."""
    return _said(load_programmes().words.groups)


def sector_choices() -> list[tuple[str, str]]:
    """Branches and settings a clause of the plan names."""
    return _said(load_programmes().words.sectors)


def _said(words: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(word, said(held.label)) for word, held in words.items()]
