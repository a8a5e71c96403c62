import pytest


@pytest.fixture
def stage(db):
    from tests.oversight.budget.stage import stage

    return stage()


def _officer(body, role="plan_officer"):
    from tests.oversight.budget.stage import officer

    return officer(body, role=role)


@pytest.fixture
def finance(stage):
    return _officer(stage.finance, "finance_officer")


@pytest.fixture
def labour(stage):
    return _officer(stage.labour)


@pytest.fixture
def health(stage):
    return _officer(stage.health)
