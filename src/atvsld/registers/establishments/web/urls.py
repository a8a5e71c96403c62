from __future__ import annotations

from django.urls import path

from atvsld.registers.establishments.web import edit, enterprises, merging, organisation, pages

app_name = "establishments"
urlpatterns = [
    path("", pages.EstablishmentList.as_view(), name="list"),
    path("moi/", edit.register, name="register"),
    path("doanh-nghiep/<str:enterprise_id>/", enterprises.EnterprisePage.as_view(), name="enterprise"),
    path("doanh-nghiep/<str:enterprise_id>/sua/", enterprises.change, name="change_enterprise"),
    path("trung-lap/", merging.pairs, name="duplicates"),
    path("trung-lap/tim/", merging.seek, name="seek_duplicates"),
    path("trung-lap/<int:pk>/", merging.decide, name="decide_duplicate"),
    path("tach-lai/<int:pk>/", merging.separate, name="separate"),
    path("<str:public_id>/", pages.EstablishmentPage.as_view(), name="establishment"),
    path("<str:public_id>/sua/", edit.change, name="change"),
    path("<str:public_id>/lao-dong/", edit.workforce, name="workforce"),
    path("<str:public_id>/nganh/", edit.industry, name="industry"),
    path("<str:public_id>/bo-may/", organisation.organisation, name="organisation"),
]
