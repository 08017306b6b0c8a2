"""The addresses that other software asks; the standards name most of them, and they stay for good."""

from allauth.idp.oidc import views as library
from django.urls import URLPattern, URLResolver, include, path

from portal.exchange.badges import consent
from portal.exchange.badges import views as badges
from portal.exchange.vc_api import views as vc_api
from portal.exchange.wallet import views as wallet

vc_api_urls = [
    path("credentials/issue", vc_api.issue_view, name="issue"),
    path("credentials/verify", vc_api.verify_view, name="verify"),
    path("presentations/verify", vc_api.verify_presentation_view, name="verify-presentation"),
    path("challenges", vc_api.challenge_view, name="challenge"),
]
wallet_urls = [
    path("wallet/<slug:code>", wallet.issuer, name="issuer"),
    path("wallet/<slug:code>/.well-known/openid-credential-issuer", wallet.issuer, name="issuer-inside"),
    path("wallet/<slug:code>/.well-known/oauth-authorization-server", wallet.server, name="server-inside"),
    path("wallet/<slug:code>/token", wallet.token, name="token"),
    path("wallet/<slug:code>/nonce", wallet.nonce, name="nonce"),
    path("wallet/<slug:code>/credential", wallet.credential, name="credential"),
    path(".well-known/openid-credential-issuer/wallet/<slug:code>", wallet.issuer, name="issuer-known"),
    path(".well-known/oauth-authorization-server/wallet/<slug:code>", wallet.server, name="server-known"),
]
badges_urls = [
    path("discovery", badges.discovery, name="discovery"),
    path("credentials", badges.credentials, name="credentials"),
    path("profile", badges.profile, name="profile"),
]
oauth_urls = [
    path("authorize", consent.authorize, name="authorization"),
    path("token", library.token, name="token"),
    path("revoke", library.revoke, name="revoke"),
    path("clients", library.client_registration, name="client_registration"),
]
"""Of the library's routes those that badges need, under the names by which it finds them."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("vc-api/", include((vc_api_urls, "vc-api"))),
    path("", include((wallet_urls, "wallet"))),
    path("ims/ob/v3p0/", include((badges_urls, "badges"))),
    path("oauth/", include(([path("", include((oauth_urls, "oidc")))], "idp"))),
]
