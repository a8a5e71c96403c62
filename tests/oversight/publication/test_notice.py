"""The notice: figures against a tally in SQL, words bound to figures, editions that replace one another."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection, connections
from tests.oversight.publication import scene
from tests.oversight.reporting import ruled

from atvsld.kit.ids import new_ulid
from atvsld.kit.periods import Period
from atvsld.oversight.publication import actions, document, words
from atvsld.oversight.publication.actions.drafting import Extras
from atvsld.oversight.publication.content import Content
from atvsld.oversight.publication.figures import Figure
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.rules import load_rules
from atvsld.oversight.publication.source import CONTEXT
from atvsld.oversight.snapshots import facade as snapshots
from atvsld.platform.access.actor import system_actor
from atvsld.platform.acts import Act, Channel, Conflict, Refused, Rejected
from atvsld.platform.papers.models import Paper
from atvsld.registers.bodies.models import Body, BodyFunction

pytestmark = pytest.mark.django_db
SIGNER = actions.Signer("Nguyễn Văn Thử")
H1, YEAR = Period.parse("2025-H1"), Period.parse("2025")


def drafted(period=H1, at=scene.H1_OUT, **extra) -> Notice:
    return actions.draft_notice(scene.act(at), key=new_ulid(), place_code="48", period=period, **extra)


def issued(notice: Notice, at=scene.H1_OUT, on: date | None = None) -> Notice:
    return actions.issue_notice(scene.act(at), notice=notice, version=notice.version, on=on or at.date(), signer=SIGNER)


def content(notice: Notice) -> Content:
    return Content.from_json(notice.content)


def test_the_figures_of_the_law_equal_a_tally_in_sql_now_and_a_year_before():
    scene.land()
    for period, now, before in (
        (H1, ("2025-01-01", "2025-06-30"), ("2024-01-01", "2024-06-30")),
        (YEAR, ("2025-01-01", "2025-12-31"), ("2024-01-01", "2024-12-31")),
    ):
        held = content(drafted(period, scene.YEAR_OUT)).figures
        for name, count in scene.tally(*now).items():
            assert (held[name].state, held[name].value) == ("shown", count), name
        for name, count in scene.tally(*before).items():
            assert held[name].before == count, name


def test_tables_add_up_to_their_total_and_show_true_figures_only():
    scene.land()
    held = content(drafted(YEAR, scene.YEAR_OUT))
    table = held.tables_by_id["cause"]
    true = scene.causes("2025-01-01", "2025-12-31")
    assert table.total.now["cases"] == sum(true.values())
    for line in table.lines[1:]:
        if line.code in true and line.now["cases"] is not None:
            assert line.now["cases"] == true[line.code]
    listed = [line.now["cases"] or 0 for line in table.lines[1:]]
    assert sum(listed) == table.total.now["cases"]
    assert any(line.now["cases"] for line in table.lines if line.kind == "data")


def test_every_number_of_the_first_wording_is_a_placeholder_and_none_is_missing():
    scene.land()
    notice = drafted()
    held = content(notice)
    known = words.known_names(held.figures, held.phrases)
    assert list(words.problems(notice.sections, known)) == []
    assert list(words.remarks(notice.sections, load_rules(), held.figures)) == []
    assert all(words.typed_numbers(text) == [] for text in notice.sections.values())
    printed = words.filled(notice.sections["tinh_hinh"], held.figures, held.phrases, 1)
    assert "{" not in printed
    assert str(scene.tally("2025-01-01", "2025-06-30")["so_vu"]) in printed


def test_an_officer_rewrites_a_sentence_and_figures_stay_bound():
    scene.land()
    notice = drafted()
    text = "Sáu tháng qua cả tỉnh ghi nhận {so_vu} vụ, trong đó {so_vu_chet} vụ chết người (Điều 4 Thông tư 13/2020)."
    notice = actions.write(scene.act(scene.H1_OUT), notice=notice, version=notice.version, sections={"tinh_hinh": text})
    before = content(notice).figures["so_vu"].value
    scene.many(notice.place.children.first().place, 7)
    notice = actions.recompute(scene.act(scene.H1_OUT), notice=notice, version=notice.version)
    held = content(notice)
    assert held.figures["so_vu"].value == before + 7
    assert f"ghi nhận {before + 7} vụ" in words.filled(notice.sections["tinh_hinh"], held.figures, held.phrases, 1)
    # What the sentence no longer names is reported, by its point of the article.
    missing = {one.message for one in words.remarks(notice.sections, load_rules(), held.figures)}
    assert any("Số người bị nạn" in message for message in missing)
    assert any("biến động của “Số người chết”" in message for message in missing)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Xảy ra 12 vụ.", "typed_number"),
        ("Xảy ra {so_vuu} vụ.", "unknown_figure"),
        ("Xảy ra {so_vu vụ.", "broken_brace"),
        ("a" * 7000, "too_long"),
    ],
)
def test_typed_numbers_and_broken_placeholders_are_refused_and_nothing_is_written(text, code):
    scene.land(count=60)
    notice = drafted()
    with pytest.raises(Rejected) as refused:
        actions.write(scene.act(scene.H1_OUT), notice=notice, version=notice.version, sections={"tinh_hinh": text})
    assert [one.code for one in refused.value.problems] == [code]
    notice.refresh_from_db()
    assert notice.sections["tinh_hinh"] != text


def test_numbers_of_provisions_periods_and_days_are_no_figures_but_others_are():
    assert words.typed_numbers("Điều 4 khoản 6 Thông tư 13/2020/TT-BLĐTBXH, ngày 20/7/2025, năm 2024, quý II") == []
    assert words.typed_numbers("6 tháng đầu năm tăng 12,5 % với 1.200 vụ, số 7") == ["12,5", "1.200", "7"]


def test_a_free_part_may_hold_numbers_but_they_are_marked():
    scene.land(count=60)
    notice = drafted()
    notice = actions.write(
        scene.act(scene.H1_OUT),
        notice=notice,
        version=notice.version,
        sections={"danh_gia": "Đã mở 12 lớp huấn luyện."},
    )
    marked = [one for one in words.remarks(notice.sections, load_rules(), content(notice).figures)
              if one.code == "typed_number"]  # fmt: skip
    assert len(marked) == 1
    assert "12" in marked[0].message


def test_other_costs_need_a_source_and_then_stand_in_the_words():
    scene.land(count=60)
    notice = drafted()
    with pytest.raises(Rejected) as refused:
        actions.recompute(scene.act(scene.H1_OUT), notice=notice, version=notice.version,
                          extras=Extras(other_costs=Decimal(1200)))  # fmt: skip
    assert refused.value.problems[0].code == "source_missing"
    notice = actions.recompute(
        scene.act(scene.H1_OUT), notice=notice, version=notice.version,
        extras=Extras(other_costs=Decimal(1200), other_costs_source="Báo cáo của cơ sở"),
    )  # fmt: skip
    assert content(notice).figures["chi_khac"].value == 1200


def test_issuing_gives_a_number_once_and_freezes_what_was_seen():
    scene.land()
    notice = drafted()
    before = notice.content
    first = issued(notice)
    again = actions.issue_notice(
        scene.act(scene.H1_OUT), notice=notice, version=1, on=scene.H1_OUT.date(), signer=SIGNER
    )
    assert (again.pk, again.version, again.state) == (first.pk, first.version, "issued")
    papers = Paper.objects.filter(context=CONTEXT, subject=notice.public_id)
    assert [(paper.full_number, paper.state) for paper in papers] == [("01/TB-SNV", "issued")]
    assert {file.role for file in papers[0].files.all()} == {"word", "pdf", "data"}
    scene.late_death(first.place.children.first().place)
    first.refresh_from_db()
    assert first.content == before
    with pytest.raises(Conflict):
        actions.write(scene.act(scene.H1_OUT), notice=first, version=first.version, sections={"tinh_hinh": "x"})


def test_a_later_death_makes_a_revision_with_date_reason_and_difference():
    _top, communes = scene.land()
    first = issued(drafted())
    scene.late_death(communes[0])
    with pytest.raises(Rejected) as refused:
        drafted(at=scene.YEAR_OUT)
    assert refused.value.problems[0].code == "reason_missing"
    second = drafted(at=scene.YEAR_OUT, reason="Một người bị nạn chết sau khi công bố")
    changes = {one.label: (one.earlier, one.now, one.change) for one in content(second).differences}
    old = content(first).figures["so_chet"].value
    assert changes["Số người chết"][:2] == (str(old), str(old + 1))
    assert changes["Số người chết"][2].startswith("tăng 1 người (+")
    second = issued(second, scene.YEAR_OUT)
    first.refresh_from_db()
    assert (first.state, second.state, second.revision) == ("revised", "issued", 1)
    # The tables, and money, stay as printed: one person's difference would tell of that person.
    for name in ("cause", "agent", "industry"):
        kept = content(second).tables_by_id[name]
        assert kept.lines == content(first).tables_by_id[name].lines
        assert "Giữ như lần công bố ngày 18/07/2025" in kept.note
    assert content(second).figures["chi_boi_thuong"].value == content(first).figures["chi_boi_thuong"].value


def test_a_large_correction_restates_the_tables():
    _top, communes = scene.land()
    first = issued(drafted())
    scene.many(communes[0], 30)
    second = drafted(at=scene.YEAR_OUT, reason="Bổ sung hồ sơ")
    old, new = (content(one).tables_by_id["cause"] for one in (first, second))
    assert new.total.now["cases"] == old.total.now["cases"] + 30
    assert "Giữ như" not in new.note


def test_figures_computed_before_another_notice_went_out_must_be_computed_again():
    scene.land()
    year = drafted(YEAR, scene.YEAR_OUT)
    half = drafted(H1, scene.YEAR_OUT)
    issued(half, scene.YEAR_OUT)
    with pytest.raises(Rejected) as refused:
        issued(year, scene.YEAR_OUT)
    assert refused.value.problems[0].code == "figures_stale"
    year = actions.recompute(scene.act(scene.YEAR_OUT), notice=year, version=year.version)
    assert issued(year, scene.YEAR_OUT).state == "issued"


@pytest.mark.parametrize(
    ("period", "at", "code"),
    [("2025-H2", scene.YEAR_OUT, "bad_period"), ("2025", scene.H1_OUT, "period_open"),
     ("2025-Q1", scene.YEAR_OUT, "bad_period")],
)  # fmt: skip
def test_no_notice_for_a_period_that_is_open_or_has_none(period, at, code):
    scene.land(count=10)
    with pytest.raises(Rejected) as refused:
        drafted(Period.parse(period), at)
    assert refused.value.problems[0].code == code


def test_a_day_before_the_period_ends_or_ahead_is_refused():
    scene.land(count=10)
    notice = drafted()
    for day in (date(2025, 6, 30), date(2025, 7, 19)):
        with pytest.raises(Rejected) as refused:
            issued(notice, on=day)
        assert refused.value.problems[0].code == "bad_day"
    assert not Paper.objects.exists()


def test_two_editors_do_not_overwrite_each_other_and_strangers_write_nothing():
    scene.land(count=10)
    notice = drafted()
    actions.write(scene.act(scene.H1_OUT), notice=notice, version=1, sections={"bien_phap": "Một"})
    with pytest.raises(Conflict):
        actions.write(scene.act(scene.H1_OUT), notice=notice, version=1, sections={"bien_phap": "Hai"})
    with pytest.raises(Refused):
        actions.write(
            Act(system_actor("lạ", frozenset({"reporting:report:read"})), Channel.CLI, at=scene.H1_OUT),
            notice=notice, version=2, sections={"bien_phap": "Ba"},
        )  # fmt: skip
    key = new_ulid()
    actions.drop_draft(scene.act(scene.H1_OUT), notice=notice, version=2)
    one, two = (actions.draft_notice(scene.act(scene.H1_OUT), key=key, place_code="48", period=H1) for _n in range(2))
    assert one.pk == two.pk
    with pytest.raises(Rejected):
        drafted()


@pytest.mark.django_db(transaction=True)
def test_clicking_publish_twice_at_once_gives_one_number():
    scene.land(count=30)
    notice = drafted()
    found: list[object] = []

    def publish():
        try:
            found.append(issued(Notice.objects.get(pk=notice.pk)).version)
        except Exception as error:  # noqa: BLE001
            found.append(error)
        finally:
            connections.close_all()

    both = [threading.Thread(target=publish) for _n in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert Paper.objects.filter(context=CONTEXT).count() == 1
    assert 2 in found
    assert all(answer == 2 or isinstance(answer, Conflict) for answer in found), found
    connection.close()


def test_wording_of_withheld_and_unknown_figures():
    hidden = Figure("a", "A", "vụ", "withheld")
    assert hidden.text() == "(không công bố riêng)"
    assert "bảo vệ" in hidden.change_text(1)
    assert Figure("a", "A", "vụ", "unknown").change_text(1) == "chưa có số liệu để so sánh"
    assert Figure("a", "A", "vụ", "shown", Decimal(3), Decimal(0), "", "shown").change_text(1).startswith("tăng 3 vụ (")


def test_accepted_reports_are_used_and_named_and_what_is_not_accepted_is_said_to_be_live():
    _top, communes = scene.land()
    accepted = snapshots.accept(
        scene.act(scene.H1_OUT, "Số liệu đã kiểm tra"),
        key=new_ulid(),
        request=snapshots.Request("ND39-XIV", "2025-H1", place="48"),
    )
    scene.late_death(communes[0])
    before = int(scene.tally("2025-01-01", "2025-06-30")["hd_so_vu"]) - 1
    held = content(drafted())
    assert {one.form: one.state for one in held.sources} == {"ND39-XIV": "accepted", "ND39-XV": "live"}
    assert accepted.spelled_code in held.sources[0].reference
    assert held.figures["hd_so_vu"].value == before
    # Communes are counted from the records: beside accepted totals the difference would be one person.
    assert "commune" not in held.tables_by_id
    assert "theo báo cáo đã chấp nhận" in " ".join(document.method(held))


def test_a_year_before_printed_on_other_ground_is_not_set_beside():
    old, _new, _gone = ruled.merged_provinces()
    body = Body.objects.create(code="SNV", name="Sở Nội vụ", place=old, valid_from=date(1997, 1, 1))
    BodyFunction.objects.create(body=body, function="osh_lead", place=old, valid_from=date(1997, 1, 1))
    at = datetime(2024, 7, 18, 3, tzinfo=UTC)
    issued(drafted(Period.parse("2024-H1"), at), at)
    held = content(drafted(H1, scene.H1_OUT))
    # The province took in another one meanwhile: what the law makes public is counted anew on the larger ground.
    assert held.figures["so_vu"].before == 2
    assert [one.now for one in held.earlier_year if one.label == "Số vụ tai nạn lao động"] == ["2"]
    assert "địa giới khác" in held.tables_by_id["cause"].note
    assert all(value is None for line in held.tables_by_id["cause"].lines for value in line.before.values())
