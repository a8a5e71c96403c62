"""What the templates of reports ask of a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import template

from atvsld.oversight.workplans.facade import StandingEvidence, Task
from atvsld.oversight.yearly import sources
from atvsld.oversight.yearly.judging import Judged

register = template.Library()


@register.filter
def at(held: Mapping[str, Any], key: str) -> Any:
    """What a mapping holds under a key; None for nothing."""
    return held.get(key)


@register.filter
def evidence(held: Judged) -> Iterator[tuple[Task, list[StandingEvidence]]]:
    """The tasks a sentence claims, each with the evidence that stands."""
    return ((task, held.evidence.get(task.pk, [])) for task in held.tasks)


@register.filter
def task_url(task: Task) -> str:
    return sources.task_url(task)
