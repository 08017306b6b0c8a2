"""Routes of the pages about other software."""

from django.urls import path

from portal.exchange.pages import administration, learner, software

app_name = "exchange"

urlpatterns = [
    path("", administration.tokens, name="tokens"),
    path("new/", administration.token_new, name="token-new"),
    path("<int:pk>/end/", administration.token_end, name="token-end"),
    path("signed/", administration.signed, name="signed"),
    path("signed/<int:pk>/revoke/", administration.revoke, name="signed-revoke"),
    path("wallet/<int:pk>/", learner.offer_page, name="offer"),
    path("software/", software.software, name="software"),
    path("software/<str:client>/end/", software.software_end, name="software-end"),
]
