"""Values of the law and the reports as JSON data, and back: what is frozen must open whatever later versions read.

Unlike the readers of the law data it checks nothing: a form of ten years ago need not please the rules of today. Fields
that a class gained since take their default; fields it lost are passed over.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_data(value: Any) -> Any:
    """A value as JSON data. Decimals become text, so that not a digit is lost."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_data(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_data(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def from_data(kind: type[T], data: Any) -> T:
    """The value of a type that `to_data` made this of."""
    made: T = _read(kind, data)
    return made


def _read(kind: Any, data: Any) -> Any:  # noqa: PLR0911 - one answer a kind of type
    if data is None:
        return None
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _read(next(one for one in inner if one is not type(None)), data)
    if origin is tuple:
        return tuple(_read(inner[0], item) for item in data)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        return {key: _read(inner[1], item) for key, item in data.items()}
    if origin is not None:
        return data
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], item) for name, item in data.items() if name in hints})
    return _simple(kind, data)


def _simple(kind: Any, data: Any) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(data)
    if kind is date:
        return date.fromisoformat(data)
    if isinstance(kind, type) and issubclass(kind, Decimal | Enum):
        return kind(data)
    return data


@cache
def _hints(kind: type) -> dict[str, Any]:
    known = get_type_hints(kind)
    return {field.name: known[field.name] for field in fields(kind) if field.init}
