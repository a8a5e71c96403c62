"""The folder of forms: every version of every form, with rows that one form takes over from another."""

from __future__ import annotations

from typing import Any

from atvsld.law.forms.reading import read_form
from atvsld.law.forms.spec import FormSpec
from atvsld.law.reading import DataFolder, Node


def read_forms(folder: DataFolder) -> tuple[FormSpec, ...]:
    """All forms by code and day. `LawDataError` names what is wrong.

    A table with `rows_of: {form, table}` has the rows of that table in the version that held on its own first day, so
    that one list of items stands in one place; items given in words are then counted, in the unit `counted`.
    """
    roots = [folder.read(name) for name in folder.names("forms")]
    found = []
    for root in roots:
        for number, table in enumerate(root.data.get("tables") or []):
            if isinstance(table, dict) and "rows_of" in table:
                taken = _rows(roots, root, table["rows_of"])
                root.data["tables"][number] = {key: table[key] for key in table if key != "rows_of"} | {"rows": taken}
        found.append(read_form(root))
    return tuple(found)


def _rows(roots: list[Node], root: Node, named: dict[str, Any]) -> Any:
    first = root.day("valid_from")
    versions = [
        other for other in roots if other.data.get("code") == named["form"] and other.day("valid_from") <= first
    ]
    for other in sorted(versions, key=lambda node: node.day("valid_from"), reverse=True):
        for table in other.data["tables"]:
            if table["id"] == named["table"]:
                return [_counted(row, named.get("counted")) for row in table["rows"]]
    raise root.fail(f"rows_of: không có bảng {named['table']} của biểu {named['form']}")


def _counted(row: dict[str, Any], unit: Any) -> dict[str, Any]:
    return row | {"given": "number", "unit": unit} if unit and row.get("given") in ("text", "month") else row
