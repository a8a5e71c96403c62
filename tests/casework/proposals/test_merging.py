"""Putting proposals together: each in one group, whatever is proposed; one article however it is written."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atvsld.casework.proposals.merging import Said, suggested

# The machine may be busy: how long drawing takes says nothing here.
UNHURRIED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

TEXTS = st.sampled_from(["ND-44", "nd-44", "TT-13", ""])
ARTICLES = st.sampled_from(["", "Điều 16", "Khoản 2, Điều 16", "điều 16 khoản 2", "Điều 16 khoản 3"])
WISHES = st.sampled_from(["Bỏ thủ tục khai báo", "Bỏ thủ tục khai báo.", "Tăng mức hỗ trợ", ""])
SAID = st.lists(st.tuples(TEXTS, ARTICLES, WISHES), max_size=12)


@UNHURRIED
@given(SAID)
def test_every_proposal_stands_in_exactly_one_group_and_order_is_kept(rows):
    said = [Said(at, *row) for at, row in enumerate(rows)]
    groups = suggested(said)
    assert sorted(key for keys in groups for key in keys) == list(range(len(rows)))
    assert [keys[0] for keys in groups] == sorted(keys[0] for keys in groups)
    for keys in groups:
        assert len({said[key].text.lower() for key in keys}) == 1
        assert keys == sorted(keys)
    # Merged once, nothing more merges: the first of each group stay apart.
    assert len(suggested([said[keys[0]] for keys in groups])) == len(groups)


def test_an_article_is_one_however_it_is_written_and_wishes_alike_go_together_without_one():
    said = [
        Said("a", "ND-44", "Khoản 2, Điều 16", "x"),
        Said("b", "nd-44", "điều 16 khoản 2", "y"),
        Said("c", "ND-44", "Điều 16 khoản 3", "x"),
        Said("d", "TT-13", "", "Đề nghị bỏ báo cáo giấy"),
        Said("e", "TT-13", "", "Đề nghị bỏ báo cáo bằng giấy"),
        Said("f", "TT-13", "", "Tăng mức hỗ trợ huấn luyện"),
    ]
    assert suggested(said) == [["a", "b"], ["c"], ["d", "e"], ["f"]]
