"""Routes of an institution's administrator."""

from django.urls import path

from portal.administration.views import institution, people, sign_on

app_name = "administration"

urlpatterns = [
    path("", institution.index, name="index"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/invite/", people.invite_again, name="invite-again"),
    path("people/<int:pk>/appoint/", people.appoint, name="appoint"),
    path("people/<int:pk>/erase/", people.erase, name="erase"),
    path("appointments/<int:pk>/end/", people.end, name="end"),
    path("institution/", institution.institution, name="institution"),
    path("faculties/", institution.faculties, name="faculties"),
    path("faculties/new/", institution.faculty, name="faculty-new"),
    path("faculties/<int:pk>/", institution.faculty, name="faculty"),
    path("calendar/", institution.calendar, name="calendar"),
    path("calendar/new/", institution.semester, name="semester-new"),
    path("calendar/<int:pk>/", institution.semester, name="semester"),
    path("calendar/<int:pk>/remove/", institution.semester_remove, name="calendar-remove"),
    path("signatories/", institution.signatories, name="signatories"),
    path("signatories/new/", institution.signatory, name="signatory-new"),
    path("signatories/<int:pk>/", institution.signatory, name="signatory"),
    path("sign-on/", sign_on.sign_ons, name="sign-on"),
    path("sign-on/<str:kind>/new/", sign_on.sign_on, name="sign-on-new"),
    path("sign-on/<str:kind>/<int:pk>/", sign_on.sign_on, name="sign-on-edit"),
    path("sign-on/<int:pk>/remove/", sign_on.sign_on_remove, name="sign-on-remove"),
]
