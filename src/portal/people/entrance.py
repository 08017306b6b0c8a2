"""How allauth's pages behave in the portal: who is kept at sign-up, the language after login, mail."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as surroundings
from django.contrib.sites.shortcuts import get_current_site
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from portal.accounts.models import Person
from portal.appearance import keep_language
from portal.people.joining import language_of_page, welcome
from portal.people.post import send


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts of people who are known by their email address."""

    def save_user(self, request: HttpRequest, user: Person, form: BaseForm, commit: bool = True) -> Person:
        """Keep somebody new, make them an external learner and write both down together."""
        user.name = form.cleaned_data.get("name", "") or user.name
        user.language = language_of_page()
        with transaction.atomic():
            super().save_user(request, user, form, commit=commit)
            if commit:
                welcome(user, by="sign-up")
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Leave passwords to the portal's lock-out, which counts in the database; codes stay counted here."""

    def post_login(self, request: HttpRequest, user: Person, **details: Any) -> HttpResponse:
        """Go on in the person's own language."""
        response: HttpResponse = super().post_login(request, user, **details)
        keep_language(response, user.language)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand a message to the post, in the language of the person it goes to where there is one."""
        reader = Person.objects.filter(email__iexact=email).first()
        language = reader.language if reader else language_of_page()
        with translation.override(language):
            site = get_current_site(surroundings.request)
            message = self.render_mail(
                template_prefix, email, {"email": email, "current_site": site, **context}
            )
        send(email, str(message.subject), str(message.body), person=reader, language=language)
