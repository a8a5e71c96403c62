"""The protected groups of a worker, from the record and the law book together."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from atvsld.law.worker_groups import Membership, Span, WorkerGroup, load_group_rules
from atvsld.registers.workers.models import Employment, ProtectedGroup, Worker


def memberships(worker: Worker) -> list[Membership]:
    """Every group the worker belongs or belonged to. Reads prefetched employments and groups when there are any."""
    return load_group_rules().memberships(
        sex=worker.sex,
        birth=worker.birth_date,
        relations=[(held.labour_relation, Span(held.started_on, held.ended_on)) for held in worker.employments.all()],
        stated=[
            (WorkerGroup(held.group), Span(held.valid_from, held.valid_to)) for held in worker.protected_groups.all()
        ],
    )


def groups_on(worker: Worker, day: date) -> list[WorkerGroup]:
    """The groups the worker belongs to on a day, each once, in the order of the law book."""
    held = {item.group for item in memberships(worker) if item.span.holds_on(day)}
    return [group for group in load_group_rules().rules if group in held]


def in_group(queryset: QuerySet[Worker], group: WorkerGroup, day: date) -> QuerySet[Worker]:
    """The workers who belong to a group on a day: the same answer as `groups_on`, in the database."""
    rule = load_group_rules().rules[group]
    found = Q(pk__in=ProtectedGroup.objects.filter(_spans("valid_from", "valid_to", day), group=group).values("worker"))
    if rule.relations:
        work = Employment.objects.filter(_spans("started_on", "ended_on", day), labour_relation__in=rule.relations)
        found |= Q(pk__in=work.values("worker"))
    if group is WorkerGroup.WOMEN:
        found |= Q(sex="female")
    if rule.below_years is not None:
        found |= Q(birth_date__lte=day, birth_date__gt=_years_before(day, rule.below_years))
    for sex, path in rule.retirement.items():
        if day.year >= path.from_year:
            found |= Q(sex=sex, birth_date__lte=path.youngest_on(day))
    return queryset.filter(found)


def label(group: WorkerGroup) -> str:
    """A group in words, in the language of the page."""
    words = load_group_rules().rules[group].label
    return (words.en or words.vi) if get_language() == "en" else words.vi


def choices() -> list[tuple[str, str]]:
    """Every group as a select wants them."""
    return [(group.value, label(group)) for group in load_group_rules().rules]


def _spans(start: str, end: str, day: date) -> Q:
    begun = Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})
    return begun & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day}))


def _years_before(day: date, years: int) -> date:
    """Who is born after this day is younger than so many years."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February: those born on the 28th turned older yesterday
        return date(day.year - years, 2, 28)
