"""Challenges for presentations: each is given to one system, answered once, and soon forgotten."""

from datetime import timedelta

from django.utils import timezone

from portal.exchange.models import ApiToken, Question
from portal.exchange.secret import digest, fresh
from portal.exchange.vc_api.refusal import one
from portal.exchange.vc_api.verifying import options_of
from tauliah.credentials.strict_json import Json

LASTS = timedelta(minutes=10)


def ask(token: ApiToken) -> Json:
    """Return a new challenge."""
    Question.objects.filter(expires_at__lt=timezone.now() - LASTS).delete()
    secret, until = fresh(), timezone.now() + LASTS
    Question.objects.create(token=token, digest=digest(secret), expires_at=until)
    return {"challenge": secret, "expires": until.isoformat(timespec="seconds")}


def must_be_answering(token: ApiToken, body: Json) -> None:
    """Use up the challenge of a signed presentation; raises ``BadRequest`` where it cannot be used."""
    presented = body.get("verifiablePresentation")
    if not isinstance(presented, dict) or not presented.get("proof"):
        return
    challenge = options_of(body).get("challenge")
    open_ = Question.objects.filter(Question.unanswered(), token=token, digest=digest(str(challenge)))
    if not isinstance(challenge, str) or not open_.update(used_at=timezone.now()):
        raise one(
            "options.challenge",
            "Cabaran ini bukan daripada POST …/challenges, telah digunakan, atau telah luput.",
            "This challenge is not from POST …/challenges, or it was used, or it has expired.",
        )
