"""What happened to a record, read from the events that the database itself recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, ForeignKey, Model
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext

from atvsld.platform.access.actor import Actor
from atvsld.platform.history.labels import CHANNELS, act_name
from atvsld.platform.history.models import SensitiveReading
from atvsld.platform.ui import formats_text

# Columns that change by themselves and tell the reader nothing.
SILENT = frozenset({"id", "public_id", "version", "name_folded", "created_at", "updated_at"})

Related = tuple[type[Model], Mapping[str, Any], "str | Promise"]


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after; `subject` names the part of the record it belongs to."""

    label: str
    before: Any
    after: Any
    subject: str = ""


@dataclass(slots=True)
class Entry:
    """One act upon the record."""

    at: datetime
    label: str | Promise
    actor: str = ""
    reason: str = ""
    channel_label: str | Promise = ""
    changes: list[Change] = field(default_factory=list)


def timeline(
    record: Model, related: Iterable[Related] = (), *, masked: Collection[str] = (), limit: int = 200
) -> list[Entry]:
    """Acts upon the record and its parts, newest first.

    `related` adds parts: model, equality filters upon it, and what a part is called. Fields in `masked` show
    that they changed, never their values.
    """
    # The reference of an event is indexed; its copy of the id is not.
    parts: list[Related] = [(type(record), {"pgh_obj_id": record.pk}, ""), *related]
    found = [(event, subject) for model, filters, subject in parts for event in _events(model, filters, limit)]
    return _entries(found, masked)


def _event_model(model: type[Model]) -> type[Model]:
    wanted = model._meta.label  # noqa: SLF001
    for candidate in apps.get_models():
        tracks = getattr(candidate, "pgh_tracked_model", None)
        if tracks is not None and tracks._meta.label == wanted:  # noqa: SLF001
            return candidate
    raise LookupError(f"{wanted} is not tracked")


def _events(model: type[Model], filters: Mapping[str, Any], limit: int) -> list[Any]:
    events = _event_model(model)._default_manager.filter(**filters)  # noqa: SLF001
    return list(events.select_related("pgh_context").order_by("-pgh_id")[:limit])[::-1]


def _entries(found: list[tuple[Any, str | Promise]], masked: Collection[str]) -> list[Entry]:
    grouped: dict[Any, Entry] = {}
    last: dict[tuple[str, Any], Any] = {}
    for event, subject in found:
        context = event.pgh_context
        key = context.pk if context else (event.pgh_created_at, event._meta.label)  # noqa: SLF001
        entry = grouped.get(key)
        if entry is None:
            entry = grouped[key] = _entry(event)
        thing = (event._meta.label, event.pgh_obj_id)  # noqa: SLF001
        entry.changes.extend(_changes(last.get(thing), event, str(subject), masked))
        last[thing] = event
    # Acts of one transaction share their moment; the later of them was met later.
    oldest_first = sorted(grouped.values(), key=lambda entry: entry.at)
    return oldest_first[::-1]


def _entry(event: Any) -> Entry:
    told = event.pgh_context.metadata if event.pgh_context else {}
    channel = told.get("channel", "")
    return Entry(
        at=event.pgh_created_at,
        label=act_name(told.get("act") or ""),
        actor=told.get("actor") or "",
        reason=told.get("reason") or "",
        channel_label=CHANNELS.get(channel, ""),
    )


def _changes(before: Any, after: Any, subject: str, masked: Collection[str]) -> Iterable[Change]:
    if before is None:
        # The first event of a part is told in one line; its values stand on the record itself.
        if subject:
            yield Change(gettext("Thêm"), "", subject)
        return
    if after.pgh_label == "delete":
        yield Change(gettext("Bỏ"), subject, "")
        return
    for name, column in _columns(after):
        if (old := getattr(before, column.attname)) == (new := getattr(after, column.attname)):
            continue
        label = str(column.verbose_name)
        label = label[:1].upper() + label[1:]
        if name in masked:
            hidden = format_html('<span class="unknown">{}</span>', gettext("đã che"))
            yield Change(label, hidden, hidden, subject)
        else:
            yield Change(label, _words(column, old), _words(column, new), subject)


def _columns(event: Any) -> Iterable[tuple[str, Any]]:
    tracked = event.pgh_tracked_model._meta  # noqa: SLF001
    for column in event._meta.concrete_fields:  # noqa: SLF001
        if column.name.startswith("pgh_") or column.name in SILENT:
            continue
        try:
            # The event's own copy of a field loses its label.
            source = tracked.get_field(column.name)
        except FieldDoesNotExist:
            continue
        # What nobody types is derived from what is told already.
        if source.editable:
            yield column.name, source


def _words(column: Field[Any, Any], value: Any) -> Any:  # noqa: PLR0911
    if value is None or value in ("", []):
        return formats_text.unknown()
    if isinstance(column, ForeignKey):
        target: Any = column.related_model
        found = target._default_manager.filter(pk=value).first()  # noqa: SLF001
        return str(found or value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return gettext("Có") if value else gettext("Không")
    if isinstance(value, datetime):
        return formats_text.moment(value)
    if isinstance(value, date):
        return formats_text.day(value)
    if isinstance(value, list):
        words = dict(getattr(getattr(column, "base_field", None), "flatchoices", ()))
        return ", ".join(str(words.get(item, item)) for item in value)
    if column.get_internal_type() == "BigIntegerField":
        return formats_text.number(value)
    return str(value)


def record_reading(
    actor: Actor, at: datetime, record: Model, *, fields: Iterable[str], purpose: str = ""
) -> SensitiveReading:
    """Write down that protected fields of a record were shown to a person at a moment, and why."""
    return SensitiveReading.objects.create(
        user_id=actor.user_id,
        read_at=at,
        record_kind=record._meta.label_lower,  # noqa: SLF001
        record_id=str(getattr(record, "public_id", record.pk)),
        fields=list(fields),
        purpose=purpose[:300],
    )
