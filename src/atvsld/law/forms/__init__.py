"""Statutory forms as data: what they contain, how their rows unfold, how their figures must agree."""

from atvsld.law.forms.arithmetic import settle
from atvsld.law.forms.checks import CheckResult, run_checks
from atvsld.law.forms.rows import ConcreteRow, expand_rows, lists_needed
from atvsld.law.forms.spec import Check, Column, FormSpec, Formula, HeaderField, Row, Section, Table

__all__ = [
    "Check",
    "CheckResult",
    "Column",
    "ConcreteRow",
    "FormSpec",
    "Formula",
    "HeaderField",
    "Row",
    "Section",
    "Table",
    "expand_rows",
    "lists_needed",
    "run_checks",
    "settle",
]
