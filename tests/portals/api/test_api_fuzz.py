"""The interface keeps its own description whatever is sent: no server error, only described answers."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from oauth2_provider.models import AccessToken, Application
from schemathesis import checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests.casework.accidents.scene import opened

from atvsld.platform.acts import clock
from atvsld.portals.api.api import api
from atvsld.project.wsgi import application

CHECKS = [
    checks.not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
]  # fmt: skip


@pytest.fixture
def one_connection():
    """Requests through the WSGI door close the connection afterwards; here it holds the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.usefixtures("one_connection")
def test_generated_requests_get_described_answers(land, officer):
    opened(land)
    schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
    schema.app = application
    headers = {"Authorization": f"Bearer {_token(officer)}"}
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def probe(case):
            case.call_and_validate(headers=headers, checks=CHECKS)

        probe()


def _token(user) -> str:
    service = Application.objects.create(
        user=user, client_type="confidential", authorization_grant_type="client-credentials", name="Thử"
    )
    expires = clock.now() + timedelta(hours=1)
    return str(AccessToken.objects.create(application=service, token="thu", scope="read write", expires=expires).token)
