"""Who may open allauth's pages: the way in is everybody's, what concerns an account its owner's."""

from tests.portal.routes import EVERYBODY, NOT_FOUND, PEOPLE, Route

NOBODY: frozenset[str] = frozenset()
OWN, OPEN = Route(PEOPLE), Route(EVERYBODY)


def for_nobody(**place: object) -> Route:
    """A page about something that is not there: not found, whoever asks."""
    return Route(NOBODY, others=NOT_FOUND, visitors=NOT_FOUND, place=lambda: place)


ROUTES = {
    **dict.fromkeys(
        [
            "account_login",
            "account_logout",
            "account_inactive",
            "account_signup",
            "account_email_verification_sent",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "account_confirm_login_code",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "socialaccount_login_cancelled",
            "socialaccount_login_error",
            "socialaccount_signup",
        ],
        OPEN,
    ),
    **dict.fromkeys(
        [
            "account_reauthenticate",
            "account_email",
            "account_change_password",
            "account_set_password",
            "mfa_index",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_generate_recovery_codes",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn",
            "socialaccount_connections",
            "usersessions_list",
        ],
        OWN,
    ),
    "account_confirm_email": Route(EVERYBODY, place=lambda: {"key": "x"}),
    "account_reset_password_from_key": Route(EVERYBODY, place=lambda: {"uidb36": "1", "key": "x-y"}),
    "mfa_remove_webauthn": Route(PEOPLE, place=lambda: {"pk": 0}),  # asks for the password first
    "mfa_edit_webauthn": Route(PEOPLE, place=lambda: {"pk": 0}),
    **dict.fromkeys(
        ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"],
        Route(NOBODY, others=NOT_FOUND),  # nobody of the cast has a second step
    ),
    "saml_acs": Route(EVERYBODY, place=lambda: {"organization_slug": "none"}),
    "saml_finish_acs": for_nobody(organization_slug="none"),
    "saml_sls": for_nobody(organization_slug="none"),
    "saml_metadata": for_nobody(organization_slug="none"),
    "saml_login": for_nobody(organization_slug="none"),
    "openid_connect_login": for_nobody(provider_id="none"),
    "openid_connect_callback": for_nobody(provider_id="none"),
}
