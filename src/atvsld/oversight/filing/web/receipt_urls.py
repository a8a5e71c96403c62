"""Receipts of reports, for everybody who holds one."""

from __future__ import annotations

from django.urls import path

from atvsld.oversight.filing.web import receipt

app_name = "filing_receipts"
urlpatterns = [
    path("", receipt.ask, name="ask"),
    path("<str:code>/", receipt.receipt, name="receipt"),
    path("<str:code>/tep/<slug:kind>/", receipt.receipt_file, name="file"),
]
