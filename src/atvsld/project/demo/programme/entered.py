"""A plan of a department entered here: issued in January, replaced by an edition with one more task in June; and a
draft of the commune that is still being written. Each carries clauses of the provincial plan out.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from ulid import ULID

from atvsld.law.programme import assignments
from atvsld.law.programme_outline import SECTION
from atvsld.law.programme_reading import load_programmes
from atvsld.oversight.programme import actions
from atvsld.platform.acts import Act
from atvsld.project.demo.programme.cast import PROGRAMME, TODAY, Cast, holding
from atvsld.registers.bodies.models import Body

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, SECOND = date(2026, 1, 15), date(2026, 6, 10)
_ADDED = "Kiểm tra giàn giáo, lan can và dây an toàn tại công trình cao tầng trước mùa mưa bão"


def make(act: Act, cast: Cast, chance: Random) -> int:
    """How many editions and drafts were made."""
    made = 0
    builders = holding(cast.after, "construction", TODAY)
    if builders:
        rows = _rows("construction", "I", "Nhiệm vụ được giao trong kế hoạch của tỉnh")
        header = _header(builders[0], "so-xay-dung-2026", "construction")
        first = actions.enter(_at(act, FIRST), key=_key(chance), header=header, rows=rows, body=builders[0])
        first = actions.issue(_at(act, FIRST), entered=first, version=1, number="15/KH-SXD", issued_on=FIRST)
        second = actions.revise(_at(act, SECOND), entered=first)
        more = {
            "id": f"I.{len(rows)}", "kind": "yearly", "text": _ADDED, "holders": "construction", "measures": "checks",
            "evidence": "compliance_check", "carries": f"{PROGRAMME}:IV.5.3a", "sectors": "heights; construction",
        }  # fmt: skip
        second = actions.change(
            _at(act, SECOND), entered=second, version=1, header=second.header, rows=[*second.rows, more]
        )
        actions.issue(_at(act, SECOND), entered=second, version=2, number="162/KH-SXD", issued_on=SECOND)
        made += 2
    if cast.communes:
        commune = cast.communes[0]
        rows = _rows("commune", "I", "Việc của xã theo kế hoạch của tỉnh")
        header = _header(commune, "xa-2027", "commune", year=2027)
        actions.enter(_at(act, TODAY), key=_key(chance), header=header, rows=rows, body=commune)
        made += 1
    return made


def _header(body: Body, code: str, issuer: str, year: int = 2026) -> dict[str, str]:
    return {
        "id": code, "level": "body", "issuer": issuer, "valid_from": f"{year}-01-01", "valid_to": f"{year}-12-31",
        "title": f"Kế hoạch an toàn, vệ sinh lao động năm {year} của {body.name}", "carries_out": PROGRAMME,
    }  # fmt: skip


def _rows(word: str, heading: str, title: str) -> list[dict[str, str]]:
    """A heading and a row for each clause of the provincial plan that falls to a function."""
    known = load_programmes()
    found = [{"id": heading, "kind": SECTION, "text": title}]
    leads = [one for one in assignments(known[PROGRAMME], word, on=TODAY, words=known.words) if one.leads]
    for number, one in enumerate(leads, start=1):
        clause = one.clause
        found.append({
            "id": f"{heading}.{number}", "kind": clause.kind.value, "text": clause.text.vi, "holders": word,
            "supporting": "; ".join(clause.supporting), "measures": "; ".join(clause.measures),
            "evidence": "; ".join(clause.evidence), "carries": f"{PROGRAMME}:{clause.id}",
        })  # fmt: skip
    return found


def _at(act: Act, day: date) -> Act:
    return replace(act, at=datetime.combine(day, time(9), VIETNAM))


def _key(chance: Random) -> str:
    return str(ULID.from_bytes(chance.randbytes(16)))
