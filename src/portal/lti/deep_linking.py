"""Deep linking (LTI-DL 2.0) as a tool: the LMS asks for a link, and gets that of an offering."""

from datetime import timedelta

from django.utils.translation import gettext as _

from portal.accounts.refusal import Refused
from portal.lti import claims as lti
from portal.lti import offered
from portal.lti.addresses import of
from portal.lti.keys import signed
from portal.lti.models import CourseLink, Message, Side
from portal.lti.outgoing import host_of, may_be_asked
from portal.lti.secret import fresh

LASTS = timedelta(minutes=5)


def return_address(message: Message) -> str:
    """Return where the LMS takes its answer; raises ``Refused`` for an address that is not its own."""
    settings = lti.object_of(message.claims.get(lti.DEEP_LINKING_SETTINGS))
    address = lti.words_of(settings.get("deep_link_return_url"), 2000)
    hosts = {host_of(each) for each in (message.lms.issuer, message.lms.auth_url)}
    if not may_be_asked(address) or host_of(address) not in hosts:
        raise Refused(_("The LMS wants its answer at an address that is not its own."))
    return address


def answer_for(message: Message, course: CourseLink) -> str:
    """Return the signed answer: one link, which brings the code of the course along."""
    lms = message.lms
    settings = lti.object_of(message.claims.get(lti.DEEP_LINKING_SETTINGS))
    link = {
        "type": "ltiResourceLink",
        "title": offered.title_of(course.offering),
        "url": of(lms.institution, "launch"),
        "custom": {"tauliah_course": str(course.code)},
        "window": {"targetName": "_blank"},
    }
    told = {
        "iss": lms.client_id,
        "sub": lms.client_id,
        "aud": lms.issuer,
        "nonce": fresh(),
        lti.DEPLOYMENT: message.claims[lti.DEPLOYMENT],
        lti.MESSAGE_TYPE: lti.DEEP_LINKING_RESPONSE,
        lti.VERSION_CLAIM: lti.VERSION,
        lti.CONTENT_ITEMS: [link],
    }
    if "data" in settings:
        told[lti.DEEP_LINKING_DATA] = settings["data"]
    return signed(lms.institution, Side.TOOL, told, LASTS)
