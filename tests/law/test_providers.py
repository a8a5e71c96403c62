"""Which paper lets a provider work on a day, and for what."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atvsld.kit.dated import NotInForce
from atvsld.law.errors import LawDataError, UnknownEntry
from atvsld.law.providers import Paper, PaperForm, ProviderKind, Suspension, load_provider_rules

RULES = load_provider_rules()
TRAINING, MONITORING = ProviderKind.TRAINING, ProviderKind.WORKPLACE_MONITORING
INSPECTION = ProviderKind.TECHNICAL_INSPECTION
LICENCE_B = Paper(TRAINING, PaperForm.LICENCE, date(2023, 5, 1), "B")
DAYS = st.dates(date(2018, 1, 1), date(2032, 12, 31))


def code(*papers, kind=TRAINING, scope="", on, stops=(), ceased_on=None):
    return RULES.standing(papers, stops, kind=kind, scope=scope, on=on, ceased_on=ceased_on).code


def test_training_changed_from_licence_to_notification_in_the_middle_of_2026():
    assert RULES.regime(TRAINING, date(2026, 6, 30), "B").value.form is PaperForm.LICENCE
    after = RULES.regime(TRAINING, date(2026, 7, 1), "B")
    assert after.value.form is PaperForm.NOTIFICATION
    assert after.status == "provisional"


def test_what_comes_after_the_resolution_ends_is_not_guessed():
    with pytest.raises(NotInForce):
        RULES.regime(TRAINING, date(2027, 3, 1), "C")


def test_there_is_no_class_where_the_law_names_none():
    with pytest.raises(UnknownEntry):
        RULES.regime(MONITORING, date(2025, 1, 1), "A")


def test_a_licence_without_a_stated_end_holds_five_years_also_under_the_new_regime():
    assert RULES.ends_on(LICENCE_B) == date(2028, 4, 30)
    assert code(LICENCE_B, scope="group1", on=date(2026, 11, 24)) == ""
    assert code(LICENCE_B, scope="group1", on=date(2028, 5, 1)) == "expired"
    assert code(LICENCE_B, scope="group1", on=date(2023, 4, 30)) == "no_paper"


def test_an_announcement_has_no_end():
    paper = Paper(MONITORING, PaperForm.ANNOUNCEMENT, date(2017, 1, 1), scopes=frozenset({"noise"}))
    assert RULES.ends_on(paper) is None
    assert code(paper, kind=MONITORING, scope="noise", on=date(2026, 12, 1)) == ""


def test_a_class_may_train_only_its_groups_and_the_finding_cites_the_article():
    found = RULES.standing([LICENCE_B], [], kind=TRAINING, scope="group3", on=date(2025, 1, 1))
    assert found.code == "out_of_scope"
    assert "Nhóm 3" in found.sentence
    assert "Nhóm 1" in found.sentence
    assert str(found.citation) == "ND-44-2016 Điều 26 khoản 1 điểm b"


def test_a_paper_narrower_than_its_class_covers_what_it_lists():
    narrow = Paper(TRAINING, PaperForm.LICENCE, date(2023, 5, 1), "C", scopes=frozenset({"group3"}))
    assert code(narrow, scope="group3", on=date(2025, 1, 1)) == ""
    assert code(narrow, scope="group2", on=date(2025, 1, 1)) == "out_of_scope"


def test_a_licence_that_lists_nothing_cannot_be_compared():
    paper = Paper(INSPECTION, PaperForm.LICENCE, date(2024, 1, 1))
    assert code(paper, kind=INSPECTION, scope="lift", on=date(2025, 1, 1)) == "scope_unknown"
    assert code(paper, kind=INSPECTION, on=date(2025, 1, 1)) == ""


def test_a_self_announcement_does_not_stand_for_a_licence():
    paper = Paper(TRAINING, PaperForm.SELF_ANNOUNCEMENT, date(2024, 1, 1), "C")
    found = RULES.standing([paper], [], kind=TRAINING, scope="group2", on=date(2025, 1, 1))
    assert found.code == "wrong_form"
    assert "Giấy chứng nhận đủ điều kiện hoạt động" in found.sentence


def test_a_suspension_counts_on_its_first_and_its_last_day():
    stop = Suspension(date(2025, 3, 1), date(2025, 5, 31), TRAINING)
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 5, 31), date(2025, 6, 1)]
    assert [code(LICENCE_B, on=day, stops=[stop]) for day in days] == ["", "suspended", "suspended", ""]
    other = Suspension(date(2025, 3, 1), None, MONITORING)
    assert code(LICENCE_B, on=date(2025, 4, 1), stops=[other]) == ""
    assert code(LICENCE_B, on=date(2025, 4, 1), stops=[Suspension(date(2025, 3, 1))]) == "suspended"


def test_a_withdrawn_paper_ends_the_day_before_and_a_ceased_provider_at_once():
    withdrawn = Paper(TRAINING, PaperForm.LICENCE, date(2023, 5, 1), "B", withdrawn_on=date(2025, 1, 10))
    assert code(withdrawn, on=date(2025, 1, 9)) == ""
    assert code(withdrawn, on=date(2025, 1, 10)) == "expired"
    assert code(LICENCE_B, on=date(2025, 1, 10), ceased_on=date(2025, 1, 10)) == "ceased"


@given(DAYS, DAYS, DAYS)
def test_one_more_suspension_never_clears_and_one_more_paper_never_harms(on, start, stop):
    extra = Suspension(min(start, stop), max(start, stop))
    second = Paper(TRAINING, PaperForm.LICENCE, start, "B")
    if code(LICENCE_B, on=on):
        assert code(LICENCE_B, on=on, stops=[extra])
    else:
        assert code(LICENCE_B, second, on=on) == ""


@given(DAYS, DAYS)
def test_a_paper_is_good_exactly_from_its_first_to_its_last_day(start, on):
    paper = Paper(INSPECTION, PaperForm.LICENCE, start)
    end = RULES.ends_on(paper)
    assert end is not None
    assert (code(paper, kind=INSPECTION, on=on) == "") == (start <= on <= end)
    assert (end + timedelta(days=1)).year == start.year + 5


def test_a_citation_of_an_unknown_instrument_stops_loading(tmp_path):
    source = load_provider_rules.__wrapped__.__globals__["files"]("atvsld.law") / "data" / "providers"
    for name in ("instruments.yaml", "providers.yaml"):
        text = (source / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace("ND-283-2026, locator", "ND-0-0000, locator"), encoding="utf-8")
    with pytest.raises(LawDataError, match="ND-0-0000"):
        load_provider_rules(tmp_path)
