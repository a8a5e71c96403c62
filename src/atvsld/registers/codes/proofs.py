"""Dated code lists as proof, and how many there are. They stand in the law book, not in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.kit.text import fold
from atvsld.law import CodeList
from atvsld.platform.access.actor import Actor
from atvsld.registers.codes import catalogue
from atvsld.registers.proof_counting import cannot_tell
from atvsld.registers.proofs import Asked, Evidence, Figure, Measure, ProofRecord, measure, prove


def of_list(codes: CodeList) -> ProofRecord:
    """One version of a list; its key is `name/version`."""
    address = f"{reverse('codes:list', args=[codes.name])}?{urlencode({'ban': codes.version})}"
    label = f"{catalogue.text_of(codes.title)} ({codes.version})"
    return ProofRecord("code_list", f"{codes.name}/{codes.version}", label, address, codes.valid_from)


def in_force(on: date) -> list[CodeList]:
    """The version of every list that holds on a day."""
    return [one.current for one in catalogue.everything(on) if one.current is not None]


def _find(key: str) -> ProofRecord | None:
    name, _slash, version = key.partition("/")
    held = (codes for one in catalogue.everything(date.max) for codes in one.versions)
    return next((of_list(codes) for codes in held if (codes.name, codes.version) == (name, version)), None)


def _search(_actor: Actor, text: str, asked: Asked, limit: int) -> Iterable[ProofRecord]:
    fitting = (codes for codes in in_force(asked.end) if fold(text) in fold(codes.title.vi))
    return [of_list(codes) for _at, codes in zip(range(limit), fitting, strict=False)]


def _figures(asked: Asked) -> Iterable[Figure]:
    held = in_force(asked.end)
    yield Figure("lists", _("Số danh mục đang có hiệu lực"), Decimal(len(held)), url=reverse("codes:lists"))
    yield Figure("complete", _("Trong đó đủ mã"), Decimal(sum(codes.complete for codes in held)))
    why = _("Chưa có sổ ghi các lần rà soát và các mã được đề nghị bổ sung.")
    yield cannot_tell("reviews", _("Số lần rà soát, số mã được đề nghị bổ sung"), why)


def _records(asked: Asked, key: str) -> Iterable[ProofRecord]:
    return [of_list(codes) for codes in in_force(asked.end) if key == "lists" or (key == "complete" and codes.complete)]


prove(Evidence("code_list", _find, _search))
measure(Measure("code_lists", _figures, _records))
