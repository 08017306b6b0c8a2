"""The pathways app."""

from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    """Pathways: whether micro-credentials add up to a qualification."""

    name = "portal.pathways"
    label = "pathways"
