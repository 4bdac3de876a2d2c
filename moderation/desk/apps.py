"""What Django needs to know of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The desk as a Django application."""

    name = "moderation.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
