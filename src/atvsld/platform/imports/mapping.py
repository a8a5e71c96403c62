"""Reading a file in someone else's layout: which of its columns stands for which of ours."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from typing import Any

import yaml
from django.utils.translation import gettext as _

from atvsld.kit.text import fold
from atvsld.platform.imports.columns import Kind, Spec
from atvsld.platform.imports.findings import FileRefused

_KEYS = {"from", "constant", "values", "unknown", "otherwise"}
_OTHERWISE = {"error", "unknown", "keep"}


@dataclass(frozen=True, slots=True)
class Rule:
    """Where one target column comes from: a source column or a constant, with a map of values.

    A value listed in `unknown` is read as not known. With `values`, one that is not listed is an error, unknown,
    or kept as it is, as `otherwise` says.
    """

    source: str | None = None
    constant: str | None = None
    values: Map[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    otherwise: str = "error"

    def translate(self, raw: Any) -> Any:
        """The value for the target column; raises KeyError for one the map does not know."""
        text = _plain(raw)
        if text in self.unknown:
            return ""
        if not self.values or text == "":
            return raw
        if text in self.values:
            return self.values[text]
        if self.otherwise == "error":
            raise KeyError(text)
        return "" if self.otherwise == "unknown" else raw

    @property
    def translates(self) -> bool:
        return bool(self.values or self.unknown)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A rule for each target column the foreign layout can fill; the others stay unknown."""

    name: str
    rules: Map[str, Rule]

    def with_constants(self, constants: Map[str, str], spec: Spec) -> Mapping:
        """The same mapping with some columns given by the caller for the whole file."""
        rules = dict(self.rules)
        for column, constant in constants.items():
            if column not in spec.names:
                raise FileRefused("mapping", _("Không có cột “%(column)s” để đặt giá trị.") % {"column": column})
            rules[column] = replace(Rule(), constant=constant)
        return Mapping(self.name, rules)


def parse(text: str, spec: Spec) -> Mapping:
    """A mapping from YAML; `FileRefused` names the line of the profile that is wrong."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FileRefused("mapping", _("Mẫu ánh xạ không phải YAML: %(why)s") % {"why": error}) from error
    return from_data(data, spec)


def from_data(data: Any, spec: Spec) -> Mapping:
    """A mapping from its stored form: `columns: {target: source | {from, constant, values, unknown, otherwise}}`."""
    columns = data.get("columns") if isinstance(data, dict) else None
    if not isinstance(columns, dict) or not columns:
        raise FileRefused("mapping", _("Mẫu ánh xạ thiếu phần “columns”."))
    rules = {}
    for target, body in columns.items():
        if target not in spec.names:
            raise FileRefused(
                "mapping", _("Mẫu ánh xạ có cột đích lạ “%(column)s”.") % {"column": target},
                _("Các cột đích: %(names)s.") % {"names": ", ".join(spec.names)},
            )  # fmt: skip
        rules[target] = _rule(target, body)
        if spec[target].kind is Kind.SECRET and (rules[target].source is None or rules[target].translates):
            message = _("Mẫu ánh xạ, cột “%(column)s”: chỉ được nêu cột nguồn.") % {"column": target}
            raise FileRefused("mapping", message)
    return Mapping(str(data.get("name") or ""), rules)


def _rule(target: str, body: Any) -> Rule:
    if isinstance(body, str | int | float) and not isinstance(body, bool):
        return Rule(source=str(body))
    if not isinstance(body, dict) or set(body) - _KEYS or ("from" in body) == ("constant" in body):
        message = _("Mẫu ánh xạ, cột “%(column)s”: cần đúng một trong “from” và “constant”.") % {"column": target}
        raise FileRefused("mapping", message, _("Được ghi: %(keys)s.") % {"keys": ", ".join(sorted(_KEYS))})
    otherwise = str(body.get("otherwise", "error"))
    if otherwise not in _OTHERWISE:
        raise FileRefused("mapping", _("“otherwise” phải là error, unknown hoặc keep."))
    return Rule(
        source=str(body["from"]) if "from" in body else None,
        constant=_plain(body["constant"]) if "constant" in body else None,
        values={_plain(key): _plain(value) for key, value in (body.get("values") or {}).items()},
        unknown=frozenset(_plain(value) for value in body.get("unknown") or ()),
        otherwise=otherwise,
    )


def same_heading(one: object, other: object) -> bool:
    """Whether two header cells name the same source column."""
    return fold(str(one)) == fold(str(other))


def _plain(raw: Any) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return "" if raw is None else str(raw).strip()
