"""Whose a record is: a body's or an establishment's."""

from __future__ import annotations

from django.db.models import Q


def one_owner() -> Q:
    """The condition of the database: `body` or `establishment` is given, never both, never neither."""
    return Q(body__isnull=False, establishment__isnull=True) | Q(body__isnull=True, establishment__isnull=False)
