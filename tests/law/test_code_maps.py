"""Maps between versions of code lists: only what a source gives, each edge lossless or marked lossy."""

from __future__ import annotations

from pathlib import Path

import pytest

from atvsld.kit.certainty import Certainty
from atvsld.law import LawDataError, UnknownEntry, load_book
from atvsld.law.code_maps import read_maps
from atvsld.law.reading import DataFolder

LISTS = load_book().code_lists


def targets(name: str, code: str, version: str, to: str) -> tuple[str, ...]:
    return LISTS.convert(name, code, version=version, to=to).targets


@pytest.mark.parametrize(
    ("code", "expected"),
    [("K", ("L",)), ("J", ("J", "K")), ("1104", ("1105",)), ("6201", ("6211", "6219")), ("45", ("466", "478", "953"))],
)
def test_industries_of_2018_lead_where_the_table_of_conversion_says(code: str, expected: tuple[str, ...]) -> None:
    assert targets("industry.vsic", code, "2018", "2025") == expected


def test_a_code_without_an_edge_has_no_map_although_its_number_exists_in_both_versions() -> None:
    old, new = LISTS.version("industry.vsic", "2018"), LISTS.version("industry.vsic", "2025")
    both = [code for code in old.codes if code in new]
    assert "A" in both
    assert "011" in both
    mapped = {edge.old for found in LISTS.maps if found.name == "industry.vsic" for edge in found.edges}
    assert all(targets("industry.vsic", code, "2018", "2025") == () for code in both if code not in mapped)


def test_malt_of_2025_was_nothing_known_in_2018_and_soft_drinks_go_back_to_1104() -> None:
    assert targets("industry.vsic", "1104", "2025", "2018") == ()
    assert targets("industry.vsic", "1105", "2025", "2018") == ("1104",)


def test_nothing_of_the_industries_is_converted_without_a_person_because_nothing_is_known_to_be_one_to_one() -> None:
    old = LISTS.version("industry.vsic", "2018")
    assert all(LISTS.convert("industry.vsic", code, version="2018", to="2025").exact is None for code in old.codes)


def test_agents_of_equal_wording_are_lossless_both_ways_and_the_rest_is_lossy() -> None:
    old, new = LISTS.versions("accident.injury_agent")
    for item in old:
        there = LISTS.convert("accident.injury_agent", item.code, version=old.version, to=new.version)
        assert there.targets, item.code
        if there.exact is None:
            assert item.label_vi == "Yếu tố khác"
            continue
        after = new.get(there.exact)
        assert after is not None
        assert after.label_vi == item.label_vi
        assert LISTS.convert(
            "accident.injury_agent", there.exact, version=new.version, to=old.version
        ).exact == item.code  # fmt: skip


def test_every_edge_ends_at_a_code_of_its_version_where_that_version_is_complete() -> None:
    new = LISTS.version("industry.vsic", "2025")
    assert all(edge.new in new for found in LISTS.maps if found.name == "industry.vsic" for edge in found.edges)


def test_maps_say_how_certain_they_are_and_stand_in_the_list_of_what_is_unconfirmed() -> None:
    entries = {entry.id for entry in load_book().unconfirmed() if entry.kind == "code_map"}
    assert entries == {"industry.vsic", "accident.injury_agent"}
    assert all(edge.status is not Certainty.OFFICIAL for found in LISTS.maps for edge in found.edges)


def test_an_unknown_version_is_refused_with_the_versions_there_are() -> None:
    with pytest.raises(UnknownEntry, match="2018, 2025"):
        LISTS.convert("industry.vsic", "A", version="2007", to="2025")


def test_an_edge_cannot_be_lossless_when_its_code_leads_elsewhere_too(tmp_path: Path) -> None:
    folder = tmp_path / "code_maps"
    folder.mkdir()
    (folder / "x.yaml").write_text(
        'list: x\nfrom: "1"\nto: "2"\ncitation: {instrument: A}\nstatus: official\n'
        'edges:\n  - {code: "a", to: ["b", "c"], lossless: true}\n',
        encoding="utf-8",
    )
    with pytest.raises(LawDataError, match="nguyên vẹn"):
        read_maps(DataFolder(tmp_path))


@pytest.mark.parametrize(
    ("name", "version", "text", "first"),
    [
        ("accident.injury_agent", "TT13-IV", "dien", "1"),
        ("accident.injury_agent", "TT13-IV", "ĐIỆN", "1"),
        ("industry.vsic", "2025", "1104", "1104"),
        ("industry.vsic", "2025", "do uong khong con", "1105"),
        ("accident.injury", "ND39-II", "so nao", "011"),
    ],
)
def test_search_needs_no_tone_marks_and_puts_the_nearest_first(name: str, version: str, text: str, first: str) -> None:
    found = LISTS.version(name, version).search(text)
    # A class and its only sub-class bear one name: the list's own order puts the class first.
    assert found[0].code == first
    assert LISTS.version(name, version).search("khongcogi") == ()


def test_each_list_stands_once_in_the_catalogue_and_its_old_versions_stay_readable() -> None:
    assert "industry.vsic" in LISTS.catalogue
    assert "industry.vsic2018" not in LISTS.catalogue
    assert [item.version for item in LISTS.versions("industry.vsic")] == ["2018", "2025"]
    assert len(LISTS.version("industry.vsic", "2018")) == 351


def test_identity_prefixes_are_the_63_provinces_of_their_day() -> None:
    (codes,) = LISTS.versions("person.identity_prefix")
    assert len(codes) == 63
    assert {codes.get(code).label_vi for code in ("048", "049")} == {"Đà Nẵng", "Quảng Nam"}  # type: ignore[union-attr]
