"""A tool on this machine, made of the tool library ``pylti1p3``: it judges what Tauliah signs and answers."""

from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.test import RequestFactory
from pylti1p3.contrib.django import DjangoMessageLaunch, DjangoOIDCLogin
from pylti1p3.tool_config import ToolConfDict
from tests.portal.lti.lms import key

from portal.lti.addresses import as_platform
from portal.lti.models import Tool


class Software:
    """What runs at the tool's addresses, with its own key and its own sessions."""

    def __init__(self, tool: Tool) -> None:
        ours = as_platform(tool.institution)
        self.tool, self.issuer = tool, ours["issuer"]
        known = {
            "default": True,
            "client_id": tool.client_id,
            "auth_login_url": ours["authorize"],
            "auth_token_url": ours["token"],
            "key_set_url": ours["keys"],
            "deployment_ids": [tool.deployment_id],
        }
        self.conf = ToolConfDict({self.issuer: [known]})
        private, public = key("tool")
        self.conf.set_private_key(self.issuer, private, client_id=tool.client_id)
        self.conf.set_public_key(self.issuer, public, client_id=tool.client_id)
        engine = import_module(settings.SESSION_ENGINE)
        self.session = engine.SessionStore()
        self.cookies: dict[str, str] = {}

    def jwks(self) -> dict[str, Any]:
        """The tool's own key set."""
        return self.conf.get_jwks(self.issuer, self.tool.client_id)

    def request(self, made: HttpRequest) -> HttpRequest:
        made.session = self.session
        made.COOKIES.update(self.cookies)
        return made

    def asks(self, begun: str) -> dict[str, str]:
        """What the tool asks Tauliah for after Tauliah sent the browser to its login."""
        given = dict(parse_qsl(urlsplit(begun).query))
        login = DjangoOIDCLogin(self.request(RequestFactory().get("/login", given)), self.conf)
        answer = login.redirect(given["target_link_uri"])
        self.cookies |= {name: cookie.value for name, cookie in answer.cookies.items()}
        return dict(parse_qsl(urlsplit(answer["Location"]).query))

    def receives(self, posted: dict[str, str]) -> DjangoMessageLaunch:
        """The launch, as the library sees it; raises ``LtiException`` where it is not believed."""
        launch = DjangoMessageLaunch(self.request(RequestFactory().post("/launch", posted)), self.conf)
        launch.validate()
        return launch
