"""Reports, reminders, targets and notices as proof: figures beside plain SQL or Python over a random crowd."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from tests.registers import proof_check

WHOLE = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def crowd(db: None) -> SimpleNamespace:
    from tests.oversight.obligations import crowd

    from atvsld.oversight.filing.models import Filing

    made = crowd.build()
    crowd.file_some(made, "R1", "2025", date(2026, 1, 9))
    for filing in Filing.objects.select_related("establishment"):
        Filing.objects.filter(pk=filing.pk).update(place_id=filing.establishment.place_id)
    return made


@pytest.mark.usefixtures("crowd")
def test_reports_in_time_are_those_of_the_board_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each reporter of each duty is asked one by one, the slow way."""
    from tests.oversight.obligations.crowd import TODAY

    from atvsld.law.reporting_duties_reading import load_reporting_calendar
    from atvsld.oversight.obligations import facade
    from atvsld.oversight.obligations.states import IN
    from atvsld.oversight.obligations.web.reporters import MODELS
    from atvsld.platform.acts import clock
    from atvsld.registers.proofs import Asked

    monkeypatch.setattr(clock, "now", lambda: datetime(TODAY.year, TODAY.month, TODAY.day, 3, tzinfo=UTC))
    asked = Asked(*WHOLE)
    tally = dict.fromkeys(("obliged", "on_time", "late", "silent", "cannot_tell"), 0)
    terms = {
        (term.duty.id, term.period.code): term
        for year in (2025, 2026)
        for term in load_reporting_calendar().terms(year)
        if term.lawful_last_ok and WHOLE[0] <= term.lawful_last_ok <= WHOLE[1] and term.duty.counted
    }
    for register, model in MODELS.items():
        due = [term for term in terms.values() if term.duty.reporter.register == register]
        everybody = model._default_manager.all()
        for one in everybody.filter(merged_into=None) if register == "establishments" else everybody:
            held = set(one.functions.values_list("function", flat=True)) if register == "bodies" else set()
            asks = [term for term in due if register != "bodies" or held & set(term.duty.reporter.functions)]
            for found in facade.answered(register, one.pk, asks, today=TODAY):
                if found.verdict.owes is None:
                    tally["cannot_tell"] += 1
                elif found.verdict.owes:
                    tally["obliged"] += 1
                    tally["silent"] += found.state == "silent"
                    if found.state in IN:
                        tally["late" if found.filed.late else "on_time"] += 1
    assert tally["obliged"]
    proof_check.agrees("reports_in_time", asked, dict(tally))


def test_reports_received_and_whole_records_count_as_plain_sql_does(crowd: SimpleNamespace) -> None:
    from atvsld.registers.proofs import Asked

    n = proof_check.sql
    for asked, where in (
        (Asked(*WHOLE), "true"),
        (Asked(*WHOLE, places=frozenset({crowd.communes[0].pk})), f"x.place_id = {crowd.communes[0].pk}"),
    ):
        got = (
            f"SELECT count(*) FROM filing_filing x JOIN filing_submission s ON s.id = x.current_id WHERE {where} AND"
            " (x.submitted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN '2026-01-01' AND '2026-12-31'"
            " AND x.state IN ('submitted', 'accepted', 'locked')"
        )
        there = (
            f"SELECT count(*) FROM establishments_establishment x WHERE {where} AND x.merged_into_id IS NULL"
            " AND (x.closed_on IS NULL OR x.closed_on > '2026-12-31')"
        )
        whole = there + (
            " AND x.industry_code <> '' AND x.ownership_type <> '' AND x.id IN"
            " (SELECT establishment_id FROM establishments_workforceyear WHERE year = 2026)"
        )
        share = round(n(whole) * 100 / n(there), 1)
        tally = {
            "online": n(got + " AND s.channel IN ('page', 'api')"), "reports": n(got), "whole_cases": 0,
            "whole_establishments": n(whole), "share_cases": None,
        }  # fmt: skip
        from atvsld.registers import proofs

        source = proofs.measure_of("database")
        assert source
        told = {figure.key: figure.value for figure in source.figures(asked)}
        assert float(told.pop("share_establishments") or 0) == share
        assert told == tally
        assert tally["reports"]
        assert len(list(source.records(asked, "online"))) == tally["online"]
        papers = (
            f"SELECT count(DISTINCT x.id) FROM providers_serviceprovider x WHERE {where} AND EXISTS"
            " (SELECT 1 FROM providers_providerqualification q WHERE q.provider_id = x.id AND q.valid_from <="
            " '2026-12-31' AND coalesce(q.valid_to, '2099-01-01') >= '2026-12-31' AND q.withdrawn_on IS NULL)"
            " AND x.ceased_on IS NULL"
        )
        proof_check.agrees("providers_supervised", asked, {
            "working": n(papers), "reports": n(got + " AND x.provider_id IS NOT NULL"), "supervised": None,
        })  # fmt: skip


def test_a_rate_is_told_only_for_a_whole_year_that_is_over(crowd: SimpleNamespace) -> None:
    from atvsld.casework.accidents.models import AccidentCase, Victim
    from atvsld.registers import proofs
    from atvsld.registers.establishments.models import WorkforceYear
    from atvsld.registers.proofs import Asked

    for number in range(12):
        case = AccidentCase.objects.create(
            occurred_at=datetime(2024, 2, 1, tzinfo=UTC) + timedelta(days=60 * number), place=crowd.communes[0],
            conclusion="occupational", severity="fatal", victim_count=1,
        )  # fmt: skip
        relation = ("contract", "none", "contract")[number % 3]
        Victim.objects.create(case=case, position=1, is_principal=True, labour_relation=relation, severity="fatal")
    WorkforceYear.objects.filter(source="").delete()
    n = proof_check.sql
    deaths = {
        year: n("SELECT count(*) FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id WHERE"
                " v.labour_relation = 'contract' AND extract(year FROM c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh')"
                " = %s", year)
        for year in (2024, 2025)
    }  # fmt: skip
    workers = n("SELECT sum(workers) FROM establishments_workforceyear WHERE year = 2025 AND source <> ''")
    source = proofs.measure_of("fatal_rate")
    assert source
    year = Asked(date(2025, 1, 1), date(2025, 12, 31))
    told = {figure.key: figure for figure in source.figures(year)}
    assert told["deaths"].value == deaths[2025] == len(list(source.records(year, "deaths")))
    assert told["workers"].value == workers
    assert float(told["rate"].value or 0) == pytest.approx(deaths[2025] * 100_000 / workers, abs=0.006)
    assert told["change"].value is None
    assert told["change"].why
    half = {figure.key: figure for figure in source.figures(Asked(date(2025, 1, 1), date(2025, 6, 30)))}
    assert half["rate"].value is None
    assert half["rate"].why


def test_letters_reports_and_notices_stand_until_taken_back(crowd: SimpleNamespace) -> None:
    from tests.casework.accidents import scene

    from atvsld.oversight.filing.models import Filing
    from atvsld.oversight.obligations.models import ReminderBatch, ReminderLetter
    from atvsld.oversight.publication.models import Notice
    from atvsld.registers import proofs
    from atvsld.registers.proofs import Asked

    at = datetime(2026, 3, 1, tzinfo=UTC)
    batch = ReminderBatch.objects.create(
        report="R1", period="2025", step="first", place=crowd.top, register="establishments", issued_on=at.date(),
        body_text="x", issuer_key="x", issuer_name="Sở", created_at=at, by_name="x",
    )  # fmt: skip
    ReminderLetter.objects.create(
        batch=batch, report="R1", period="2025", step="first", number=3, issued_on=at.date(), written_at=at,
        establishment=crowd.firms[0], facts={"name": crowd.firms[0].name},
    )  # fmt: skip
    for state, revision in (("draft", 2), ("issued", 1), ("revised", 0)):
        day = None if state == "draft" else date(2026, 2, 1)
        Notice.objects.create(place=crowd.top, place_code="48", period="2025", revision=revision, state=state,
                              issued_on=day, as_of=at, drafted_at=at)  # fmt: skip
    actor = scene.act(role="province_officer").actor
    counts = {"reminder_letter": 1, "publication": 2, "indicator": 3}
    for word in (*counts, "report_filing"):
        source = proofs.evidence_of(word)
        assert source
        found = list(source.search(actor, "", Asked(*WHOLE), 500))
        assert len(found) == counts.get(word, len(found)) > 0, word
        proof_check.stands(word, [one.key for one in found])
    key = found[0].key
    Filing.objects.filter(public_id=key).update(state="returned")
    assert proofs.find("report_filing", key) is None
    assert proofs.find("publication", Notice.objects.get(state="draft").public_id) is None
    assert proofs.find("indicator", "II.9/2025") is None
