"""Figures that can be put into a sentence by hand: every figure of every register that counts."""

from __future__ import annotations

from django.utils import translation

from atvsld.kit.text import fold
from atvsld.oversight.yearly import plans, sources
from atvsld.oversight.yearly.counting import Counter
from atvsld.oversight.yearly.drafting.material import Fig
from atvsld.oversight.yearly.gathering import Gathering, asked_by
from atvsld.oversight.yearly.models import SentenceFigure, YearReport
from atvsld.registers import proofs

Source = SentenceFigure.Source


def fig_from(report: YearReport, word: str, key: str, counter: Counter) -> Fig | None:
    """A figure of a register for whoever a report tells of; None when no register counts it."""
    with translation.override("vi"):
        found = Gathering(report, counter.at, None, sources.kept(asked_by(report)), counter)
        one = counter.figures(Source.MEASURE, word, found.asked).get(key)
        return None if one is None else found.fig(Source.MEASURE, word, one, found.asked)


def choices(report: YearReport, counter: Counter, query: str = "") -> list[Fig]:
    """The figures that can be put into a sentence, of every register that counts, those found by words."""
    wanted = fold(query).split()
    words = plans.words().measures
    found = []
    with translation.override("vi"):
        gathering = Gathering(report, counter.at, None, sources.kept(asked_by(report)), counter)
        for word in sorted(proofs.counted()):
            name = words[word].label.vi if word in words else word
            found += [
                gathering.fig(Source.MEASURE, word, one, gathering.asked)
                for one in counter.figures(Source.MEASURE, word, gathering.asked).values()
                if one.value is not None and all(part in fold(f"{name} {one.label}") for part in wanted)
            ]
    return found
