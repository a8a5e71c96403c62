from __future__ import annotations

from django.urls import path

from atvsld.platform.papers.web import drafting, issuing, lists, templates

app_name = "papers"
urlpatterns = [
    path("", lists.index, name="list"),
    path("mau/", templates.index, name="templates"),
    path("mau/<slug:kind>/", templates.upload, name="upload_template"),
    path("mau/<str:template_id>/tep/", templates.download, name="template_file"),
    path("mau/<str:template_id>/thoi-dung/", templates.withdraw, name="withdraw_template"),
    path("soan/<slug:kind>/<str:subject>/", drafting.start, name="start"),
    path("<str:public_id>/", drafting.paper_page, name="paper"),
    path("<str:public_id>/sua/", drafting.edit_page, name="edit"),
    path("<str:public_id>/ban-nhap/<slug:form>/", drafting.draft_file, name="draft_file"),
    path("<str:public_id>/ban-hanh/", issuing.issue_page, name="issue"),
    path("<str:public_id>/dinh-kem/", issuing.attach_page, name="attach"),
    path("<str:public_id>/huy/", issuing.cancel_page, name="cancel"),
    path("<str:public_id>/tep/<str:file_id>/", issuing.issued_file, name="file"),
]
