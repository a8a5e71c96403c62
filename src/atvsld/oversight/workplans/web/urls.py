from __future__ import annotations

from django.urls import path

from atvsld.oversight.workplans.web import files

app_name = "workplans"
urlpatterns = [
    path("bang-chung/<str:public_id>/tep/", files.evidence_file, name="evidence_file"),
    path("<str:public_id>/ban-ban-hanh/", files.plan_paper, name="paper"),
]
