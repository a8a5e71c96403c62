"""Page, paper, chart, API and home tile: the same figures everywhere, shown only to those who may see them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client, RequestFactory
from tests.oversight.indicators.test_fatal_rate import deaths_and_workers
from tests.oversight.reporting import province

from atvsld.documents.render import FORMATS, render, to_html
from atvsld.oversight.indicators import chart, facade, paper, service
from atvsld.oversight.indicators.api import router
from atvsld.platform.access.actor import system_actor
from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.accounts.models import User
from atvsld.platform.acts.errors import Refused
from atvsld.registers.bodies.models import Body, BodyFunction
from atvsld.registers.establishments.models import WorkforceYear
from atvsld.registers.offices.models import Office

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 5, 2, tzinfo=UTC)


@pytest.fixture
def actor():
    return system_actor("thử", all_permissions())


@pytest.fixture
def top():
    found, communes = province.places()
    owner = province.establishments(communes)[3]
    WorkforceYear.objects.all().delete()
    for year, deaths in ((2023, 100), (2024, 20), (2025, 160)):
        deaths_and_workers(owner, communes[0], year, deaths=deaths, workers=10_000)
    deaths_and_workers(owner, communes[0], 2026, deaths=7, workers=0)
    body = Body.objects.create(code="so-thu", name="Sở Thử", place=found, valid_from=date(2000, 1, 1))
    BodyFunction.objects.create(body=body, place=found, function="osh_lead", valid_from=date(2000, 1, 1))
    return found


@pytest.fixture
def report(top, actor):
    return service.fatal_rate(actor, place="48", at=AT)


@pytest.fixture
def leader(top):
    user = User.objects.create(username="lanh-dao", full_name="Lãnh Đạo Thử")
    Office.objects.create(user=user, role="leader", place=top, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    return client


def layers(spec, kind):
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def test_the_chart_holds_the_figures_of_the_report_and_tells_verdicts_by_shape(report):
    spec = chart.spec(report)
    json.dumps(spec)
    (marks,) = layers(spec, "point")
    shown = {datum["year"]: datum for datum in marks["data"]["values"]}
    assert set(shown) == {2023, 2024, 2025}
    for year, datum in shown.items():
        assert datum["rate"] == pytest.approx(float(report.point(year).rate.value), abs=0.001)
        assert datum["low"] < datum["rate"] < datum["high"]
    scale = marks["encoding"]["shape"]["scale"]
    looks = dict(zip(scale["domain"], scale["range"], strict=True))
    assert looks == {"Năm gốc 2023": "diamond", "Đạt": "circle", "Không đạt": "triangle-up"}
    assert marks["encoding"]["color"]["scale"]["domain"] == scale["domain"]


def test_the_year_in_progress_is_words_in_the_chart_and_no_point(report):
    spec = chart.spec(report)
    words = [layer for layer in layers(spec, "text") if layer["data"]["values"][0]["year"] == 2026]
    assert "7 người chết" in words[0]["data"]["values"][0]["text"]
    assert "2026" not in chart.alt(report)


@pytest.mark.parametrize("kind", sorted(FORMATS))
def test_the_paper_comes_in_every_format(report, kind):
    assert len(render(paper.document(report), kind)) > 1000


def test_the_paper_says_verdict_counts_denominator_source_and_doubt(report):
    html = to_html(paper.document(report))
    for text in ("Không đạt", "160", "10.000", "Thử", "1.600,00", "921,60", "tạm dùng", "Năm 2026 chưa kết thúc"):
        assert text in html


def test_the_numbers_in_the_data_are_numbers(report):
    data = report.to_json()
    assert data["baseline"]["rate"] == 1000
    assert data["path"]["2025"] == pytest.approx(921.6)
    assert (data["verdict"], data["verdict_year"]) == ("not_met", 2025)
    assert [year["verdict"] for year in data["years"]] == [None, "met", "not_met", "cannot_tell"]
    assert data["years"][3]["rates"]["contract"]["value"] is None
    json.dumps(data)


def test_the_page_shows_the_verdict_and_every_count_leads_to_its_people(leader, report):
    page = leader.get("/chi-tieu/II.1/", {"place": "48", "boundary": "2025-12-31"}).content.decode()
    assert "Không đạt" in page
    link = page.split('href="/chi-tieu/II.1/ho-so/')[1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(urlsplit(link).query)["boundary"] == ["2025-12-31"]
    opened = leader.get(f"/chi-tieu/II.1/ho-so/{link}")
    assert opened.status_code == 200
    people = leader.get("/chi-tieu/II.1/ho-so/", {"year": "2024", "group": "contract", "place": "48"})
    assert people.context["total"] == 20


@pytest.mark.parametrize(
    "asked", [{"year": "x"}, {"year": "2024", "group": "all"}, {"year": "2024", "conclusion": "x"}]
)
def test_an_address_no_figure_leads_to_is_not_found(leader, asked):
    assert leader.get("/chi-tieu/II.1/ho-so/", asked).status_code == 404


def test_a_downloaded_file_holds_the_same_figures(leader, report):
    answer = leader.get("/chi-tieu/II.1/tai-ve/json/", {"place": "48"})
    assert answer.headers["Content-Disposition"].endswith('chi-tieu-II.1_48.json"')
    assert json.loads(answer.content)["baseline"] == report.to_json()["baseline"]
    assert leader.get("/chi-tieu/II.1/tai-ve/exe/").status_code == 404


def request_of(actor):
    request = RequestFactory().get("/")
    request.actor, request.now = actor, AT
    return request


def test_the_api_answers_with_the_same_figures(actor, report):
    assert router.get_fatal_rate(request_of(actor), router.FatalRateQuery(place="48")) == report.to_json()
    answer = router.get_fatal_rate(request_of(actor), router.FatalRateQuery(place="48", format="xlsx"))
    assert answer.headers["Content-Type"] == FORMATS["xlsx"].media_type
    listed = {target["id"]: target["source"] for target in router.list_targets(request_of(actor))}
    assert listed == {"II.1": "register", "II.2": "reports", "II.3": "reports"}


def test_the_api_refuses_those_without_the_permission(top):
    nobody = request_of(system_actor("không quyền", []))
    with pytest.raises(Refused):
        router.list_targets(nobody)
    with pytest.raises(Refused):
        router.get_fatal_rate(nobody, router.FatalRateQuery(place="48"))


def test_a_commune_officer_sees_neither_page_nor_figures(top):
    user = User.objects.create(username="xa-thu", full_name="Cán Bộ Thử")
    Office.objects.create(user=user, role="commune_officer", place=top, valid_from=date(2020, 1, 1))
    client = Client()
    client.force_login(user)
    for path in (
        "/chi-tieu/",
        "/chi-tieu/II.3/",
        "/chi-tieu/II.3/bao-cao/?year=2024",
        "/chi-tieu/II.1/phan-tich/",
        "/chi-tieu/II.1/ho-so/?year=2024",
        "/chi-tieu/II.1/tai-ve/json/",
    ):
        assert client.get(path).status_code == 403


def test_the_home_tile_gives_the_verdict_of_the_installations_province(top, actor):
    tile = facade.verdict_tile(actor, AT)
    assert (tile.verdict, tile.year, tile.url) == ("not_met", 2025, "/chi-tieu/II.1/")
    assert "160" in tile.sentence
    assert facade.verdict_tile(system_actor("không quyền", []), AT) is None


def test_the_home_tile_is_absent_while_the_installation_is_empty(actor):
    assert facade.verdict_tile(actor, AT) is None


def test_without_a_baseline_rate_the_page_says_why_instead_of_drawing(leader):
    WorkforceYear.objects.all().delete()
    page = leader.get("/chi-tieu/II.1/", {"place": "48"}).content.decode()
    assert "Chưa tính được tỷ lệ năm gốc" in page
    assert "data-vega-lite" not in page
