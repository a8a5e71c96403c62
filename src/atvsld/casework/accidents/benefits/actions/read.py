"""Reading the pay and the health behind a sum leaves a mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from atvsld.casework.accidents.benefits import reckoning
from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.casework.accidents.benefits.policy import BENEFITS, READ_RECKONING
from atvsld.platform.acts import Act, action
from atvsld.platform.history.models import SensitiveReading


@action(needs=READ_RECKONING, records="accidents:benefit:reckoning_read")
def read_reckoning(act: Act, *, benefit: Benefit) -> Mapping[str, Any]:
    """The facts and the worked reckoning; recorded with `act.reason` as purpose."""
    BENEFITS.require(act.actor, READ_RECKONING, benefit)
    SensitiveReading.objects.create(
        user_id=act.actor.user_id,
        read_at=act.at,
        record_kind="accident_benefits.benefit",
        record_id=benefit.public_id,
        fields=["salaries", "impairment", "insured_salary"],
        purpose=act.reason[:300],
    )
    return reckoning.opened(benefit)
