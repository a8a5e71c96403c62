"""The rules of publication as data: threshold, what is public by law, what a notice must say."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from atvsld.kit.certainty import Certainty, Citation

LEAST_THRESHOLD = 3


@dataclass(frozen=True, slots=True)
class Exemption:
    """Measures that are public whatever their size, and the provision that says so."""

    measures: tuple[str, ...]
    citation: Citation
    why: str


@dataclass(frozen=True, slots=True)
class Rules:
    """All of them. `content`: figures a notice must name, by point of the article."""

    threshold: int
    threshold_status: Certainty
    threshold_note: str
    percent_decimals: int
    exempt: tuple[Exemption, ...]
    damages: Exemption
    content: dict[str, tuple[str, ...]]
    content_citation: Citation
    deadline: str

    @property
    def exempt_measures(self) -> frozenset[str]:
        return frozenset(measure for one in self.exempt for measure in one.measures)


@cache
def load_rules() -> Rules:
    """The rules. ValueError when the threshold is too low to protect anybody."""
    data: dict[str, Any] = yaml.safe_load(
        (files(__package__) / "data" / "publication.yaml").read_text(encoding="utf-8")
    )
    threshold = int(data["threshold"]["value"])
    if threshold < LEAST_THRESHOLD:
        raise ValueError(f"threshold {threshold} is below {LEAST_THRESHOLD}")
    return Rules(
        threshold=threshold,
        threshold_status=Certainty(data["threshold"]["status"]),
        threshold_note=data["threshold"]["note"].strip(),
        percent_decimals=int(data["percent_decimals"]),
        exempt=tuple(Exemption(tuple(one["measures"]), _cited(one), one["why"]) for one in data["exempt"]),
        damages=Exemption((), _cited(data["damages"]), data["damages"]["why"]),
        content={point: tuple(keys) for point, keys in data["content"].items()},
        content_citation=Citation(**data["content_citation"]),
        deadline=data["deadline"],
    )


def _cited(entry: dict[str, Any]) -> Citation:
    return Citation(entry["citation"]["instrument"], entry["citation"]["locator"])
