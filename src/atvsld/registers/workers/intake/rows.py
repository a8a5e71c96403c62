"""Staged rows with what they speak of found: establishment, place, the stored worker; in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from atvsld.registers.workers.drafts import EmploymentDraft, WorkerDraft
from atvsld.registers.workers.intake import identity

Person = tuple[Any, ...]


@dataclass(slots=True)
class StagedRow:
    """One row as read. `candidates`: stored workers of the same name, birth date and workplace; `held` by number."""

    row_no: int
    name: str
    name_folded: str
    birth_date: date | None
    sex: str | None
    identity_kind: str | None
    number: identity.Number | None
    tax_code: str | None
    place_code: str | None
    establishment_id: int | None
    place_id: int | None
    started_on: date | None
    ended_on: date | None
    labour_relation: str | None
    occupation_code: str | None
    job_title: str | None
    groups: list[str] = field(default_factory=list)
    group_from: date | None = None
    group_to: date | None = None
    group_basis: str | None = None
    held: int | None = None
    candidates: list[int] = field(default_factory=list)

    @property
    def works(self) -> bool:
        """Whether the row says where the person works."""
        return self.establishment_id is not None or self.place_id is not None

    @property
    def person(self) -> Person:
        """Rows of one person share it: the number, else name, birth date and workplace."""
        if self.number:
            return (self.number.fingerprint,)
        return (self.name_folded, self.birth_date, self.establishment_id, self.place_id)

    def facts(self) -> WorkerDraft:
        """What the row states of the person; the number is checked by its staged hints and stays out."""
        return WorkerDraft(name=self.name, birth_date=self.birth_date, sex=self.sex)

    def work(self) -> EmploymentDraft:
        """What the row states of the work."""
        return EmploymentDraft(
            establishment_id=self.establishment_id,
            place_id=self.place_id,
            started_on=self.started_on,
            ended_on=self.ended_on,
            occupation_code=self.occupation_code or "",
            job_title=self.job_title or "",
            labour_relation=self.labour_relation or "",
        )


def lock() -> None:
    """Two imports wait for each other, so the second sees what the first wrote."""
    _run("SELECT pg_advisory_xact_lock(hashtextextended('workers-import', 0))")


def gather(day: date, own_establishment: int | None) -> Iterator[StagedRow]:
    """The readable rows. Without a tax code and a place, the work is for the establishment that sends the file."""
    _run("ANALYZE import_stage")
    _run("DROP TABLE IF EXISTS import_person, import_place")
    _run(
        """
CREATE TEMP TABLE import_place ON COMMIT DROP AS
SELECT DISTINCT ON (code) code, id FROM places_place
WHERE level = 'commune' AND valid_from <= %(day)s AND (valid_to IS NULL OR valid_to >= %(day)s)
ORDER BY code, valid_from DESC
""",
        day=day,
    )
    _run(
        """
CREATE TEMP TABLE import_person ON COMMIT DROP AS
SELECT s.row_no, s.name, s.name_folded, s.birth_date, s.sex, s.identity_kind, s.identity_number, s.tax_code,
       s.place_code, e.id AS establishment_id, coalesce(p.id, e.place_id) AS place_id, s.started_on, s.ended_on,
       s.labour_relation, s.occupation_code, s.job_title, s.groups, s.group_from, s.group_to, s.group_basis,
       w.id AS held
FROM import_stage s
LEFT JOIN establishments_establishment t ON t.tax_code = s.tax_code
LEFT JOIN establishments_establishment e ON e.id = CASE
  WHEN t.id IS NOT NULL THEN coalesce(t.merged_into_id, t.id)
  WHEN s.tax_code IS NULL AND s.place_code IS NULL THEN %(own)s END
LEFT JOIN import_place p ON p.code = s.place_code
LEFT JOIN workers_worker w ON w.identity_fingerprint = split_part(s.identity_number, '|', 1)
WHERE NOT EXISTS (SELECT 1 FROM import_bad b WHERE b.row_no = s.row_no)
""",
        own=own_establishment,
    )
    candidates = _candidates()
    for row_no, name, folded, birth, sex, kind, number, *rest, groups, since, until, basis, held in _run(
        "SELECT * FROM import_person ORDER BY row_no"
    ):
        tax_code, place_code, establishment, place, started, ended, relation, occupation, title = rest
        yield StagedRow(
            row_no, name, folded, birth, sex, kind, identity.read(number) if number else None, tax_code, place_code,
            establishment, place, started, ended, relation, occupation, title, groups or [], since, until, basis, held,
            candidates.get(row_no, []),
        )  # fmt: skip


def _candidates() -> dict[int, list[int]]:
    """Row → stored workers of the same name, birth date and workplace, where the number does not tell."""
    candidates: dict[int, list[int]] = {}
    for row_no, pk in _run(
        """
SELECT i.row_no, w.id FROM import_person i JOIN workers_worker w ON w.name_folded = i.name_folded
 AND w.birth_date IS NOT DISTINCT FROM i.birth_date
 AND (w.establishment_id = i.establishment_id
      OR i.establishment_id IS NULL AND w.establishment_id IS NULL AND w.place_id = i.place_id
      OR EXISTS (SELECT 1 FROM workers_employment m
                 WHERE m.worker_id = w.id AND m.establishment_id = i.establishment_id))
WHERE i.held IS NULL AND (i.identity_number IS NULL OR w.identity_fingerprint IS NULL) ORDER BY w.id
"""
    ):
        candidates.setdefault(row_no, []).append(pk)
    return candidates


def unknown(names: tuple[str, ...]) -> dict[str, int]:
    """Empty cells per column among the rows that are not bad."""
    listed = ", ".join(f"count(*) FILTER (WHERE {name} IS NULL)" for name in names)
    [row] = _run(
        f"SELECT {listed} FROM import_stage s"  # noqa: S608  (names of columns)
        " WHERE NOT EXISTS (SELECT 1 FROM import_bad b WHERE b.row_no = s.row_no)"
    )
    return {name: count for name, count in zip(names, row, strict=True) if count}


def _run(statement: str, **params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall()) if cursor.description else []
