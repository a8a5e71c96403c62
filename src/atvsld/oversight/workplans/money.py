"""What tasks are estimated to cost, told by the room that keeps the money; here only shown beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db.models import Sum

from atvsld.platform.access.actor import Actor


def priced(actor: Actor, tasks: Collection[int]) -> Mapping[int, Decimal] | None:
    """By primary key of the task, whole đồng estimated, counting no money twice; None for who may read no money."""
    from atvsld.oversight.budget import facade  # that room reads tasks: asked for only when a page is drawn

    if not actor.may(facade.READ):
        return None
    rows = facade.visible(actor).filter(task__in=tasks, withdrawn_at=None, counted_in=None).order_by()
    return dict(rows.values_list("task_id").annotate(Sum("estimate")))
