from __future__ import annotations

from django.urls import path

from atvsld.oversight.composing.web import home, reports, tables, word_forms

app_name = "composing"
urlpatterns = [
    path("", home.HomePage.as_view(), name="home"),
    path("so-lieu/", word_forms.suggest, name="suggest"),
    path("bang/moi/", tables.edit, name="new_table"),
    path("bang/<str:public_id>/sua/", tables.edit, name="table"),
    path("bang/<str:public_id>/bo/", tables.remove, name="remove_table"),
    path("bao-cao/moi/", reports.edit, name="new_report"),
    path("bao-cao/<str:public_id>/", reports.ReportPage.as_view(), name="report"),
    path("bao-cao/<str:public_id>/sua/", reports.edit, name="change_report"),
    path("bao-cao/<str:public_id>/tai/<slug:kind>/", reports.download, name="download_report"),
    path("bao-cao/<str:public_id>/bo/", reports.remove, name="remove_report"),
    path("mau-word/moi/", word_forms.upload, name="new_word_form"),
    path("mau-word/<str:public_id>/", word_forms.mapping, name="word_form"),
    path("mau-word/<str:public_id>/nap-lai/", word_forms.upload, name="change_word_form"),
    path("mau-word/<str:public_id>/dien/", word_forms.fill, name="fill_word_form"),
    path("mau-word/<str:public_id>/bo/", word_forms.remove, name="remove_word_form"),
]
