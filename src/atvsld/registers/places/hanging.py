# ruff: noqa: SLF001 — `_meta` and `_default_manager` are Django's own way to ask a model about itself.
"""What refers to a place, found from the models themselves: no app has to be known here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Model
from pghistory.models import Event

from atvsld.registers.places.models import Place


def references(model: type[Model]) -> Iterator[tuple[type[Model], models.ForeignKey[Any, Any]]]:
    """Every foreign key to a model, history tables aside."""
    for source in apps.get_models():
        if not issubclass(source, Event):
            for key in source._meta.concrete_fields:
                if isinstance(key, models.ForeignKey) and key.related_model is model:
                    yield source, key


def counted(places: Collection[int], *, moved: Collection[str] = ()) -> list[tuple[str, str, int]]:
    """How many rows refer to some places: name of the records, name of the reference, count.

    Rows of places themselves are left out, and those of `moved` models (by label): they follow by themselves.
    """
    found = []
    for source, key in references(Place):
        if source._meta.app_label == Place._meta.app_label or source._meta.label_lower in moved:
            continue
        count = source._default_manager.filter(**{f"{key.attname}__in": list(places)}).count()
        if count:
            found.append((str(source._meta.verbose_name), str(key.verbose_name), count))
    return sorted(found)


def built_on(model: type[Model], keys: Collection[int], own: dict[str, set[int]]) -> list[tuple[str, int]]:
    """Rows that refer to some rows of a model and are not among `own` (primary keys by model label)."""
    found = []
    for source, key in references(model):
        rows = source._default_manager.filter(**{f"{key.attname}__in": list(keys)})
        count = rows.exclude(pk__in=own.get(source._meta.label_lower, set())).count()
        if count:
            found.append((str(source._meta.verbose_name), count))
    return found
