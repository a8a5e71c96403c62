from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "atvsld.platform.ui"
    label = "ui"
