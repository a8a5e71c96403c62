"""What the synthetic province is made from, read from the data files beside."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from random import Random
from typing import Any

import yaml


def chance_of(seed: int, name: str) -> Random:
    """A stream of chance of its own, so that one part's draws do not move another's."""
    return Random(f"{seed}:{name}")  # noqa: S311 — repeatable on purpose


class Weighted:
    """A choice among values by weight, quick enough for a million draws."""

    def __init__(self, weights: dict[str, float] | Sequence[tuple[Any, float]]) -> None:
        pairs = list(weights.items() if isinstance(weights, dict) else weights)
        self.values = [value for value, _ in pairs]
        self._cumulated = list(accumulate(weight for _, weight in pairs))
        self._last = len(pairs) - 1

    def draw(self, chance: Random) -> Any:
        """One value; the standard library's own way of choosing, without what it checks at every call."""
        return self.values[bisect(self._cumulated, chance.random() * self._cumulated[-1], 0, self._last)]


@dataclass(frozen=True)
class Work:
    """A kind of work: what hurts, who does it, when in the year."""

    agents: Weighted
    occupations: Weighted
    season: str


@dataclass(frozen=True)
class Industry(Work):
    """Establishments of one industry."""

    slug: str
    codes: dict[str, str]
    median: float
    spread: float
    female: float
    hazard: float
    wage: float
    names: list[str]
    owners: Weighted


@dataclass(frozen=True)
class Agent:
    """An injury agent: odds of death, injury codes it leaves, how it came about."""

    odds: float
    injuries: list[str]
    told: list[str]


@dataclass(frozen=True)
class Year:
    """Accidents of a year up to its last month, each kind as (cases, fatal among them)."""

    months: int
    kinds: dict[str, tuple[int, int]]


class Material:
    """Everything drawn from. Built once."""

    def __init__(self, industries: dict[str, Any], names: dict[str, Any]) -> None:
        self.industries = Weighted(
            [(_industry(slug, node), node["weight"]) for slug, node in industries["industries"].items()]
        )
        self.free_work = Weighted(
            [
                (Work(Weighted(node["agents"]), Weighted(node["occupations"]), node["season"]), node["weight"])
                for node in industries["free_work"].values()
            ]
        )
        self.seasons: dict[str, list[int]] = industries["seasons"]
        self.months = {
            (name, months): Weighted(list(enumerate(weights[:months], start=1)))
            for name, weights in self.seasons.items()
            for months in range(1, 13)
        }
        self.agents = {code: Agent(**node) for code, node in industries["agents"].items()}
        self.causes = Weighted(industries["causes"])
        self.relations = Weighted(industries["relations"])
        self.years = {
            number: Year(node["months"], {kind: tuple(node[kind]) for kind in ("contract", "free", "way", "other")})
            for number, node in industries["years"].items()
        }
        self.family = Weighted(names["family"])
        self.names: dict[str, list[str]] = {key: value for key, value in names.items() if key != "family"}

    def person(self, chance: Random, sex: str) -> str:
        return f"{self.family.draw(chance)} {chance.choice(self.names[sex])}"

    def firm(self, chance: Random) -> str:
        """Two or three syllables as firms call themselves."""
        parts = [chance.choice(self.names["first"]), *chance.sample(self.names["second"], 2)]
        return " ".join(dict.fromkeys(parts if chance.random() < 0.3 else parts[:2]))


def _industry(slug: str, node: dict[str, Any]) -> Industry:
    median, spread = node["size"]
    return Industry(
        agents=Weighted(node["agents"]),
        occupations=Weighted(node["occupations"]),
        season=node["season"],
        slug=slug,
        codes={"2018": node["v2018"], "2025": node["v2025"]},
        median=median,
        spread=spread,
        female=node["female"],
        hazard=node["hazard"],
        wage=node["wage"],
        names=node["names"],
        owners=Weighted(node["owners"]),
    )


@cache
def material() -> Material:
    """The data files, read once."""
    folder = files(__package__) / "data"
    read = {
        name: yaml.safe_load((folder / name).read_text(encoding="utf-8")) for name in ("industries.yaml", "names.yaml")
    }
    return Material(read["industries.yaml"], read["names.yaml"])
