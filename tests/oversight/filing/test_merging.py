"""Two people at one draft: nobody's work is lost, whoever comes first. And numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.oversight.filing import numbers
from atvsld.oversight.filing.actions.drafting import Edit, merge
from atvsld.oversight.filing.filled import Written

KEYS = st.sampled_from(["I/1/3", "I/1/4", "II/3/1", "section:a"])
TEXTS = st.sampled_from(["", "0", "1", "12", "mười"])
DRAFTS = st.dictionaries(KEYS, TEXTS, max_size=4)
CHANGES = st.dictionaries(KEYS, st.one_of(st.none(), TEXTS), max_size=4)


def edits(seen: dict[str, str], changes: dict[str, str | None]) -> list[Edit]:
    return [Edit(key, seen.get(key), now, reason=f"vì {now}") for key, now in changes.items()]


def apply(entries: dict[str, Written], batch: list[Edit], by: str) -> tuple[dict[str, Written], list]:
    changes, clashes = merge(entries, batch, by=by)
    after = entries | {key: entry for key, entry in changes.items() if entry is not None}
    return {key: entry for key, entry in after.items() if changes.get(key, entry) is not None}, clashes


@given(DRAFTS, CHANGES, CHANGES)
def test_what_two_people_write_is_kept_or_shown_and_places_of_one_come_out_the_same_in_any_order(seen, hers, his):
    start = {key: Written(text) for key, text in seen.items()}
    for first, second, names in ((hers, his, "AB"), (his, hers, "BA")):
        between, none = apply(start, edits(seen, first), names[0])
        assert none == [], "the first one clashes with nobody"
        end, clashes = apply(between, edits(seen, second), names[1])
        clashed = {clash.key: clash for clash in clashes}
        for key, now in first.items():
            if key not in second or key in clashed:
                assert (end[key].text if key in end else None) == now
        for key, now in second.items():
            if key in clashed:
                # Both texts are told, and the first one stands.
                assert (clashed[key].mine, clashed[key].theirs) == (now, first[key])
                assert first[key] not in (now, seen.get(key))
            else:
                assert (end[key].text if key in end else None) == now
        for key, text in seen.items():
            if key not in first and key not in second:
                assert end[key].text == text
    alone = {**{k: v for k, v in hers.items() if k not in his}, **{k: v for k, v in his.items() if k not in hers}}
    one, _ = apply(apply(start, edits(seen, hers), "A")[0], edits(seen, his), "B")
    other, _ = apply(apply(start, edits(seen, his), "B")[0], edits(seen, hers), "A")
    for key in alone:
        assert (one.get(key) and one[key].text) == (other.get(key) and other[key].text)


@given(DRAFTS, CHANGES)
def test_a_batch_sent_again_changes_nothing(seen, changes):
    start = {key: Written(text) for key, text in seen.items()}
    once, _ = apply(start, edits(seen, changes), "A")
    again, clashes = apply(once, edits(seen, changes), "A")
    assert clashes == []
    assert again == once


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234,5", "1234.5"), ("1234,5", "1234.5"), ("1234.5", "1234.5"), ("1.234", "1234"), ("1.234.567", "1234567"),
     ("1,234.5", "1234.5"), ("1 234", "1234"), ("\u00a01.000\u00a0", "1000"), ("-3", "-3"), ("−3", "-3"), ("0", "0"),
     ("1,5", "1.5"), ("1,234,567", "1234567"), ("", None), ("  ", None)],
)  # fmt: skip
def test_numbers_are_read_as_vietnamese_and_excel_write_them(text, value):
    assert numbers.read(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("text", ["mười", "1.23.4", "1,2,3", "12a", "=1+1", "1e3", "1.234,56789", "9" * 18, "--1"])
def test_a_text_that_is_no_number_is_refused(text):
    with pytest.raises(numbers.NotANumber):
        numbers.read(text)


@given(st.decimals(min_value=-(10**16), max_value=10**16, places=3))
def test_a_figure_typed_again_is_the_same(value):
    assert numbers.read(numbers.typed(value)) == value
    assert Decimal(numbers.plain(value) or "") == value
