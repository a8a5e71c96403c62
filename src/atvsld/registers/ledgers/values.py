"""What a field of a record holds: its words, how it reads, how it is set and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import BigIntegerField, BooleanField, CharField, Field, ForeignKey, Model, TextField
from django.db.models.fields import DecimalField, IntegerField
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.text import fold
from atvsld.platform.ui import formats_text
from atvsld.registers.ledgers.ledger import Ledger, R

_SEARCHED = 4_000


def label(field: Field[Any, Any]) -> str:
    """The name of a field as a heading."""
    text = str(field.verbose_name)
    return text[:1].upper() + text[1:]


def words(field: Field[Any, Any]) -> dict[Any, str]:
    """The words a field may hold, in the language of the page; empty when it is free."""
    base = field.base_field if isinstance(field, ArrayField) else field
    return {value: str(text) for value, text in base.flatchoices if value not in ("", None)}


def shown(ledger: Ledger[R], record: R, name: str) -> Any:  # noqa: PLR0911  (one answer a kind of field)
    """What a field says, as people read it."""
    field = ledger.field(name)
    value = getattr(record, name)
    known = words(field)
    match field:
        case _ if value in (None, "", []):
            return formats_text.unknown() if value is None else "–"
        case ArrayField():
            return ", ".join(known.get(item, str(item)) for item in value)
        case _ if known:
            return known.get(value, str(value))
        case BooleanField():
            return _("Có") if value else _("Không")
        case BigIntegerField():
            return formats_text.money(value)
        case IntegerField() | DecimalField():
            return formats_text.number(value)
        case TextField():
            return mark_safe(linebreaks(value, autoescape=True))  # noqa: S308  (escaped there)
    if isinstance(value, datetime):
        return formats_text.moment(value)
    return formats_text.day(value) if isinstance(value, date) else str(value)


def plain(ledger: Ledger[R], record: R) -> dict[str, Any]:
    """The fields of the form as plain values for other systems; a record referred to is given by its code or id."""
    found: dict[str, Any] = {}
    for name in ledger.fields:
        value = getattr(record, name)
        if isinstance(value, Model):
            value = getattr(value, "code", None) or getattr(value, "public_id", value.pk)
        found[name] = value
    return found


def stated(ledger: Ledger[R], record: R) -> dict[str, Any]:
    """The fields of the form as the database keeps them: what a form starts from, what two writings are compared by."""
    return {name: getattr(record, ledger.field(name).attname) for name in ledger.fields}


def assign(ledger: Ledger[R], record: R, given: Mapping[str, Any]) -> None:
    """Set fields of the form, and all that follows from them. ValueError for a name that is none."""
    if strange := set(given) - set(ledger.fields):
        raise ValueError(f"{ledger.word} has no field {', '.join(sorted(strange))}")
    for name, value in given.items():
        field = ledger.field(name)
        if isinstance(field, ForeignKey) and not isinstance(value, Model):
            setattr(record, field.attname, value)
        else:
            setattr(record, name, value)
    ledger.derive(record)
    record.search_text = _searched(ledger, record)


def problems(ledger: Ledger[R], record: R, today: date) -> list[Problem]:
    """Everything wrong with a record that its fields tell, each with the field it speaks of."""
    found = list(_of_fields(ledger, record, today))
    held = {name: getattr(record, name) for name in ledger.fields}
    for check in ledger.checks:
        found.extend(check(held, today))
    return found


def _of_fields(ledger: Ledger[R], record: R, today: date) -> Iterator[Problem]:
    left_out = {field.name for field in record._meta.concrete_fields} - set(ledger.fields)  # noqa: SLF001
    try:
        record.full_clean(exclude=left_out, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        yield from _told(error)
    day = getattr(record, ledger.day)
    if isinstance(day, date) and day > today and not ledger.future:
        yield Problem("future_date", _("Ngày này chưa đến."), _("Ghi ngày đã diễn ra."), column=ledger.day)


def broken(record: Model) -> Iterator[Problem]:
    """The rules of the database that a record breaks: the last word, in poorer sentences than those above."""
    try:
        record.validate_constraints()
    except ValidationError as error:
        yield from _told(error)


def _told(error: ValidationError) -> Iterator[Problem]:
    for name, found in error.error_dict.items():
        column = None if name == NON_FIELD_ERRORS else name
        for one in found:
            yield Problem(one.code or "invalid", " ".join(one.messages), column=column)


def _searched(ledger: Ledger[R], record: R) -> str:
    """The free text of the form without tone marks."""
    texts = []
    for name in ledger.fields:
        field = ledger.field(name)
        if isinstance(field, CharField | TextField) and not field.choices:
            texts.append(getattr(record, name) or "")
    return fold(" ".join(texts))[:_SEARCHED]
