from __future__ import annotations

from django.urls import path

from atvsld.oversight.filing.web import deciding, entry, handing_in, lists, pages, workbooks

app_name = "filing"
urlpatterns = [
    path("", lists.OwnReports.as_view(), name="own"),
    path("mo/", lists.open_report, name="open"),
    path("den/", lists.IncomingReports.as_view(), name="incoming"),
    path("den/tiep-nhan/", deciding.accept_many, name="accept_many"),
    path("<str:public_id>/", pages.FilingPage.as_view(), name="filing"),
    path("<str:public_id>/lap/", entry.entry, name="entry"),
    path("<str:public_id>/luu/", entry.save, name="save"),
    path("<str:public_id>/tep/", entry.attach, name="attach"),
    path("<str:public_id>/tep/<str:file_id>/", entry.attachment, name="attachment"),
    path("<str:public_id>/tep/<str:file_id>/bo/", entry.detach, name="detach"),
    path("<str:public_id>/excel/", workbooks.download, name="workbook"),
    path("<str:public_id>/excel/nhap/", workbooks.upload, name="upload"),
    path("<str:public_id>/excel/ghi/", workbooks.apply, name="apply"),
    path("<str:public_id>/excel/loi/", workbooks.annotated, name="annotated"),
    path("<str:public_id>/xem/", handing_in.preview, name="preview"),
    path("<str:public_id>/xem/<slug:kind>/", handing_in.draft_file, name="draft_file"),
    path("<str:public_id>/nop/", handing_in.submit, name="submit"),
    path("<str:public_id>/lan/<int:number>/", pages.submission, name="submission"),
    path("<str:public_id>/lan/<int:number>/khac/", pages.changes, name="changes"),
    path("<str:public_id>/lan/<int:number>/<slug:kind>/", pages.submission_file, name="submission_file"),
    path("<str:public_id>/tra-lai/", deciding.return_filing, name="return"),
    path("<str:public_id>/tiep-nhan/", deciding.accept, name="accept"),
    path("<str:public_id>/khoa/", deciding.lock, name="lock"),
    path("<str:public_id>/mo-khoa/", deciding.unlock, name="unlock"),
    path("<str:public_id>/xin-sua/", deciding.ask_correction, name="ask_correction"),
]
