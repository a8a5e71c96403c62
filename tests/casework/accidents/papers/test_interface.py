"""Papers through /api/v1: the list and the kept files, by the same rights as the pages."""

import pytest
from tests.casework.accidents.investigation.story import begun
from tests.casework.accidents.papers import desk
from tests.casework.accidents.scene import victim_draft
from tests.platform import cast

from atvsld.platform.files import facade as files
from atvsld.platform.history.models import SensitiveReading


@pytest.fixture
def story(land):
    return begun(land, victim_draft(severity="fatal"), description="Ngã từ trên cao.")


def test_a_system_lists_papers_and_fetches_what_was_kept(land, story):
    paper = desk.issued(story, "accident-reminder")
    desk.drafted(story, "accident-quick-report")
    listed = f"/api/v1/accidents/{story.case.public_id}/papers"
    officer, employer = cast.client(land, "province_officer"), cast.client(land, "employer")
    assert [one["state"] for one in officer.get(listed).json()] == ["issued", "draft"]
    [seen] = employer.get(listed).json()
    assert (seen["number"], seen["verification_code"]) == ("01/SNV", paper.code)
    pdf = next(one for one in seen["files"] if one["role"] == "pdf")
    address = f"/api/v1/papers/{paper.public_id}/files/{pdf['id']}"
    before = SensitiveReading.objects.count()
    answer = employer.get(address)
    assert answer.content == files.open_bytes(paper.files.get(role="pdf").file)
    assert SensitiveReading.objects.count() == before + 1
    # A leader reads cases, not who was hurt; a commune of elsewhere has no such case.
    assert cast.client(land, "leader").get(address).status_code in {403, 404}
    assert cast.client(land, "nobody").get(listed).status_code == 404


def test_the_page_of_verification_leads_to_a_receipt_of_a_declaration(land, client):
    from tests.casework.accidents.declarations import telling

    receipt = telling.told(land, kind="family", establishment_id=None).receipt
    answer = client.get(f"/xac-minh/{receipt.grouped}/")
    assert answer["Location"] == f"/khai-bao/bien-nhan/{receipt.code}/"
