from __future__ import annotations

from django.urls import path

from atvsld.casework.accidents.procedure.web import pages

app_name = "accident_procedure"
urlpatterns = [
    path("<str:public_id>/trinh-tu/mo/", pages.open_file, name="open"),
    path("<str:public_id>/trinh-tu/thoi-diem/", pages.describe, name="describe"),
    path("<str:public_id>/trinh-tu/<slug:step_id>/", pages.step, name="step"),
]
