from django.urls import path

from atvsld.registers.offices.web import pages

app_name = "offices"
urlpatterns = [
    path("", pages.UserList.as_view(), name="list"),
    path("vai-tro/", pages.RoleList.as_view(), name="roles"),
    path("moi/", pages.create_user, name="create"),
    path("<str:public_id>/", pages.UserRecord.as_view(), name="user"),
    path("<str:public_id>/giao/", pages.give_office, name="give"),
    path("chuc-trach/<int:pk>/ket-thuc/", pages.end_office, name="end"),
]
