"""What the law asks for before anybody has told everything."""

from __future__ import annotations

from datetime import timedelta

from tests.casework.accidents import scene
from tests.casework.accidents.procedure.walking import NEWS, dead

from atvsld.casework.accidents.procedure import facade


def test_what_only_the_province_does_shows_that_it_has_the_news(land):
    """The family told the commune and nobody wrote down when the word reached the department."""
    case = scene.opened(land, dead("none"), by=scene.act(), occurred_at=NEWS - timedelta(hours=2))
    facade.open_file(scene.act(), case=case, instants=facade.Instants(commune_received_at=NEWS))
    assert {clock.rule for clock in facade.file_of(case).clocks.filter(state="running")} == {"N_XA"}
    facade.advance(scene.act(), case=case, step="go_to_scene", at=NEWS)
    file = facade.file_of(case)
    assert file.department_received_at == NEWS
    assert {"INV_CHET", "QUICK_XIII"} <= {clock.rule for clock in file.clocks.filter(state="running")}


def test_limits_do_not_wait_for_the_labour_relation_in_a_named_establishment(walk):
    """The first word named the establishment and the death, nothing else."""
    walked = walk(scene.victim_draft(severity="fatal", labour_relation=None))
    assert {"N_STATE", "N_POLICE", "SCENE_2H", "QUICK_XIII", "INV_CHET"} == set(walked.clocks())
    assert walked.case.victims.get().labour_relation is None


def test_without_an_establishment_an_unknown_relation_stays_unknown(walk):
    walked = walk(scene.victim_draft(severity="minor", labour_relation=None, managed=None), establishment_id=None)
    assert (walked.file.stage, walked.file.level) == ("received", None)
