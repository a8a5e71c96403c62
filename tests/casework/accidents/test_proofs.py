"""Accidents, minutes, commune records and benefits as proof: figures beside plain SQL over the same random province."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.registers import proof_check

if TYPE_CHECKING:
    from tests.casework.accidents.scene import Land

    from atvsld.registers.proofs import Asked

WHOLE = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture
def crowded(land: Land) -> Land:
    """Eighty cases around 2025 with all that follows from some of them."""
    from atvsld.casework.accidents.benefits.models import Benefit, BenefitPayment
    from atvsld.casework.accidents.investigation.models import CommuneRecord, Minutes
    from atvsld.casework.accidents.models import AccidentCase, Victim
    from atvsld.registers.bodies.models import Body, BodySuccession
    from atvsld.registers.duties.models import Duty

    dice = random.Random(41)
    old, new = (
        Body.objects.create(
            code=code, name=code, name_folded=code, place=place, valid_from=place.valid_from, valid_to=place.valid_to
        )
        for code, place in (("xa-ben-cu", land.old), ("xa-song", land.river))
    )
    BodySuccession.objects.create(predecessor=old, successor=new, effective_on=date(2025, 7, 1))
    for number in range(80):
        moment = datetime(2024, 12, 20, 17, tzinfo=UTC) + timedelta(hours=dice.randrange(0, 390 * 24))
        place = dice.choice([land.river, land.hill, land.old])
        case = AccidentCase.objects.create(
            occurred_at=moment, place=place, establishment=dice.choice([None, land.mill, land.quarry]),
            conclusion=dice.choice(["occupational"] * 4 + ["article_39_2", "not_occupational", "pending"]),
            severity=dice.choice(["fatal", "severe", "minor", None]), victim_count=1,
        )  # fmt: skip
        for position in range(dice.choice([1, 1, 2, 3])):
            victim = Victim.objects.create(
                case=case, position=position + 1, is_principal=position == 0, name="Nguyễn Văn Thử",
                sex=dice.choice(["male", "female", None]), severity=dice.choice(["fatal", "severe", "minor", None]),
                labour_relation=dice.choice(["contract", "none", "probation", "leased", "apprentice", "abroad", None]),
            )  # fmt: skip
        day = (moment + timedelta(days=30)).date()
        if dice.random() < 0.4:
            done = moment + timedelta(days=2) if dice.random() < 0.7 else None
            CommuneRecord.objects.create(
                case=case, recorder="Cán bộ", news_at=moment, news_source="điện thoại", spot="bờ sông", course="ngã",
                completed_at=done, signatories="đủ" if done else "",
            )  # fmt: skip
        if dice.random() < 0.4:
            told = dice.random() < 0.7
            Minutes.objects.create(
                case=case, number=1, round=1, level="province", variant="a", published_at=moment if told else None,
                state="published" if told else "draft",
            )  # fmt: skip
        if dice.random() < 0.6:
            state = dice.choice(["open", "done", "cancelled"])
            Duty.objects.create(
                key=f"k{number}", rule=dice.choice(["INV_CHET", "INV_NHE", "SEND_MINUTES"]), title="việc",
                context="accidents", subject=case.public_id, label="TN", owner="province", place=place,
                establishment=case.establishment, owed_at=moment, due_at=moment + timedelta(days=30), unit="day",
                citation="Điều 35", certainty="official", state=state, told_until=moment,
                done_at=moment if state == "done" else None, late=dice.random() < 0.5 if state == "done" else None,
            )  # fmt: skip
        if dice.random() < 0.6:
            decided = dice.choice([None, 5_000_000, 12_500_000])
            benefit = Benefit.objects.create(
                case=case, victim=victim, kind="compensation", on=day, reckoned=4_000_000, status="official",
                citation="Điều 38", reckoning_sealed="", decided=decided, decided_on=day if decided else None,
            )  # fmt: skip
            if decided:
                BenefitPayment.objects.create(benefit=benefit, paid_on=day + timedelta(days=9), amount=3_000_000)
    return land


def _asked(land: Land, **narrowed: Any) -> Asked:
    from atvsld.registers.bodies.models import Body
    from atvsld.registers.proofs import Asked

    if "body" in narrowed:
        narrowed = {"bodies": frozenset(Body.objects.values_list("pk", flat=True))}
    return Asked(*WHOLE, **narrowed)


def _reaches(land: Land) -> list[tuple[Asked, str, str]]:
    """Asked, and the same as SQL over a case `c`: everything, one body with the one it took over, one establishment."""
    ours = f"c.place_id IN ({land.river.pk}, {land.old.pk})"
    return [
        (_asked(land), "true", "true"),
        (_asked(land, body=True), ours, ours.replace("c.", "d.")),
        (_asked(land, establishments=frozenset({land.mill.pk})), f"c.establishment_id = {land.mill.pk}",
         f"d.establishment_id = {land.mill.pk}"),
    ]  # fmt: skip


_IN_2025 = "(c.occurred_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN '2025-01-01' AND '2025-12-31'"
_CASES = "SELECT count(*) FROM accidents_accidentcase c WHERE {} AND " + _IN_2025
_VICTIMS = "SELECT count(*) FROM accidents_victim v JOIN accidents_accidentcase c ON c.id = v.case_id WHERE {} AND "
_VICTIMS += _IN_2025 + " AND c.conclusion = 'occupational'"


def test_accidents_count_as_plain_sql_does(crowded: Land) -> None:
    n = proof_check.sql
    for asked, where, _duty in _reaches(crowded):
        cases, victims = _CASES.format(where), _VICTIMS.format(where)
        counted = cases + " AND c.conclusion = 'occupational'"
        tally: dict[str, int | None] = {
            "cases": n(counted),
            "fatal_cases": n(counted + " AND c.severity = 'fatal'"),
            "severe_cases": n(counted + " AND c.severity = 'severe'"),
            "victims": n(victims),
            "deaths": n(victims + " AND v.severity = 'fatal'"),
            "article_39_2": n(cases + " AND c.conclusion = 'article_39_2'"),
            "pending": n(cases + " AND c.conclusion = 'pending'"),
        }
        assert tally["cases"]
        proof_check.agrees("accident_counts", asked, tally)
        groups: dict[str, int | None] = {
            name: n(victims + f" AND v.labour_relation = '{name}'")
            for name in ("none", "apprentice", "probation", "leased", "abroad")
        }
        proof_check.agrees("group_figures", asked, {**groups, "women": n(victims + " AND v.sex = 'female'")})
        informal = cases + (
            " AND c.conclusion <> 'not_occupational' AND EXISTS (SELECT 1 FROM accidents_victim p"
            " WHERE p.case_id = c.id AND p.is_principal AND p.labour_relation = 'none')"
        )
        written = (
            " AND c.id IN (SELECT case_id FROM accident_investigation_communerecord WHERE completed_at IS NOT NULL)"
        )
        proof_check.agrees("non_contract_accidents", asked, {"cases": n(informal), "recorded": n(informal + written)})


def test_investigations_and_benefits_count_as_plain_sql_does(crowded: Land) -> None:
    n = proof_check.sql
    for asked, where, duty in _reaches(crowded):
        due = (
            f"SELECT count(*) FROM duties_duty d WHERE {duty} AND d.rule LIKE 'INV%%' AND d.state <> 'cancelled' AND "
            "(d.due_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date BETWEEN '2025-01-01' AND '2025-12-31'"
        )
        proof_check.agrees("investigations_in_time", asked, {
            "due": n(due),
            "in_time": n(due + " AND d.state = 'done' AND NOT d.late"),
            "late": n(due + " AND (d.state = 'open' OR d.late)"),
        })  # fmt: skip
        rows = (
            "FROM accident_benefits_benefit b JOIN accidents_accidentcase c ON c.id = b.case_id"
            f" WHERE {where} AND b.decided_on BETWEEN '2025-01-01' AND '2025-12-31'"
        )
        paid = (
            "SELECT sum(p.amount) FROM accident_benefits_benefitpayment p JOIN accident_benefits_benefit b"
            f" ON b.id = p.benefit_id JOIN accidents_accidentcase c ON c.id = b.case_id WHERE {where}"
            " AND p.paid_on BETWEEN '2025-01-01' AND '2025-12-31'"
        )
        proof_check.agrees("benefits", asked, {
            "decisions": n(f"SELECT count(*) {rows}"), "people": n(f"SELECT count(DISTINCT b.victim_id) {rows}"),
            "decided_sum": n(f"SELECT sum(b.decided) {rows}"), "paid_sum": n(paid), "overdue": 0,
        }, summed=("decided_sum", "paid_sum"))  # fmt: skip


def test_a_figure_opens_the_list_of_just_its_records(crowded: Land, client: Any) -> None:
    from tests.casework.accidents import scene

    from atvsld.registers.proofs import Asked

    client.force_login(scene.person("can.bo", "province_officer", at=crowded.province))
    proof_lists = sum(
        proof_check.opens(client, word, asked)
        for word in ("accident_counts", "non_contract_accidents", "group_figures")
        for asked in (_asked(crowded), _asked(crowded, body=True))
    )
    assert proof_lists == 28
    # Days that are no period cannot be asked of the list: no link rather than a wrong one.
    assert proof_check.opens(client, "accident_counts", Asked(date(2025, 1, 2), WHOLE[1])) == 0


def test_proof_names_nobody_and_keeps_to_what_stands(crowded: Land, officer: Any, mill_employer: Any) -> None:
    from tests.casework.accidents import scene

    from atvsld.casework.accidents.investigation.models import CommuneRecord, Minutes
    from atvsld.registers import proofs

    actor, firm = scene.act(officer).actor, scene.act(mill_employer).actor
    found = {}
    for word in ("accident_case", "commune_record", "investigation_minutes", "benefit_payment"):
        source = proofs.evidence_of(word)
        assert source
        found[word] = list(source.search(actor, "", _asked(crowded), 200))
        assert found[word]
        assert not [one for one in found[word] if "Nguyễn" in one.label]
        proof_check.stands(word, [one.key for one in found[word]])
        own = {one.key for one in source.search(firm, "", _asked(crowded), 200)}
        assert own < {one.key for one in found[word]} or not own
    Minutes.objects.filter(public_id=found["investigation_minutes"][0].key).update(state="draft", published_at=None)
    assert proofs.find("investigation_minutes", found["investigation_minutes"][0].key) is None
    CommuneRecord.objects.filter(public_id=found["commune_record"][0].key).update(completed_at=None)
    assert proofs.find("commune_record", found["commune_record"][0].key) is None
