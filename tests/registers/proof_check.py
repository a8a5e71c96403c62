"""What every room's proof is held to: its figures are those of a tally made otherwise, and its records are counted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection
from django.test import Client

from atvsld.registers import proofs
from atvsld.registers.proofs import Asked


def sql(query: str, *params: Any) -> int:
    """One number out of plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        row = cursor.fetchone()
    return int(row[0] or 0)


def agrees(word: str, asked: Asked, tally: Mapping[str, int | None], *, summed: Collection[str] = ()) -> None:
    """Figures of the tally are just these; every other figure says why it has no value; records are as many as told.

    `summed` are figures whose records are not counted one by one.
    """
    source = proofs.measure_of(word)
    assert source is not None
    figures = {figure.key: figure for figure in source.figures(asked)}
    for key, figure in figures.items():
        if figure.value is None:
            assert str(figure.why), key
            assert tally.get(key) is None, key
        else:
            assert figure.value == tally[key], key
    assert set(tally) <= set(figures)
    for key, value in tally.items():
        if key not in summed and value is not None:
            assert len(list(source.records(asked, key))) == value, key
    assert list(source.records(asked, "no such figure")) == []


def opens(client: Client, word: str, asked: Asked) -> int:
    """How many lists figures lead to; each shows just as many records as the figure says."""
    source = proofs.measure_of(word)
    assert source is not None
    seen = 0
    for figure in source.figures(asked):
        if figure.url and figure.value is not None and "?" in figure.url:
            page = client.get(figure.url)
            assert page.status_code == 200, figure.url
            assert page.context["table"].paginator.count == figure.value, figure.url
            seen += 1
    return seen


def stands(word: str, keys: Collection[str]) -> None:
    """What a search offers is found again by its key, under the same name."""
    source = proofs.evidence_of(word)
    assert source is not None
    for key in keys:
        found = source.find(key)
        assert found is not None, key
        assert (found.evidence, found.key) == (word, key)
    assert source.find("0" * 26) is None
