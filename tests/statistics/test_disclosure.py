"""A reader who adds and subtracts all that was ever printed must not find a small count.

The attack is a linear programme of its own: it knows every printed sum, that withheld figures are at least one, that
deaths are not more than victims, and it is allowed fractions.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from atvsld.statistics.disclosure import Protected, Space, Sum, protect

T = 5
COUNTS = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 7, 12, 40])


def bounds_of(space: Space, found, target: Sum) -> tuple[float, float]:
    """The smallest and largest value of a sum in any world that agrees with all that is printed."""
    atoms = list(space.counts)

    def row(names):
        return [float(sum(name == atom for name in names)) for atom in atoms]

    printed = [one for one in space.sums if one.exempt or one.key in found.shown] + list(space.known)
    gone = [one for one in space.sums if one.key not in found.shown and not one.exempt and one.table not in found.blank]
    gone = [one for one in gone if space.value(one) > 0]
    upper = [[-number for number in row(one.atoms)] for one in gone]
    limits = [-1.0] * len(gone)
    for small, large in space.within:
        upper.append(list(np.array(row(small)) - np.array(row(large))))
        limits.append(0.0)
    ends = []
    for sign in (1, -1):
        answer = linprog(
            sign * np.array(row(target.atoms)),
            A_eq=np.array([row(one.atoms) for one in printed]) if printed else None,
            b_eq=[space.value(one) for one in printed] if printed else None,
            A_ub=np.array(upper) if upper else None, b_ub=limits if upper else None,
            bounds=[(min(0, value), None) for value in space.counts.values()], method="highs",
        )  # fmt: skip
        ends.append(sign * np.inf * -1 if answer.status == 3 else sign * answer.fun)
    return ends[0], ends[1]


def assert_safe(space: Space, found) -> None:
    nothing = Protected(
        frozenset(), frozenset(), frozenset(), frozenset(one.table for one in space.sums if not one.exempt), ()
    )
    for target in (*space.sums, *space.hidden):
        value = space.value(target)
        if target.exempt or not 0 < value < T:
            continue
        if target.key in found.open:
            # Given up only where what is public anyway confines it.
            assert bounds_of(space, nothing, target)[1] < T - 1e-6, target.key
            continue
        low, high = bounds_of(space, found, target)
        assert high >= T - 1e-6, (target.key, value, low, high)
        assert high - low >= 1 - 1e-6
    for one in space.sums:
        assert one.key in found.shown or not one.exempt
        assert one.key not in found.shown or one.exempt or not 0 < space.value(one) < T


def half_and_year(first, second):
    """One way of dividing the province, in two editions: the half-year as it was printed, then the whole year."""
    names = range(len(first))
    counts = {f"{at}.1": value for at, value in enumerate(first)} | {f"{at}.2": v for at, v in enumerate(second)}
    half = Space(
        {atom: value for atom, value in counts.items() if atom.endswith(".1")},
        (
            *(Sum(f"H1/{at}", (f"{at}.1",), "H1") for at in names),
            Sum("H1", tuple(f"{at}.1" for at in names), exempt=True),
        ),
    )
    printed = protect(half, T)
    year = Space(
        counts,
        (*(Sum(f"Y/{at}", (f"{at}.1", f"{at}.2"), "Y") for at in names), Sum("Y", tuple(counts), exempt=True)),
        known=tuple(one for one in half.sums if one.exempt or one.key in printed.shown),
        hidden=(*(Sum(f"H2/{at}", (f"{at}.2",)) for at in names),
                *(Sum(f"old/{at}", (f"{at}.1",)) for at in names if f"H1/{at}" not in printed.shown)),
    )  # fmt: skip
    return half, printed, year


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=8))
def test_neither_half_can_be_worked_out_from_the_half_and_the_year(rows):
    half, printed, year = half_and_year([first for first, _ in rows], [second for _, second in rows])
    assert_safe(half, printed)
    assert_safe(year, protect(year, T))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(COUNTS, COUNTS), min_size=4, max_size=9),
    st.lists(st.integers(0, 2), min_size=9, max_size=9),
    st.lists(st.integers(0, 3), min_size=9, max_size=9),
)
def test_old_and_new_boundaries_cannot_be_played_against_each_other(pieces, old, new):
    """Pieces of ground under old units, which are sums of several, and under new ones; one sector is known."""
    counts = {}
    for at, (contract, other) in enumerate(pieces):
        counts |= {f"{at}.c": contract, f"{at}.n": other}
    ground = range(len(pieces))

    def unit(kind, number, chosen, sectors="cn"):
        atoms = tuple(f"{at}.{sector}" for at in ground if chosen[at] == number for sector in sectors)
        return Sum(f"{kind}/{number}/{sectors}", atoms, kind)

    olds, news = sorted({old[at] for at in ground}), sorted({new[at] for at in ground})
    space = Space(
        counts,
        (*(unit("old", number, old) for number in olds), *(unit("new", number, new) for number in news),
         Sum("all", tuple(counts), exempt=True)),
        # Every commune posts its own figures of those without a contract: they are common knowledge.
        known=tuple(unit("new", number, new, "n") for number in news),
        hidden=tuple(unit(kind, number, chosen, "c") for kind, chosen, numbers in
                     (("old", old, olds), ("new", new, news)) for number in numbers),
    )  # fmt: skip
    assert_safe(space, protect(space, T))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(COUNTS, st.integers(0, 6)), min_size=2, max_size=7))
def test_deaths_beside_victims_do_not_betray_each_other(rows):
    counts = {}
    for at, (deaths, others) in enumerate(rows):
        counts |= {f"{at}.d": deaths, f"{at}.v": deaths + others}
    names = range(len(rows))
    space = Space(
        counts,
        tuple(Sum(f"{kind}/{at}", (f"{at}.{kind}",), "t") for kind in "dv" for at in names)
        + tuple(Sum(f"all/{kind}", tuple(f"{at}.{kind}" for at in names), exempt=True) for kind in "dv"),
        within=tuple(((f"{at}.d",), (f"{at}.v",)) for at in names),
    )
    assert_safe(space, protect(space, T))


def test_a_table_without_small_counts_is_printed_whole():
    space = Space({"a": 9, "b": 0, "c": 5}, tuple(Sum(name, (name,), "t") for name in "abc"))
    found = protect(space, T)
    assert found.shown == {"a", "b", "c"}
    assert not found.primary | found.complementary | found.blank


def test_the_cheapest_neighbour_is_withheld_with_a_single_small_count():
    counts = {"a": 2, "b": 9, "c": 400, "d": 0}
    space = Space(counts, (*(Sum(name, (name,), "t") for name in counts), Sum("all", tuple(counts), exempt=True)))
    found = protect(space, T)
    assert (found.primary, found.complementary, found.shown) == ({"a"}, {"b"}, {"c", "d", "all"})


def test_a_total_that_is_small_itself_leaves_only_itself():
    counts = {"a": 1, "b": 0, "c": 2}
    space = Space(counts, (*(Sum(name, (name,), "t") for name in counts), Sum("all", tuple(counts), exempt=True)))
    found = protect(space, T)
    assert found.shown == {"all"}
    assert found.blank == {"t"}
    assert set(found.open) == {"a", "c"}


def test_what_was_withheld_stays_withheld():
    space = Space({"a": 9, "b": 30}, (Sum("a", ("a",)), Sum("b", ("b",))), held=frozenset({"a"}))
    assert protect(space, T).shown == {"b"}


@pytest.mark.parametrize(
    "space",
    [
        Space({"a": 1}, (Sum("a", ("b",)),)),
        Space({"a": 1}, (Sum("a", ("a",)), Sum("a", ("a",)))),
    ],
)
def test_unsound_spaces_are_refused(space):
    with pytest.raises(ValueError):
        protect(space, T)


def test_a_province_of_communes_is_protected_in_seconds():
    dice = np.random.default_rng(7)
    counts = {f"{at}.{half}": int(dice.poisson(2)) for at in range(94) for half in (1, 2)}
    _half, _printed, year = half_and_year(
        [counts[f"{at}.1"] for at in range(94)], [counts[f"{at}.2"] for at in range(94)]
    )
    found = protect(year, T)
    assert len(found.primary) + len(found.complementary) + len(found.shown) == 95
