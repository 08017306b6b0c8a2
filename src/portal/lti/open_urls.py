"""The addresses that LMSs and tools know, one set for each institution."""

from django.urls import path

from portal.lti.views import platform_side, registration, tool_side

app_name = "lti-open"

urlpatterns = [
    path("<slug:code>/tool/keys/", tool_side.keys, name="tool-keys"),
    path("<slug:code>/tool/login/", tool_side.login, name="login"),
    path("<slug:code>/tool/launch/", tool_side.launch, name="launch"),
    path("<slug:code>/tool/register/", registration.register, name="register"),
    path("<slug:code>/platform/keys/", platform_side.keys, name="platform-keys"),
    path("<slug:code>/platform/authorize/", platform_side.authorize, name="authorize"),
    path("<slug:code>/platform/token/", platform_side.token, name="token"),
    path("<slug:code>/offerings/<int:offering>/members", platform_side.members, name="members"),
    path("<slug:code>/offerings/<int:offering>/items", platform_side.items, name="items"),
    path("<slug:code>/offerings/<int:offering>/items/<int:pk>", platform_side.item, name="item"),
    path(
        "<slug:code>/offerings/<int:offering>/items/<int:pk>/scores",
        platform_side.item_scores,
        name="scores",
    ),
    path(
        "<slug:code>/offerings/<int:offering>/items/<int:pk>/results",
        platform_side.item_results,
        name="results",
    ),
]
