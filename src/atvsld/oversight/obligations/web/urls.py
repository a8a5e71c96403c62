from __future__ import annotations

from django.urls import path

from atvsld.oversight.obligations.web import board, calendar, certificate, chasing, mine, stating, units

app_name = "obligations"
urlpatterns = [
    path("", mine.index, name="mine"),
    path("lich/", calendar.CalendarPage.as_view(), name="calendar"),
    path("bang/", board.BoardPage.as_view(), name="board"),
    path("bang/<slug:report>/<slug:period>/", board.ReportPage.as_view(), name="report"),
    path("don-vi/<slug:report>/<slug:period>/", units.units, name="units"),
    path("don-doc/", chasing.BatchList.as_view(), name="batches"),
    path("don-doc/moi/<slug:report>/<slug:period>/", chasing.begin, name="begin"),
    path("don-doc/<str:public_id>/", chasing.batch_page, name="batch"),
    path("don-doc/<str:public_id>/viet-tiep/", chasing.go_on, name="go_on"),
    path("don-doc/<str:public_id>/tien-do/", chasing.progress, name="progress"),
    path("don-doc/<str:public_id>/tep/<slug:form>/", chasing.file, name="file"),
    path("co-so/<str:public_id>/", mine.EstablishmentPage.as_view(), name="establishment"),
    path("co-so/<str:public_id>/dung-han/", certificate.PunctualityPage.as_view(), name="punctuality"),
    path("co-quan/<str:public_id>/", mine.BodyPage.as_view(), name="body"),
    path("to-chuc/<str:public_id>/", mine.ProviderPage.as_view(), name="provider"),
    path("su-kien/<slug:kind>/<str:public_id>/<slug:fact>/", stating.state, name="state"),
]
