"""Mappings shipped with the product, each a YAML file beside this one, known by its file name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

from atvsld.casework.accidents.intake.columns import spec
from atvsld.platform.imports import mapping


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, mapping.Mapping]:
    """Name → mapping."""
    files = (file for file in resources.files(__package__).iterdir() if file.name.endswith(".yaml"))
    return {
        file.name.removesuffix(".yaml"): mapping.parse(file.read_text(encoding="utf-8"), spec())
        for file in sorted(files, key=lambda file: file.name)
    }
