from __future__ import annotations

from django.urls import path

from atvsld.oversight.programme.web import drafts, figures, follow, importing, plans, reminding

app_name = "programme"
urlpatterns = [
    path("", plans.PlansPage.as_view(), name="list"),
    path("theo-doi/", follow.FollowPage.as_view(), name="follow"),
    path("theo-doi/nhac/", reminding.remind, name="remind"),
    path("so-lieu/", figures.FiguresPage.as_view(), name="figures"),
    path("nhap/", importing.bring, name="import"),
    path("nhap/tep-mau/", importing.sample, name="sample"),
    path("moi/", drafts.new, name="new"),
    path("soan/<str:public_id>/", drafts.DraftPage.as_view(), name="draft"),
    path("soan/<str:public_id>/phan-dau/", drafts.header, name="header"),
    path("soan/<str:public_id>/dong/<int:at>/", drafts.row, name="row"),
    path("soan/<str:public_id>/dong/<int:at>/them/", drafts.add, name="add"),
    path("soan/<str:public_id>/dong/<int:at>/bo/", drafts.remove, name="remove"),
    path("soan/<str:public_id>/ban-hanh/", drafts.issue, name="issue"),
    path("soan/<str:public_id>/bo/", drafts.drop, name="drop"),
    path("<slug:code>/", plans.PlanPage.as_view(), name="plan"),
    path("<slug:code>/excel/", plans.excel, name="excel"),
    path("<slug:code>/sua/", drafts.revise, name="revise"),
    path("<slug:code>/noi-dung/<str:clause>/", plans.ClausePage.as_view(), name="clause"),
]
