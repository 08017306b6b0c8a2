"""Routes of applications: the applicant's first, then those of staff."""

from django.urls import URLPattern, path

from portal.applications.routes_oversight import OVERSIGHT
from portal.applications.views import (
    applicant_bulk,
    applicant_claim,
    applicant_draft,
    applicant_evidence,
    applicant_list,
    applicant_progress,
    applicant_requests,
    applicant_studies,
    staff_assessing,
    staff_deciding,
    staff_file,
    staff_naming,
    staff_queue,
    staff_steps,
)

app_name = "applications"

APPLICANT: list[URLPattern] = [
    path("", applicant_list.mine, name="list"),
    path("new/", applicant_list.start, name="start"),
    path("from-check/", applicant_list.from_check, name="from_check"),
    path("files/", applicant_evidence.files, name="files"),
    path("files/upload/", applicant_evidence.upload, name="upload"),
    path("files/<int:number>/", applicant_evidence.evidence_file, name="evidence_file"),
    path("files/<int:number>/delete/", applicant_evidence.delete_file, name="delete_file"),
    path("transcript/", applicant_requests.transcript, name="transcript"),
    path("transcript/<int:number>/attend/", applicant_requests.attend, name="attend"),
    path("approvals/", applicant_requests.approvals, name="approvals"),
    path("approvals/new/", applicant_requests.approval_new, name="approval_new"),
    path("approvals/<int:number>/withdraw/", applicant_requests.approval_withdraw, name="approval_withdraw"),
    path("<int:pk>/", applicant_draft.detail, name="detail"),
    path("<int:pk>/studies/", applicant_studies.studies, name="studies"),
    path("<int:pk>/studies/new/", applicant_studies.study, name="study_new"),
    path("<int:pk>/studies/<int:number>/", applicant_studies.study, name="study"),
    path("<int:pk>/studies/<int:number>/remove/", applicant_studies.remove_study, name="study_remove"),
    path("<int:pk>/claims/new/", applicant_claim.claim, name="claim_new"),
    path("<int:pk>/claims/<int:number>/", applicant_claim.claim, name="claim"),
    path("<int:pk>/claims/<int:number>/remove/", applicant_claim.remove_claim, name="claim_remove"),
    path("<int:pk>/claims/<int:number>/take-back/", applicant_progress.taking_back, name="take_back"),
    path("<int:pk>/table/", applicant_bulk.table, name="table"),
    path("<int:pk>/documents/", applicant_evidence.documents, name="documents"),
    path("<int:pk>/checklist/", applicant_draft.checklist, name="checklist"),
    path("<int:pk>/review/", applicant_draft.review, name="review"),
    path("<int:pk>/discard/", applicant_draft.discard, name="discard"),
    path("<int:pk>/answer/", applicant_evidence.answering, name="answer"),
    path("<int:pk>/withdraw/", applicant_progress.withdrawing, name="withdraw"),
    path("<int:pk>/appeal/", applicant_progress.appealing, name="appeal"),
]
STAFF: list[URLPattern] = [
    path("queue/", staff_queue.queue, name="queue"),
    path("queue/hand-over/", staff_queue.hand, name="hand"),
    path("deciding/", staff_deciding.deciding, name="deciding"),
    path("<int:pk>/file/", staff_file.file, name="file"),
    path("agreements/", staff_naming.agreements, name="agreements"),
    path("conditions/", staff_naming.open_conditions, name="conditions"),
    path("claims/<int:number>/replacement/", staff_naming.replacing, name="replace"),
    path("claims/<int:number>/agreement/", staff_naming.tying, name="tie"),
    path("claims/<int:number>/arrange/", staff_assessing.arranging, name="arrange"),
    path("claims/<int:number>/outcomes/", staff_assessing.outcomes, name="outcomes"),
    path("assessments/<int:number>/", staff_assessing.recording, name="assessment"),
    path("assessments/<int:number>/cancel/", staff_assessing.cancelling, name="cancel_assessment"),
    path("<int:pk>/file/checking/", staff_steps.checking, name="checking"),
    path("<int:pk>/file/asking/", staff_steps.asking, name="asking"),
    path("<int:pk>/file/decide/<slug:stage>/", staff_steps.deciding, name="decide"),
    path("<int:pk>/file/second-look/", staff_steps.looking_again, name="looking"),
]

urlpatterns = [*APPLICANT, *STAFF, *OVERSIGHT]
