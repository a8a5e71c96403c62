"""The interface for other systems, /api/v1: OpenAPI 3.1, problem documents, the same rules as the pages."""

from __future__ import annotations

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from pydantic.json_schema import models_json_schema

from atvsld.oversight.consolidation.api.router import router as consolidations
from atvsld.oversight.indicators.api.router import router as targets
from atvsld.oversight.publication.api.router import router as notices
from atvsld.oversight.reporting.api.router import router as reports
from atvsld.portals.api import (
    accepted_reports,
    accidents,
    benefits,
    bodies,
    budget,
    duties,
    establishments,
    filings,
    imports,
    incidents,
    ledgers,
    obligations,
    papers,
    people_changes,
    problems,
    registers,
    work_plans,
    year_reports,
)
from atvsld.portals.api.auth import AUTH, known_caller
from atvsld.portals.api.declarations import router as declarations
from atvsld.portals.api.investigations import router as investigations
from atvsld.portals.api.procedures import router as procedures
from atvsld.registers.codes.api.router import router as codes
from atvsld.registers.places.api.router import router as places

DESCRIPTION = """\
Records of occupational accidents, the registers they refer to, and the statutory tables computed from them.
A person signs in on the pages; a service uses OAuth2 client credentials (`/o/token/`, scopes `read` and `write`) and
acts with the offices of the account its application belongs to. What lies outside that area does not exist.
Errors are RFC 9457 problem documents; sentences are Vietnamese.
"""
# What may go wrong anywhere, by status.
ERRORS = {
    400: "The request could not be read",
    401: "Nobody is signed in and no valid token was sent",
    403: "The account may not do this",
    404: "There is no such record in the account's area",
    409: "The record changed meanwhile",
    422: "The input breaks rules; `problems` names each",
}


class Api(NinjaAPI):
    """Adds the problem documents to the description of every operation."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**kwargs)
        _, definitions = models_json_schema(
            [(problems.ProblemDocument, "serialization")], ref_template="#/components/schemas/{model}"
        )
        schema["components"].setdefault("schemas", {}).update(definitions["$defs"])
        content = {problems.MEDIA: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"] |= {
                    status: {"description": text, "content": content} for status, text in ERRORS.items()
                }
        return schema


api = Api(
    title="ATVSLĐ",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    auth=AUTH,
    docs_decorator=known_caller,
)
problems.install(api)
# One line for each context that speaks to other systems.
api.add_router("", accidents.router)
api.add_router("", declarations)
api.add_router("", procedures)
api.add_router("", investigations)
api.add_router("", papers.router)
api.add_router("", duties.router)
api.add_router("", obligations.router)
api.add_router("", benefits.router)
api.add_router("", incidents.router)
api.add_router("", ledgers.router)
api.add_router("", registers.router)
api.add_router("", establishments.router)
api.add_router("", people_changes.router)
api.add_router("", imports.router)
api.add_router("", reports)
api.add_router("", filings.router)
api.add_router("", accepted_reports.router)
api.add_router("", consolidations)
api.add_router("", targets)
api.add_router("", work_plans.router)
api.add_router("", year_reports.router)
api.add_router("", budget.router)
api.add_router("", notices)
api.add_router("", places)
api.add_router("", codes)
api.add_router("", bodies.router)
