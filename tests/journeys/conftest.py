"""A small demo province behind a real web server, on a database of this package alone.

The province is built once in a run of the tests, whichever process comes to it first, and copied for every file. The
moment is fixed, so that "this year" on the pages and in the pictures is the demo's last year.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from tests.journeys import walking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

NOW = "2026-11-05T09:00:00+07:00"
# Pictures for the guide want a province of the size people will see; journeys want to begin soon.
SCALE = 1.0 if os.environ.get("UPDATE_IMAGES") else 0.12
# One name for all processes of a run: what an earlier run built may come from other code.
PREFIX = "province_of_"
BUILT = PREFIX + (os.environ.get("PYTEST_XDIST_TESTRUNUID") or uuid.uuid4().hex)


@dataclass(frozen=True)
class Province:
    """The server's address, and how to do what its worker would."""

    url: str
    name: str

    def work(self) -> None:
        """Do the jobs that wait, as `atvsld worker` does; in a thread, for the browser's loop holds this one."""
        walking.aside(walking.run_waiting_jobs)


@contextmanager
def _own_database() -> Iterator[str]:
    """A copy of the built province; the tests of other packages never see what is written here."""
    from django.db import connections

    default = connections["default"]
    held = connections.settings["default"]["NAME"]
    copy = f"{held}_journeys"
    connections.close_all()
    with default._nodb_cursor() as cursor:
        cursor.execute("select pg_advisory_lock(hashtext('atvsld demo template'))")
        try:
            _build_once(cursor, held)
            cursor.execute(f'drop database if exists "{copy}" with (force)')
            cursor.execute(f'create database "{copy}" template "{BUILT}"')
        finally:
            cursor.execute("select pg_advisory_unlock(hashtext('atvsld demo template'))")
    _point_to(copy)
    try:
        yield copy
    finally:
        connections.close_all()
        _point_to(held)
        with default._nodb_cursor() as cursor:
            cursor.execute(f'drop database if exists "{copy}" with (force)')


def _build_once(cursor: Any, empty: str) -> None:
    """Make the province of this run unless it is there; it gets its name only when it is whole."""
    from atvsld.project import demo

    cursor.execute("select datname from pg_database where datname like %s", [f"{PREFIX}%"])
    found = [name for (name,) in cursor.fetchall()]
    if BUILT in found:
        return
    for name in found:
        cursor.execute(f'drop database if exists "{name}" with (force)')
    building = f"{PREFIX}unfinished"
    # A database can be copied only while nobody is in it; threads of earlier tests may have left sessions.
    cursor.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [empty])
    cursor.execute(f'create database "{building}" template "{empty}"')
    _point_to(building)
    try:
        demo.build(scale=SCALE)
    finally:
        _point_to(empty)
    cursor.execute(f'alter database "{building}" rename to "{BUILT}"')


def _point_to(name: str) -> None:
    from django.db import connections

    connections.close_all()
    # New threads take their settings from here; this thread's connection holds its own.
    connections.settings["default"]["NAME"] = connections["default"].settings_dict["NAME"] = name


@pytest.fixture(scope="package")
def db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The demo province's database. Called `db` so that the plugin prepares the empty one it is copied from."""
    with django_db_blocker.unblock(), time_machine.travel(NOW), _own_database() as name:
        yield name


@pytest.fixture(scope="package")
def province(db: str) -> Iterator[Province]:
    from django.test.utils import override_settings
    from pytest_django.live_server_helper import LiveServer

    with override_settings(ALLOWED_HOSTS=["localhost", "testserver"], DEMO=True):
        server = LiveServer("localhost")
        try:
            yield Province(server.url, db)
        finally:
            server.stop()


@pytest.fixture(scope="package")
def keys(province: Province, browser: Browser) -> Callable[[str], Any]:
    """The cookies of a signed-in demo account; each account signs in once, on the real page."""
    held: dict[str, Any] = {}

    def of(username: str) -> Any:
        if username not in held:
            context = browser.new_context(locale="vi-VN", base_url=province.url)
            walking.sign_in(context.new_page(), username)
            held[username] = context.storage_state()
            context.close()
        return held[username]

    return of


@pytest.fixture(scope="package")
def tab(province: Province, browser: Browser, keys: Callable[[str], Any]) -> Iterator[Callable[..., Page]]:
    """`tab("canbo")`: a new tab in the one browser of that account, whose cache is warm; for pages only looked at."""
    opened: dict[tuple[str, bool], BrowserContext] = {}

    def open_tab(username: str, *, english: bool = False) -> Page:
        context = opened.get((username, english))
        if context is None:
            context = opened[username, english] = _context(browser, province, keys(username), english=english)
        return walking.watched(context.new_page())

    yield open_tab
    for context in opened.values():
        context.close()


def _context(
    browser: Browser, province: Province, state: Any, *, width: int = 1366, script: bool = True, english: bool = False
) -> BrowserContext:
    context = browser.new_context(
        base_url=province.url,
        storage_state=state,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        viewport={"width": width, "height": 780 if width < 600 else 850},
        java_script_enabled=script,
        accept_downloads=True,
    )
    context.set_default_timeout(15_000)
    if english:
        context.add_cookies([{"name": "django_language", "value": "en", "url": province.url}])
    return context


@pytest.fixture
def window(province: Province, browser: Browser, keys: Callable[[str], Any]) -> Iterator[Callable[..., Page]]:
    """`window("canbo")`: a page of that account's own browser; `width=360` for a phone, `script=False` without."""
    opened: list[BrowserContext] = []

    def open_window(
        username: str | None = None, *, width: int = 1366, script: bool = True, english: bool = False
    ) -> Page:
        context = _context(
            browser, province, keys(username) if username else None, width=width, script=script, english=english
        )
        opened.append(context)
        return walking.watched(context.new_page())

    yield open_window
    for context in opened:
        context.close()


@pytest.fixture(scope="package")
def workbook(province: Province, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's ready workbook of new accidents."""
    from atvsld.project.demo.template import demo_template

    path = tmp_path_factory.mktemp("tep") / "mau.xlsx"
    walking.aside(lambda: demo_template(path))
    return path
