"""Two officers and a double click at the same moment: no limit is passed together, no voucher is written twice."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date

import pytest
from django.db import connection

from atvsld.platform.acts import Conflict, Rejected


@pytest.mark.django_db(transaction=True)
def test_three_vouchers_at_once_and_one_is_paid():
    from tests.oversight.budget.stage import given, officer, proposed, stage

    from atvsld.oversight.budget import actions
    from atvsld.oversight.budget.drafts import PaymentDraft
    from atvsld.oversight.budget.models import Payment

    land = stage()
    labour = officer(land.labour)
    made = proposed(labour, land.labour_task, 100)
    given(officer(land.finance, role="finance_officer"), made, 100)
    made.refresh_from_db()
    outcomes: Counter[str] = Counter()
    start = threading.Barrier(3)

    def run(number: str) -> None:
        try:
            start.wait()
            draft = PaymentDraft(number=number, day=date(2026, 2, 1), amount=60)
            actions.pay(labour, line=made, version=made.version, draft=draft)
            outcomes["paid"] += 1
        except (Conflict, Rejected):
            outcomes["refused"] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in ("C1", "C1", "C2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    held = Payment.objects.get()
    # Both clicks of the winner are answered with the one voucher.
    assert outcomes == ({"paid": 2, "refused": 1} if held.number == "C1" else {"paid": 1, "refused": 2})
