"""The rules of consolidation are checked against the forms they name, and say what they leave out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from atvsld.kit.periods import Period
from atvsld.law import LawDataError, UnknownEntry, load_book
from atvsld.law.consolidation import Cell, Portion, Reporters
from atvsld.law.consolidation_reading import Consolidations, load_consolidations
from atvsld.law.reading import DataFolder

YEAR = Period.parse("2025")


def test_outsiders_are_taken_off_wherever_victims_are_counted():
    scheme = load_consolidations().scheme("ND39-XIV", YEAR)
    pairs = {"6": "7", "8": "9", "10": "11", "12": "13"}
    for cell, origin in scheme.origins.items():
        victims = [column for column in origin.portion.add if column in pairs and origin.table == "I"]
        assert [pairs[column] for column in victims] == list(origin.portion.less), cell
        if origin.table == "I" and not victims:  # accidents: no more of them than victims of the reporter
            assert origin.portion.at_most is not None, cell
            assert origin.portion.at_most.less, cell


def test_every_figure_of_the_higher_form_is_filled_or_known_to_have_no_source():
    without = {
        # An employer's form tells its losses in one line; a commune's has no occupations.
        "ND39-XIV": {(row, column) for row in ("1.1", "1.2", "1.3") for column in ("10", "11", "12", "13", "14", "15")},
        "ND39-XV": {("1.3", str(column)) for column in range(3, 16)},
        "TT07-III": set(),
    }
    for form, lacking in without.items():
        scheme = load_consolidations().scheme(form, YEAR)
        found = set()
        for table in scheme.target.tables:
            given = [leaf for leaf in table.leaf_columns if leaf.kind in ("measure", "entry")]
            for row in scheme.rows[table.id]:
                if row.holds_figures and not row.formula:
                    for leaf in given:
                        cell = Cell(table.id, row.key, leaf.key)
                        if cell not in scheme.origins and cell not in scheme.heads:
                            found.add((row.key.rpartition(".")[0], leaf.key))
        assert {(key[:3], column) for key, column in found} == lacking, form


def test_kinds_of_reporters_are_those_the_form_gives_its_rows_and_columns():
    scheme = load_consolidations().scheme("ND39-XIV", YEAR)
    assert scheme.origins[Cell("II", "1.4.C", "6")].reporters == {"industry": Reporters(("C",))}
    unknown = scheme.origins[Cell("I", "1.5.unknown", "8")].reporters["ownership"]
    assert unknown.outside
    assert unknown.admit(None)
    assert unknown.admit("99")
    assert not unknown.admit("02")
    yearly = load_consolidations().scheme("TT07-III", YEAR)
    assert yearly.origins[Cell("II", "e1", "6b")].reporters == {"ownership": Reporters(("02",))}
    assert yearly.origins[Cell("II", "e1", "6b")].portion == Portion(("4b",))
    assert yearly.origins[Cell("II", "g3", "4")].most
    # Only rows of pairs have second figures.
    assert Cell("II", "a1", "4b") not in yearly.origins


def test_unconfirmed_ways_say_so():
    for rule in load_consolidations().rules.values():
        assert rule.status.value == "provisional"
        assert rule.note
    with pytest.raises(UnknownEntry, match="ND39-XII"):
        load_consolidations().rule("ND39-XII")


def _spoilt(tmp_path: Path, change: Any) -> Consolidations:
    source = yaml.safe_load((DataFolder().root / "consolidation" / "ND39-XIV.yaml").read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    change(source)
    folder = tmp_path / "consolidation"
    folder.mkdir()
    (folder / "ND39-XIV.yaml").write_text(yaml.safe_dump(source, allow_unicode=True), encoding="utf-8")
    return Consolidations(DataFolder(tmp_path), load_book())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data["tables"][1]["columns"].update({"6": {"add": ["14"]}}), "ND39-XII không có cột"),
        (lambda data: data["tables"][1]["columns"].update({"99": {"add": ["3"]}}), "ND39-XIV không có cột"),
        (lambda data: data["tables"][1]["rows"].append({"rows": "9.9", "of": "1"}), "ND39-XIV không có dòng"),
        (lambda data: data["tables"][1]["rows"].append({"rows": "1.1.*", "of": "1.9.*"}), "ND39-XII không có dòng"),
        (lambda data: data["tables"][1]["rows"].append({"rows": "1", "of": "1"}), "hai lần"),
        (lambda data: data["tables"][1]["rows"][0].update(by="industry"), "không phân theo"),
        (lambda data: data["apart"][0]["portion"].update(add=["99"]), "không có cột"),
        (lambda data: data["workforce"].update(row="nobody"), "không có dòng đầu biểu"),
        (lambda data: data.update(source="ND39-XIX"), "ND39-XIX không có dòng"),
        (lambda data: data.update(source="XYZ"), "XYZ"),
        (lambda data: data.update(reports=[]), "reports"),
        (lambda data: data.update(wrong=1), "wrong"),
        (lambda data: data["citation"].update(instrument="NONE"), "NONE"),
    ],
)  # fmt: skip
def test_a_rule_that_names_what_is_not_there_is_refused(tmp_path, change, said):
    with pytest.raises(LawDataError, match=said):
        _spoilt(tmp_path, change)
