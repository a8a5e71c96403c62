"""Filers at the deadline hour: each opens a report, writes cells, looks it over, hands it in, on a real server.

500 filers arrive within ten minutes (`--full`; without it 100 within two: as dense), six times denser than in one hour,
each pausing between steps as a person does. Told: milliseconds of each step (p50, p95, p99), requests a second, the
ratio to a trivial page asked meanwhile, and how many reports were lost: said to be handed in, but not in the database
whole. Then the department's list over 25,000 reports.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import resource
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Filers, and the seconds over which they arrive: a deadline hour of 500 pressed into ten minutes, six times as dense.
FILERS, WINDOW = (500, 600.0) if os.environ.get("BENCH_FULL") else (100, 120.0)
PAUSE = 1.5
SAVES = 3
REPORT, PERIOD = "R1", "2025"


def run(say: Callable[[str], None]) -> None:
    """Make the filers, start the server, let them loose, count what arrived."""
    sessions = _people(FILERS)
    tally = Tally()
    with _server(tally) as port:
        _warm(port, sessions[0])
        started = time.perf_counter()
        threads = [threading.Thread(target=_file, args=(port, one, tally)) for one in sessions]
        idle = threading.Thread(target=_trivial, args=(port, tally))
        idle.start()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WINDOW + 300)
        tally.over.set()
        idle.join(10)
        seconds = time.perf_counter() - started
    _tell(say, tally, seconds)
    _count(say, tally)
    _lists(say)


@dataclass
class Tally:
    """Seconds by step, receipts given, and whatever went wrong."""

    steps: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    receipts: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    # Processor time of the web processes, in seconds: it stays the same on a busy machine.
    processor: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)
    over: threading.Event = field(default_factory=threading.Event)

    def note(self, step: str, seconds: float) -> None:
        with self.lock:
            self.steps[step].append(seconds)

    def fail(self, sentence: str) -> None:
        with self.lock:
            self.failures.append(sentence)


@dataclass(frozen=True)
class Filer:
    """One employer's safety officer, already signed in."""

    cookie: str
    establishment: str


def _people(count: int) -> list[Filer]:
    """Employers with a few accidents of the year behind them, and a session for each."""
    from datetime import UTC, date, datetime, timedelta

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import transaction

    from atvsld.casework.accidents.models import AccidentCase, Victim
    from atvsld.platform.accounts.models import User
    from atvsld.registers.establishments.models import Establishment, WorkforceYear
    from atvsld.registers.offices.models import Office
    from atvsld.registers.places.models import Place

    communes = list(Place.objects.filter(level="commune", valid_to__isnull=True)[:50])
    dice = random.Random(5)
    found = []
    with transaction.atomic():
        for number in range(count):
            place = communes[number % len(communes)]
            firm = Establishment.objects.create(
                tax_code=f"09{number:08d}", name=f"Cơ sở đo {number}", name_folded=f"co so do {number}", place=place,
                headquarters_place=place,
            )  # fmt: skip
            WorkforceYear.objects.create(
                establishment=firm, year=2025, workers=100, female_workers=40, payroll=8_000_000_000, source="đo"
            )
            for _accident in range(dice.randrange(4)):
                case = AccidentCase.objects.create(
                    occurred_at=datetime(2025, 2, 1, 3, tzinfo=UTC) + timedelta(days=dice.randrange(300)), place=place,
                    establishment=firm, conclusion="occupational", cause_code="7", injury_agent_code="9",
                    severity="minor", victim_count=1, property_damage=0,
                )  # fmt: skip
                Victim.objects.create(
                    case=case, position=1, is_principal=True, name="Người Đo", sex="male", occupation_code="81",
                    severity="minor", managed=True, days_lost=3, medical_cost=1_000_000, wage_cost=0,
                    compensation_cost=0, labour_relation="contract",
                )  # fmt: skip
            user = User.objects.create(username=f"nguoi-do-{number}", full_name=f"Người đo {number}")
            user.set_unusable_password()
            user.save()
            Office.objects.create(user=user, role="employer", establishment=firm, valid_from=date(2020, 1, 1))
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.save()
            found.append(Filer(f"{settings.SESSION_COOKIE_NAME}={session.session_key}", firm.public_id))
    return found


@contextlib.contextmanager
def _server(tally: Tally) -> Iterator[int]:
    """`atvsld serve` on a free port, over the database of this measurement."""
    from django.conf import settings

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(Path(sys.executable).with_name("atvsld"))]
    told = os.environ | {"ATVSLD_SECRET_KEY": settings.SECRET_KEY, "ATVSLD_HOSTS": "127.0.0.1"}
    subprocess.run([*command, "manage", "collectstatic", "--noinput", "-v0"], env=told, check=True)
    before = _children()
    process = subprocess.Popen([*command, "serve", "--port", str(port)], env=told)
    try:
        for _try in range(300):
            with contextlib.suppress(OSError):
                if _ask(port, "GET", "/healthz")[0] == 200:
                    break
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(30)
        tally.processor = _children() - before


def _children() -> float:
    """Processor time of the processes this one started and saw end."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _ask(
    port: int, method: str, path: str, *, cookie: str = "", body: str = "", kind: str = "", token: str = ""
) -> tuple[int, str, str]:
    """Status, text and place of redirection."""
    headers = {"Cookie": cookie, "Host": "127.0.0.1"}
    if body:
        headers |= {"Content-Type": kind or "application/x-www-form-urlencoded"}
    if token:
        headers |= {"X-CSRFToken": token, "Cookie": f"{cookie}; csrftoken={token}", "Referer": "http://127.0.0.1/"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers.get("Location") or ""
    finally:
        connection.close()


def _warm(port: int, filer: Filer) -> None:
    for _turn in range(6):
        _ask(port, "GET", "/nop-bao-cao/", cookie=filer.cookie)


def _trivial(port: int, tally: Tally) -> None:
    while not tally.over.wait(0.5):
        started = time.perf_counter()
        with contextlib.suppress(OSError):
            _ask(port, "GET", "/healthz")
            tally.note("trivial page", time.perf_counter() - started)


def _file(port: int, filer: Filer, tally: Tally) -> None:
    """One filer from the list to the receipt."""
    dice = random.Random(filer.establishment)
    time.sleep(dice.uniform(0, WINDOW))
    try:
        _work(port, filer, tally, dice)
    except Exception as error:  # noqa: BLE001 - every failure is told
        tally.fail(f"{type(error).__name__}: {error}")


def _work(port: int, filer: Filer, tally: Tally, dice: random.Random) -> None:
    from urllib.parse import urlencode

    def step(name: str, method: str, path: str, **given: Any) -> tuple[int, str, str]:
        time.sleep(dice.uniform(0.5, 1.5) * PAUSE)
        started = time.perf_counter()
        found = _ask(port, method, path, cookie=filer.cookie, **given)
        tally.note(name, time.perf_counter() - started)
        if found[0] >= 400:
            raise RuntimeError(f"{name}: {found[0]}")
        return found

    token = _token(step("own list", "GET", "/nop-bao-cao/")[1])
    opened = {
        "kind": "establishment", "reporter": filer.establishment, "report": REPORT, "period": PERIOD,
    }  # fmt: skip
    where = step("open", "POST", "/nop-bao-cao/mo/", body=urlencode(opened), token=token)[2]
    base = where.rsplit("lap/", 1)[0]
    token = _token(step("entry page", "GET", where)[1])
    written: str | None = None
    payroll: str | None = None
    for number in range(SAVES):
        now = str(3 + number)
        edits = [
            {"key": "II/3/6", "was": written, "now": now, "reason": "Thiệt hại ghi theo chứng từ"},
            {"key": "header:payroll", "was": payroll, "now": str(8_000 + number), "reason": "Theo bảng lương"},
        ]  # fmt: skip
        answer = step(
            "save cells", "POST", f"{base}luu/", body=json.dumps({"edits": edits}), kind="application/json", token=token
        )
        if len(json.loads(answer[1])["written"]) != 2:
            raise RuntimeError(f"not written: {answer[1][:200]}")
        written, payroll = now, str(8_000 + number)
    page = step("look over", "GET", f"{base}nop/")[1]
    hidden = dict(re.findall(r'<input type="hidden" name="(key|version|seen)" value="([^"]*)"', page))
    token = _token(page)
    step("hand in", "POST", f"{base}nop/", body=urlencode(hidden), token=token)
    page = step("receipt", "GET", base)[1]
    receipt = re.search(r"bien-nhan/([0-9A-Z]{20})/", page)
    if receipt is None:
        raise RuntimeError("no receipt shown")
    with tally.lock:
        tally.receipts.append(receipt[1])


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if found is None:
        raise RuntimeError("no token")
    return found[1]


def _tell(say: Callable[[str], None], tally: Tally, seconds: float) -> None:
    requests = sum(len(taken) for name, taken in tally.steps.items() if name != "trivial page")
    say(f"{FILERS} filers arriving over {WINDOW:.0f} s, {requests} requests, {requests / seconds:.1f} a second")
    each = tally.processor / max(requests, 1)
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    say(f"web processes: {each * 1000:.0f} ms of processor a request, starting included; load of the machine {load}")
    trivial = tally.steps.get("trivial page") or [0.0]
    every = [taken for name, found in tally.steps.items() if name != "trivial page" for taken in found]
    for name, taken in [*tally.steps.items(), ("every request", every)]:
        if not taken:
            continue
        marks = statistics.quantiles(taken, n=100) if len(taken) > 1 else taken * 99
        ratio = marks[49] / max(statistics.median(trivial), 1e-6)
        say(
            f"{name:14} p50 {marks[49] * 1000:6.0f} ms   p95 {marks[94] * 1000:6.0f} ms   "
            f"p99 {marks[98] * 1000:6.0f} ms   {ratio:5.1f} × a trivial page"
        )


def _count(say: Callable[[str], None], tally: Tally) -> None:
    """What was said to be handed in must be there whole."""
    from atvsld.oversight.filing.models import Figure, Submission

    held = Submission.objects.filter(receipt__in=tally.receipts, filing__state="submitted")
    whole = set(Figure.objects.filter(submission__in=held).values_list("submission_id", flat=True).distinct())
    lost = len(tally.receipts) - len([one for one in held if one.pk in whole])
    say(f"handed in {len(tally.receipts)} of {FILERS}, lost {lost}, failed {len(tally.failures)}")
    for sentence in tally.failures[:5]:
        say(f"  {sentence}")
    if lost:
        raise RuntimeError(f"{lost} submissions lost")


MANY = 25_000
FILL = """
SET LOCAL session_replication_role = replica;
INSERT INTO filing_filing (public_id, report, form, form_valid_from, period, establishment_id, place_id, state, nil,
    number, late, version, asked_reason)
SELECT 'L' || g, 'L' || g / %(firms)s, 'TT07-II', '2016-07-01', '2024', e.id, e.headquarters_place_id, 'draft', false,
       1, g %% 9 = 0, 1, ''
FROM generate_series(1, %(many)s) g
JOIN (SELECT id, headquarters_place_id, row_number() OVER () - 1 AS n FROM establishments_establishment) e
  ON e.n = g %% %(firms)s;
INSERT INTO filing_submission (filing_id, number, key, submitted_at, by_name, channel, reason, nil, receipt, digest,
    content, departures, explained)
SELECT id, 1, public_id, now() - id %% 500000 * interval '1 minute', 'đo', 'cli', '', false, public_id, '',
       jsonb_build_object('figures', repeat('x', 4000)), id %% 7, 0
FROM filing_filing WHERE report LIKE 'L%%';
UPDATE filing_filing f SET state = (ARRAY['submitted', 'accepted', 'returned'])[f.id %% 3 + 1], current_id = s.id,
       submitted_at = s.submitted_at, last_submitted_at = s.submitted_at
FROM filing_submission s WHERE s.filing_id = f.id AND f.report LIKE 'L%%';
"""


def _lists(say: Callable[[str], None]) -> None:
    """The department's list of 25,000 reports, whole, filtered and searched, by the page's own code."""
    from datetime import date

    from django.db import connection, transaction
    from django.test import Client

    from atvsld.platform.accounts.models import User
    from atvsld.registers.establishments.models import Establishment
    from atvsld.registers.offices.models import Office
    from atvsld.registers.places.models import Place

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILL, {"many": MANY, "firms": Establishment.objects.count()})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE filing_filing; ANALYZE filing_submission; ANALYZE establishments_establishment")
    user = User.objects.create(username="can-bo-do", full_name="Cán bộ đo")
    province = Place.objects.filter(level="province", valid_to__isnull=True).first()
    Office.objects.create(user=user, role="province_officer", place=province, valid_from=date(2020, 1, 1))
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    asked = {
        "whole": "", "waiting": "?state=submitted", "departs": "?eyes=departs&state=submitted", "late": "?late=yes",
        "by name": "?tim=do+1", "page 40": "?trang=40",
    }  # fmt: skip
    for name, query in asked.items():
        taken = []
        for _turn in range(8):
            started = time.perf_counter()
            answer = client.get(f"/nop-bao-cao/den/{query}")
            taken.append(time.perf_counter() - started)
            if answer.status_code != 200:
                raise RuntimeError(f"{name}: {answer.status_code}")
        say(f"list of {MANY} reports, {name:8} p50 {statistics.median(taken) * 1000:5.0f} ms")
