"""Routes of mapping, requests, registers, audits and the process, as staff see them."""

from django.urls import URLPattern, path

from portal.applications.views import (
    procedures,
    staff_audit,
    staff_compliance,
    staff_mapping,
    staff_process,
    staff_registers,
    staff_requests,
    staff_samples,
)

OVERSIGHT: list[URLPattern] = [
    path("<int:pk>/file/experts/", staff_mapping.asking_experts, name="ask_experts"),
    path("<int:pk>/file/precedent/", staff_mapping.using_precedent, name="use_precedent"),
    path("claims/<int:number>/review/", staff_mapping.reviewing, name="review_course"),
    path("requests/", staff_requests.approval_queue, name="approval_queue"),
    path("requests/attendance/", staff_requests.attendance_queue, name="attendance_queue"),
    path("requests/<int:number>/", staff_requests.approval, name="answer_approval"),
    path("requests/attendance/<int:number>/", staff_requests.attendance, name="answer_attendance"),
    path("register/", staff_registers.register, name="register"),
    path("decisions/", staff_audit.audit, name="audit"),
    path("decisions/<int:pk>/", staff_audit.trace, name="trace"),
    path("decisions/<int:pk>/<str:name>", staff_audit.trace_file, name="trace_file"),
    path("audits/", staff_samples.samples, name="samples"),
    path("audits/<int:pk>/", staff_samples.sample, name="sample"),
    path("compliance/", staff_compliance.compliance, name="compliance"),
    path("procedures/<int:pk>/", procedures.procedure, name="procedure"),
    path("procedures/<int:pk>/change/", procedures.procedure_edit, name="procedure_edit"),
    path("process/<slug:policy>/", staff_process.process, name="process"),
]
