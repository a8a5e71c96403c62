from __future__ import annotations

from django.urls import path

from atvsld.oversight.budget.web import edit, entries, files, finance, pages

app_name = "budget"
urlpatterns = [
    path("", pages.Overview.as_view(), name="overview"),
    path("danh-sach/", pages.LineList.as_view(), name="list"),
    path("co-quan/<slug:code>/", pages.BodyPage.as_view(), name="body"),
    path("co-quan/<slug:code>/<int:year>/de-xuat/", edit.propose_all, name="propose"),
    path("moi/<str:task>/", edit.add, name="new"),
    path("giao/<int:year>/", finance.decision, name="decision"),
    path("tong-hop/<int:year>/", finance.consolidate, name="consolidate"),
    path("tong-hop/<int:year>/<slug:kind>/", files.estimate, name="estimate"),
    path("quyet-dinh/<str:public_id>/", files.decision_file, name="decision_file"),
    path("<str:public_id>/", pages.LinePage.as_view(), name="line"),
    path("<str:public_id>/sua/", edit.change, name="change"),
    path("<str:public_id>/tra-lai/", edit.give_back, name="return"),
    path("<str:public_id>/bo/", edit.withdraw, name="withdraw"),
    path("<str:public_id>/giao/", entries.allocate, name="allocate"),
    path("<str:public_id>/cam-ket/", entries.commit, name="commit"),
    path("<str:public_id>/chi/", entries.pay, name="pay"),
    path("<str:public_id>/<slug:kind>/<str:entry>/bo/", entries.cancel, name="cancel"),
]
