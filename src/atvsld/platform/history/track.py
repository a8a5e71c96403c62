"""The decorator that gives a model its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db.models import Model

M = TypeVar("M", bound=Model)


def tracked() -> Callable[[type[M]], type[M]]:
    """Record every insert, update and delete of the model by database triggers, bulk writes included.

    Trackers are made anew for each model: pghistory keeps a model's columns in them.
    """
    decorate: Callable[[type[M]], type[M]] = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
    )
    return decorate
