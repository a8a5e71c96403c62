"""Opening the sealed parts of a declaration leaves a mark."""

from __future__ import annotations

from typing import Any

from atvsld.casework.accidents.declarations import sealing
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.casework.accidents.declarations.notice import Reporter
from atvsld.casework.accidents.declarations.policy import DECLARATIONS, READ_REPORTER
from atvsld.casework.accidents.policy import READ_IDENTITY
from atvsld.platform.acts import Act, action
from atvsld.platform.history.timeline import record_reading


@action(needs=READ_REPORTER, records="accidents:declaration:reporter_read")
def read_reporter(act: Act, *, declaration: Declaration) -> Reporter:
    """Who told. `act.reason` is the purpose; reading is recorded. `Refused` outside the actor's area."""
    DECLARATIONS.require(act.actor, READ_REPORTER, declaration)
    record_reading(act.actor, act.at, declaration, fields=["reporter"], purpose=act.reason)
    return Reporter(**sealing.open_(declaration.reporter_sealed, purpose=sealing.REPORTER))


@action(needs=READ_IDENTITY, records="accidents:declaration:persons_read")
def read_persons(act: Act, *, declaration: Declaration) -> dict[str, list[dict[str, Any]]]:
    """Victims and what was written down of them, as declared; recorded like every reading of identities."""
    DECLARATIONS.require(act.actor, READ_IDENTITY, declaration)
    record_reading(act.actor, act.at, declaration, fields=["victims", "persons"], purpose=act.reason)
    found = sealing.open_(declaration.persons_sealed, purpose=sealing.PERSONS)
    return {"victims": found.get("victims", []), "persons": found.get("persons", [])}
