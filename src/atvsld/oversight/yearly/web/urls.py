from __future__ import annotations

from django.urls import path

from atvsld.oversight.yearly.web import deciding, figures, files, lists, reports, sentences

app_name = "yearly"
urlpatterns = [
    path("", lists.ReportList.as_view(), name="list"),
    path("lap/", lists.begin, name="begin"),
    path("yeu-cau/", lists.on_request, name="on_request"),
    path("cau/<str:public_id>/", sentences.SentencePage.as_view(), name="sentence"),
    path("cau/<str:public_id>/sua/", sentences.write, name="write"),
    path("cau/<str:public_id>/bo/", sentences.drop, name="drop"),
    path("cau/<str:public_id>/lay-lai/", sentences.restore, name="restore"),
    path("cau/<str:public_id>/chuyen/", sentences.move, name="move"),
    path("cau/<str:public_id>/chen-so/", sentences.insert_figure, name="insert_figure"),
    path("cau/<str:public_id>/nhiem-vu/", sentences.rest_on, name="rest_on"),
    path("so/<str:public_id>/", figures.FigurePage.as_view(), name="figure"),
    path("<str:public_id>/", reports.ReportPage.as_view(), name="report"),
    path("<str:public_id>/them/", sentences.add, name="add"),
    path("<str:public_id>/soan-lai/", reports.redraft, name="redraft"),
    path("<str:public_id>/da-doi/", reports.moved, name="moved"),
    path("<str:public_id>/lay-so/", reports.take, name="take"),
    path("<str:public_id>/noi-nhan/", reports.address, name="address"),
    path("<str:public_id>/gui/", reports.send, name="send"),
    path("<str:public_id>/tiep-nhan/", deciding.accept, name="accept"),
    path("<str:public_id>/tra-lai/", deciding.give_back, name="return"),
    path("<str:public_id>/gop-y/", deciding.remark, name="remark"),
    path("<str:public_id>/word/", files.take_word, name="word"),
    path("<str:public_id>/tep/<slug:kind>/", files.draft_file, name="file"),
]
