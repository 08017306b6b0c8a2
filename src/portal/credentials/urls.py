"""Routes of those who issue, and of learners with their own credentials."""

from django.urls import path

from portal.credentials.views import courses, evidence, issued, learner, runs, settings

app_name = "credentials"

urlpatterns = [
    path("", issued.listing, name="list"),
    path("change/<slug:name>/", issued.change, name="change"),
    path("<int:pk>/", issued.credential, name="credential"),
    path("<int:pk>/correct/", issued.correct, name="correct"),
    path("<int:pk>/faces/<slug:face>/", issued.face, name="face"),
    path("courses/", courses.listing, name="courses"),
    path("courses/new/", courses.new, name="course-new"),
    path("courses/<int:pk>/", courses.course, name="course"),
    path("runs/", runs.listing, name="runs"),
    path("runs/new/", runs.new, name="run-new"),
    path("runs/template/", runs.template, name="run-template"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/edit/", runs.edit, name="run-edit"),
    path("runs/<int:pk>/list/", runs.upload, name="run-list"),
    path("runs/<int:pk>/add/", runs.add, name="run-add"),
    path("runs/<int:pk>/remove/<int:award>/", runs.remove, name="run-remove"),
    path("runs/<int:pk>/start/", runs.start, name="run-start"),
    path("profile/", settings.profile, name="profile"),
    path("recognised/", settings.recognised, name="recognised"),
    path("recognised/<int:pk>/remove/", settings.forget, name="recognised-remove"),
    path("mine/", learner.listing, name="mine"),
    path("mine/<int:pk>/", learner.credential, name="own"),
    path("mine/<int:pk>/faces/<slug:face>/", learner.face, name="own-face"),
    path("mine/<int:pk>/shown/", learner.show, name="own-shown"),
    path("mine/<int:pk>/links/", learner.link, name="own-link"),
    path("mine/<int:pk>/links/<int:number>/end/", learner.end_link, name="own-link-end"),
    path("decision/<int:pk>/", learner.decision, name="decision"),
    path("evidence/<int:number>/", evidence.evidence, name="evidence"),
]
