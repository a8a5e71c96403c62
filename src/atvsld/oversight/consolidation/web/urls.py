from django.urls import path

from atvsld.oversight.consolidation.web import passport, views

app_name = "consolidation"
urlpatterns = [
    path("", views.Index.as_view(), name="index"),
    path("da-chap-nhan/<str:public_id>/", views.AcceptedPage.as_view(), name="accepted"),
    path("da-chap-nhan/<str:public_id>/so-lieu/", passport.PassportPage.as_view(), name="passport"),
    path("da-chap-nhan/<str:public_id>/<slug:kind>/", views.accepted_file, name="file"),
    path("<slug:code>/", views.ReportPage.as_view(), name="report"),
    path("<slug:code>/doi-chieu/", views.ComparePage.as_view(), name="compare"),
    path("<slug:code>/doi-chieu/tai-ve/<slug:kind>/", views.download_comparison, name="download_comparison"),
    path("<slug:code>/don-vi/", views.UnitsPage.as_view(), name="units"),
    path("<slug:code>/chap-nhan/", views.accept_report, name="accept"),
    path("<slug:code>/tai-ve/<slug:kind>/", views.download, name="download"),
]
