from django.urls import path

from atvsld.platform.ui.web.gallery import gallery

app_name = "ui"
urlpatterns = [path("", gallery, name="gallery")]
