"""An attacker with the published table, its totals and the rules must not find one or two persons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from atvsld.statistics.small_cells import mask_small_cells

TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 7, 40]), min_size=width, max_size=width), min_size=1, max_size=5
    )
)


def published(table):
    return [
        *([*row, total] for row, total in zip(table.cells, table.row_totals, strict=True)),
        [*table.column_totals, table.total],
    ]


def largest_possible(shown, target):
    """The largest value of a withheld cell consistent with all that is printed (linear programme)."""
    height, width = len(shown), len(shown[0])
    rows = []
    for i in range(height):
        line = np.zeros((height, width))
        line[i, :-1], line[i, -1] = 1, -1
        rows.append(line.ravel())
    for j in range(width):
        line = np.zeros((height, width))
        line[:-1, j], line[-1, j] = 1, -1
        rows.append(line.ravel())
    bounds = [(1, None) if cell is None else (cell, cell) for row in shown for cell in row]
    goal = np.zeros(height * width)
    goal[target[0] * width + target[1]] = -1
    found = linprog(goal, A_eq=np.array(rows), b_eq=np.zeros(len(rows)), bounds=bounds, method="highs")
    return float("inf") if found.status == 3 else -found.fun


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_no_withheld_small_count_can_be_shown_to_be_small(rows):
    table = mask_small_cells(rows)
    shown = published(table)
    for cell in table.primary:
        assert largest_possible(shown, cell) >= 3 - 1e-6


@settings(max_examples=150, deadline=None)
@given(TABLES)
def test_what_is_shown_is_true_never_small_and_every_zero_is_kept(rows):
    shown = published(mask_small_cells(rows))
    inner = np.array(rows)
    full = np.block([[inner, inner.sum(1, keepdims=True)], [inner.sum(0, keepdims=True), inner.sum(keepdims=True)]])
    for i, row in enumerate(shown):
        for j, cell in enumerate(row):
            if cell is None:
                assert full[i, j] > 0
            else:
                assert cell == full[i, j]
                assert cell not in (1, 2)


def test_a_table_without_small_counts_is_published_whole():
    table = mask_small_cells([[5, 0, 12], [9, 3, 4]])
    assert table.cells == ((5, 0, 12), (9, 3, 4))
    assert (table.row_totals, table.column_totals, table.total) == ((17, 16), (14, 3, 16), 33)
    assert not table.primary | table.complementary


def test_a_single_small_count_takes_three_inner_cells_with_it_and_no_total():
    table = mask_small_cells([[1, 20, 30], [9, 8, 60], [70, 80, 90]])
    assert table.cells == ((None, None, 30), (None, None, 60), (70, 80, 90))
    assert (table.row_totals, table.column_totals, table.total) == ((51, 77, 240), (80, 108, 180), 368)
    assert table.complementary == {(0, 1), (1, 0), (1, 1)}


def test_two_ones_alone_with_their_total_give_up_the_total_too():
    table = mask_small_cells([[1, 1]])
    assert table.cells == ((None, None),)
    assert table.total is None


def test_a_published_sum_of_one_and_two_would_betray_both():
    table = mask_small_cells([[1, 2]])
    assert table.cells == ((None, None),)
    assert (table.row_totals, table.total) == ((None,), None)


def test_a_large_table_is_protected_quickly():
    rows = np.random.default_rng(3).poisson(1.2, size=(94, 12)).tolist()
    table = mask_small_cells(rows)
    assert table.total == int(np.sum(rows))
    assert all(number is None or number == 0 or number >= 3 for row in table.cells for number in row)


def test_an_empty_table_stays_empty():
    table = mask_small_cells([])
    assert (table.cells, table.total) == ((), 0)


@pytest.mark.parametrize("rows", [[[1, 2], [3]], [[-1]]])
def test_uneven_tables_and_negative_counts_are_refused(rows):
    with pytest.raises(ValueError):
        mask_small_cells(rows)
