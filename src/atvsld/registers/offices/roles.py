"""Roles and their permissions, read from `roles.yaml`: the one place where the matrix stands."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml


@dataclass(frozen=True, slots=True)
class Role:
    """A role; `reach` is what an office in it is bound to.

    `permissions` hold over that reach; `own` only for the records of the office's own body or establishment.
    """

    slug: str
    label_vi: str
    label_en: str
    description_vi: str
    description_en: str
    reach: Literal["place", "establishment"]
    permissions: frozenset[str]
    own: frozenset[str]


@cache
def roles() -> dict[str, Role]:
    """Every role by slug, in the order of the file."""
    text = (files(__package__) / "roles.yaml").read_text(encoding="utf-8")
    return {
        entry["slug"]: Role(
            slug=entry["slug"],
            label_vi=entry["label"]["vi"],
            label_en=entry["label"]["en"],
            description_vi=entry["description"]["vi"],
            description_en=entry["description"]["en"],
            reach=entry["reach"],
            permissions=frozenset(entry["permissions"]),
            own=frozenset(entry.get("own", ())),
        )
        for entry in yaml.safe_load(text)["roles"]
    }
