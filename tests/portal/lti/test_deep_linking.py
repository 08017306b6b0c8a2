"""Deep linking: the LMS asks for a link, gets that of an offering, and its library believes the answer."""

import re
from html import unescape

import pytest
from tests.portal import cast
from tests.portal.lti import made
from tests.portal.lti.browser import DAYANG, LAILA, arrived, launched

from portal.lti.models import CourseLink
from portal.lti.offered import learning_page

pytestmark = pytest.mark.django_db
JWT = re.compile(r'<input type="hidden" name="JWT" value="([^"]+)">')


@pytest.fixture
def browser(laila):
    return cast.client_of(laila, "en")


def test_the_lms_gets_the_link_that_was_chosen(moodle, registered, browser, dayang):
    offering = made.offering()
    place = launched(browser, moodle, LAILA, deep=True)["Location"]
    assert "Which offering is this?" in browser.get(place).content.decode()

    answer = browser.post(place, {"offering": offering.pk})

    page = answer.content.decode()
    assert f'action="{moodle.site}/deep"' in page
    assert f"form-action 'self' {moodle.site}" in answer["Content-Security-Policy"]
    [item] = moodle.platform.validate_deeplinking_resp({"JWT": unescape(JWT.search(page)[1])})
    course = CourseLink.objects.get()
    assert item["custom"] == {"tauliah_course": str(course.code)}
    assert (item["title"], item["type"]) == ("Foundations of Data Science (Kohort 1)", "ltiResourceLink")
    made.enrolled(offering, dayang)
    custom = {"https://purl.imsglobal.org/spec/lti/claim/custom": item["custom"]}
    learner = arrived(cast.client_of(dayang), moodle, DAYANG, **custom)
    assert learner["Location"] == learning_page(dayang.person, offering)


def test_the_answer_goes_to_the_lms_only(moodle, registered, browser, monkeypatch):
    offering = made.offering()
    registered.issuer = moodle.site
    monkeypatch.setattr(moodle, "site", "http://localhost:1")
    moodle.registration.set_iss(registered.issuer)
    place = launched_at(browser, moodle, registered.issuer)

    answer = browser.post(place, {"offering": offering.pk})

    assert answer.status_code == 400
    assert "not its own" in answer.content.decode()


def launched_at(browser, moodle, site):
    """A deep linking launch whose return address lies elsewhere."""
    from tests.portal.lti import browser as steps

    begun = moodle.site
    moodle.site = site
    asked = steps.begun(browser, moodle)
    moodle.site = begun
    posted = moodle.launch(asked, LAILA, deep=True)
    return browser.post(steps.LAUNCH, posted)["Location"]


def test_the_code_of_a_course_elsewhere_leads_nowhere(moodle, registered, dayang):
    """An LMS that sends the code of another course's link does not get into that offering."""
    offering = made.offering()
    link = made.course(offering, registered, context_id="another")
    link.context_id = "another"
    link.save()
    made.enrolled(offering, dayang)
    custom = {"https://purl.imsglobal.org/spec/lti/claim/custom": {"tauliah_course": str(link.code)}}

    page = arrived(cast.client_of(dayang, "en"), moodle, DAYANG, **custom)

    assert "Not connected yet" in page.content.decode()
