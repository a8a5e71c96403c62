from __future__ import annotations

from django.urls import path

from atvsld.registers.establishments.web import edit, enterprises, merging, organisation, pages, profile

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
    path("<str:public_id>/rui-ro/", profile.state_hazard, name="state_hazard"),
    path("<str:public_id>/rui-ro/<str:hazard_id>/ket-thuc/", profile.end_hazard, name="end_hazard"),
    path("<str:public_id>/rui-ro/<str:hazard_id>/bo/", profile.withdraw_hazard, name="withdraw_hazard"),
    path("<str:public_id>/toa-do/", profile.locate, name="locate"),
    path("<str:public_id>/dia-diem/", profile.state_site, name="add_site"),
    path("<str:public_id>/dia-diem/<str:site_id>/", profile.state_site, name="change_site"),
    path("<str:public_id>/dia-diem/<str:site_id>/bo/", profile.withdraw_site, name="withdraw_site"),
    path("<str:public_id>/lien-he/", profile.state_contact, name="add_contact"),
    path("<str:public_id>/lien-he/<str:contact_id>/", profile.state_contact, name="change_contact"),
    path("<str:public_id>/lien-he/<str:contact_id>/bo/", profile.withdraw_contact, name="withdraw_contact"),
    path("<str:public_id>/doi-ten/", profile.rename, name="rename"),
    path("<str:public_id>/chuyen-dia-ban/", profile.move, name="move"),
    path("<str:public_id>/ngung/", profile.close, name="close"),
    path("<str:public_id>/hoat-dong-lai/", profile.reopen, name="reopen"),
    path("<str:public_id>/tach/", profile.split, name="split"),
]
