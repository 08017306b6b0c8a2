"""Routes of writing a proposal: the list, the form, its versions, comments, files and paper."""

from django.urls import URLPattern, path

from portal.proposals.views import draft, draft_new, draft_settings, paper, remarks, versions
from portal.proposals.views import list as listed

urlpatterns: list[URLPattern] = [
    path("", listed.proposals, name="list"),
    path("new/", draft_new.new, name="new"),
    path("new/similar/", draft_new.similar, name="similar"),
    path("<int:pk>/draft/", draft.overview, name="draft"),
    path("<int:pk>/draft/step/", draft.step, name="draft_step"),
    path("<int:pk>/draft/team/", draft_settings.team, name="team"),
    path("<int:pk>/draft/team/<int:number>/leave/", draft_settings.leave, name="team_leave"),
    path("<int:pk>/draft/files/", draft_settings.files, name="files"),
    path("<int:pk>/draft/files/<int:number>/remove/", draft_settings.remove_file, name="file_remove"),
    path("<int:pk>/draft/confirm/", draft_settings.confirmation, name="confirm"),
    path("<int:pk>/draft/<slug:name>/", draft.section, name="section"),
    path("<int:pk>/files/<int:number>/", draft_settings.attachment, name="attachment"),
    path("<int:pk>/comments/", remarks.write, name="remark"),
    path("<int:pk>/comments/<int:number>/answer/", remarks.answer, name="remark_answer"),
    path("<int:pk>/comments/<int:number>/settle/", remarks.settle, name="remark_settle"),
    path("<int:pk>/versions/", versions.versions, name="versions"),
    path("<int:pk>/versions/<int:number>/", versions.version, name="version"),
    path("<int:pk>/paper/", paper.printed, name="paper"),
]
