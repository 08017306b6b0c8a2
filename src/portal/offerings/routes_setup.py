"""Routes by which an offering is set up, staffed, announced and closed."""

from django.urls import URLPattern, path

from portal.offerings.views import offerings, readiness, setup, teachers

urlpatterns: list[URLPattern] = [
    path("", offerings.listing, name="list"),
    path("new/", setup.new, name="new"),
    path("timetable/", teachers.timetable, name="timetable"),
    path("platforms/", readiness.platforms, name="platforms"),
    path("platforms/new/", readiness.platform, name="platform-new"),
    path("platforms/<int:pk>/", readiness.platform, name="platform"),
    path("guides/", readiness.guides, name="guides"),
    path("guides/<slug:topic>/", readiness.guide, name="guide"),
    path("papers/<int:pk>.pdf", readiness.paper, name="letter"),
    path("teachers/<int:pk>/remove/", teachers.remove, name="teacher-remove"),
    path("teachers/<int:pk>/duties/", teachers.duty, name="duty"),
    path("teachers/<int:pk>/agreement/", teachers.agreement, name="agreement"),
    path("duties/<int:pk>/", teachers.settle, name="duty-settle"),
    path("<int:pk>/", offerings.offering, name="offering"),
    path("<int:pk>/edit/", setup.edit, name="edit"),
    path("<int:pk>/steps/<slug:name>/", offerings.step, name="step"),
    path("<int:pk>/closing/", offerings.closing, name="closing"),
    path("<int:pk>/payment/sign/", offerings.sign, name="payment-sign"),
    path("<int:pk>/payment/", teachers.payment, name="payment-agreement"),
    path("<int:pk>/teachers/", teachers.teachers, name="teachers"),
    path("<int:pk>/assessments/", setup.assessments, name="assessments"),
    path("<int:pk>/readiness/", readiness.readiness, name="readiness"),
    path("<int:pk>/plan/", setup.plan, name="plan"),
    path("<int:pk>/plan.pdf", setup.plan_pdf, name="plan-pdf"),
]
