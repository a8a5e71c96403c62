"""What the steps of an import do for service providers.

A provider is found by its tax code, else by name (and commune, where two have one name); a paper by service and
number, else by service, form and first day. What a row does not say stays as it is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act
from atvsld.platform.imports.accepting import Counts, acceptor
from atvsld.platform.imports.findings import Findings
from atvsld.platform.imports.source import Source
from atvsld.platform.imports.targets import Options
from atvsld.registers.providers import rules
from atvsld.registers.providers.drafts import ProviderDraft, QualificationDraft
from atvsld.registers.providers.intake.columns import DERIVED, FACTS, PAPER, spec
from atvsld.registers.providers.models import ProviderQualification, ServiceProvider
from atvsld.registers.providers.policy import CHANGE, PROVIDERS

_GOOD = "NOT EXISTS (SELECT 1 FROM import_bad b WHERE b.row_no = s.row_no)"


@dataclass(slots=True)
class ProviderRow:
    """One row as read: values by column, with the commune found."""

    row_no: int
    said: dict[str, Any]
    place_id: int | None

    @property
    def provider(self) -> tuple[Any, ...]:
        """Rows of one provider share it."""
        return (self.said["tax_code"],) if self.said["tax_code"] else (self.said["name_folded"], self.place_id)

    @property
    def has_paper(self) -> bool:
        return any(self.said[name] for name in ("kind", "scopes", *PAPER))

    def facts(self, stored: ServiceProvider | None) -> dict[str, Any]:
        """What the provider will be: the row's word, else what is stored."""
        kept = {name: self.said[name] or getattr(stored, name, None) for name in (*FACTS, "tax_code")}
        texts = {name: kept[name] or "" for name in FACTS if name != "ceased_on"}
        place = self.place_id or (stored.place_id if stored else None)
        return texts | {"ceased_on": kept["ceased_on"], "tax_code": kept["tax_code"] or None, "place_id": place}

    def paper(self) -> QualificationDraft:
        """The paper as the rules judge it. Call where kind, form and first day are known."""
        texts = {name: self.said[name] or "" for name in ("kind", "form", "class_name", "number", "issuer")}
        return QualificationDraft(
            **texts,
            valid_from=self.said["valid_from"],
            valid_to=self.said["valid_to"],
            scopes=tuple(sorted(self.said["scopes"] or ())),
        )


@dataclass(slots=True)
class _Firm:
    """The rows of one provider, the stored record, and what becomes of both."""

    rows: list[ProviderRow]
    stored: ServiceProvider | None = None
    several: int = 0
    papers: list[ProviderQualification] = field(default_factory=list)


class ProviderBatch:
    """The rows of one file of service providers."""

    def __init__(self, act: Act, source: Source, options: Options) -> None:  # noqa: ARG002  (the shape of a batch)
        self._act = act
        self._firms: dict[tuple[Any, ...], _Firm] = {}
        self._new: list[ServiceProvider] = []
        self._changed: list[ServiceProvider] = []
        self._papers: list[ProviderQualification] = []
        self._changed_papers: list[ProviderQualification] = []

    def lock(self) -> None:
        _run("SELECT pg_advisory_xact_lock(hashtextextended('providers-import', 0))")

    def check(self, findings: Findings, store_bad: Callable[[], None]) -> None:
        store_bad()
        for row in _staged(self._act):
            self._firms.setdefault(row.provider, _Firm([])).rows.append(row)
        for firm in self._firms.values():
            self._find(firm)
            for row in firm.rows:
                for problem in self._problems(row, firm):
                    findings.cell(row.row_no, spec()[problem.column or "name"], problem, problem.value)
        for key, firm in list(self._firms.items()):
            firm.rows = [row for row in firm.rows if row.row_no not in findings.bad]
            if not firm.rows:
                del self._firms[key]
        store_bad()

    def _find(self, firm: _Firm) -> None:
        said, place = firm.rows[0].said, firm.rows[0].place_id
        held = ServiceProvider.objects.select_for_update()
        found = list(held.filter(tax_code=said["tax_code"])) if said["tax_code"] else []
        if not found:
            named = held.filter(name_folded=said["name_folded"])
            found = list(named.filter(tax_code__isnull=True) if said["tax_code"] else named)
            if len(found) > 1 and place is not None:
                found = [one for one in found if one.place_id == place]
        firm.several = len(found)
        if len(found) == 1:
            firm.stored = found[0]
            firm.papers = list(found[0].qualifications.order_by("pk"))

    def _problems(self, row: ProviderRow, firm: _Firm) -> Iterator[Problem]:
        if firm.several > 1:
            message = _("có %(count)d tổ chức cùng tên.") % {"count": firm.several}
            yield Problem("provider_ambiguous", message, _("Ghi mã số thuế để phân biệt."), column="name")
        if row.said["place_code"] and row.place_id is None:
            message = _("không có đơn vị hành chính cấp xã đang hoạt động mang mã %(code)s.") % {
                "code": row.said["place_code"]
            }
            yield Problem("place_unknown", message, _("Tra mã ở trang Địa bàn."), column="place_code")
        facts = row.facts(firm.stored)
        yield from rules.check_provider(ProviderDraft(**(facts | {"tax_code": facts["tax_code"] or ""})))
        there = ServiceProvider(place_id=facts["place_id"])
        for record in filter(None, (firm.stored, there)):
            if not PROVIDERS.decide(self._act.actor, CHANGE, record):
                message = _("tổ chức nằm ngoài địa bàn được giao cho tài khoản.")
                remedy = _("Chuyển dòng này cho cơ quan phụ trách.")
                yield Problem("out_of_scope", message, remedy, column="place_code")
                break
        yield from self._paper_problems(row)

    def _paper_problems(self, row: ProviderRow) -> Iterator[Problem]:
        if not row.has_paper:
            return
        missing = [name for name in ("kind", "form", "valid_from") if not row.said[name]]
        for name in missing:
            message = _("cần cho giấy tờ hoạt động.")
            remedy = _("Điền ô này, hoặc để trống cả phần giấy tờ.")
            yield Problem("missing", message, remedy, column=name)
        if not missing:
            yield from rules.check_qualification(row.paper(), on=self._act.day)
            withdrawn = row.said["withdrawn_on"]
            if withdrawn and withdrawn < row.said["valid_from"]:
                yield Problem("days", _("Ngày thu hồi trước ngày giấy tờ có hiệu lực."), column="withdrawn_on")

    def match(self, *, dry_run: bool) -> Counts:  # noqa: ARG002
        new = changed = unchanged = 0
        for firm in self._firms.values():
            made = firm.stored is None
            for row in firm.rows:
                touched = self._state(row, firm)
                touched |= row.has_paper and self._state_paper(row, firm)
                new += made
                changed += touched and not made
                unchanged += not touched and not made
        return Counts(new, changed, unchanged)

    def _state(self, row: ProviderRow, firm: _Firm) -> bool:
        record = firm.stored
        facts = row.facts(record)
        facts["name_folded"] = row.said["name_folded"]
        if record is None:
            firm.stored = ServiceProvider(**facts)
            self._new.append(firm.stored)
            return True
        if facts["name_folded"] == record.name_folded:
            facts["name"] = record.name
        if all(getattr(record, name) == value for name, value in facts.items()):
            return False
        for name, value in facts.items():
            setattr(record, name, value)
        if not any(record is one for one in (*self._new, *self._changed)):
            record.version += 1
            self._changed.append(record)
        return True

    def _state_paper(self, row: ProviderRow, firm: _Firm) -> bool:
        draft, withdrawn = row.paper(), row.said["withdrawn_on"]
        same = next((held for held in firm.papers if _is_same(held, draft)), None)
        if same is None:
            values = {name: getattr(draft, name) for name in (*PAPER, "kind") if name != "withdrawn_on"}
            made = ProviderQualification(
                provider=firm.stored, **values, scopes=list(draft.scopes), withdrawn_on=withdrawn
            )
            firm.papers.append(made)
            self._papers.append(made)
            return True
        said = {name: getattr(draft, name) for name in PAPER if name != "withdrawn_on" and getattr(draft, name)}
        said |= {"withdrawn_on": withdrawn} if withdrawn else {}
        said |= {"scopes": list(draft.scopes)} if draft.scopes else {}
        if all(getattr(same, name) == value for name, value in said.items()):
            return False
        for name, value in said.items():
            setattr(same, name, value)
        if not any(same is one for one in (*self._papers, *self._changed_papers)):
            self._changed_papers.append(same)
        return True

    def unknown(self) -> dict[str, int]:
        listed = ", ".join(f"count(*) FILTER (WHERE {name} IS NULL)" for name in spec().names)
        [row] = _run(f"SELECT {listed} FROM import_stage s WHERE {_GOOD}")  # noqa: S608  (names of columns)
        return {name: count for name, count in zip(spec().names, row, strict=True) if count}

    def write(self) -> dict[str, int]:
        ServiceProvider.objects.bulk_create(self._new)
        ProviderQualification.objects.bulk_create(self._papers)
        facts = [*FACTS, "name_folded", "tax_code", "place", "version"]
        ServiceProvider.objects.bulk_update(self._changed, facts, batch_size=500)
        ProviderQualification.objects.bulk_update(self._changed_papers, [*PAPER, "scopes"], batch_size=500)
        return {"service_providers": len(self._new), "papers": len(self._papers)}


def _is_same(held: ProviderQualification, draft: QualificationDraft) -> bool:
    if held.kind != draft.kind or held.class_name != draft.class_name:
        return False
    if draft.number and held.number:
        return held.number == draft.number
    return (held.form, held.valid_from) == (draft.form, draft.valid_from)


def _staged(act: Act) -> Iterator[ProviderRow]:
    names = (*spec().names, "name_folded")
    listed = ", ".join(f"s.{name}" for name in names)
    for row_no, place_id, *values in _run(
        f"SELECT s.row_no, p.id, {listed} FROM import_stage s LEFT JOIN places_place p ON p.code = s.place_code"  # noqa: S608
        " AND p.level = 'commune' AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)"
        f" WHERE {_GOOD} ORDER BY s.row_no",
        day=act.day,
    ):
        yield ProviderRow(row_no, dict(zip(names, values, strict=True)), place_id)


def _run(statement: str, **params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall()) if cursor.description else []


accept = acceptor(
    needs=CHANGE, records="providers:service_provider:imported", spec=spec, batch=ProviderBatch, derived=DERIVED
)
