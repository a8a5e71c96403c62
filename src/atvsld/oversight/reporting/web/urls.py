from django.urls import path

from atvsld.oversight.reporting.web import views

app_name = "reporting"
urlpatterns = [
    path("", views.Catalogue.as_view(), name="catalogue"),
    path("<slug:code>/", views.ReportPage.as_view(), name="report"),
    path("<slug:code>/tai-ve/<slug:kind>/", views.download, name="download"),
    path("<slug:code>/so-lieu/", views.FigurePage.as_view(), name="figure"),
]
