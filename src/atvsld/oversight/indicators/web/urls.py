from django.urls import path

from atvsld.oversight.indicators.web import views

app_name = "indicators"
urlpatterns = [
    path("", views.FatalRatePage.as_view(), name="fatal_rate"),
    path("II.1/tai-ve/<slug:kind>/", views.download, name="download"),
    path("II.1/ho-so/", views.RecordsPage.as_view(), name="records"),
]
