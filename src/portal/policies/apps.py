"""The policies app."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Pages that show the policy packs."""

    name = "portal.policies"
    label = "policies"
