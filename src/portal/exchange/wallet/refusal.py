"""Errors as OAuth 2.0 and OID4VCI name them, with a description for whoever reads the log."""

from http import HTTPStatus

from django.http import HttpResponse, JsonResponse

NO_STORE = {"Cache-Control": "no-store"}


class OAuthError(Exception):
    """A request that a wallet has to make differently."""

    def __init__(self, error: str, description: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(description)
        self.error, self.description, self.status = error, description, status

    def response(self) -> HttpResponse:
        """The answer; with 401 the header says what is missing."""
        body = {"error": self.error, "error_description": self.description}
        response = JsonResponse(body, status=self.status, headers=NO_STORE)
        if self.status == HTTPStatus.UNAUTHORIZED:
            response["WWW-Authenticate"] = f'Bearer error="{self.error}"'
        return response
