"""Beginning a proposal: the kind of course, the faculty and a title; like courses are shown meanwhile."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.acting import ActingRequest
from portal.accounts.models import Appointment
from portal.accounts.refusal import NotAllowed, Refused
from portal.institutions.models import Faculty
from portal.packs import packs
from portal.proposals.actions.drafting import may_start, start_once
from portal.proposals.choices import kinds_for
from portal.proposals.models import Kind, Proposal
from portal.proposals.similar import Like, similar_to
from portal.proposals.views.draft import acting_of, for_developers

ABOUT = {
    Kind.ACCREDITED: gettext_lazy(
        "One course of an accredited programme becomes one micro-credential, or parts."
    ),
    Kind.STAND_ALONE: gettext_lazy(
        "A course of its own, for what the workforce needs; it rests on a market survey."
    ),
    Kind.INDUSTRY: gettext_lazy("A course developed with industry, for its needs."),
    Kind.MOOC: gettext_lazy("A massive open online course, open to everybody."),
}


class NewForm(forms.Form):
    """What is asked before a draft exists."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of course"), widget=forms.RadioSelect)
    faculty = forms.ModelChoiceField(Faculty.objects.none(), label=gettext_lazy("Faculty or centre"))
    name_ms = forms.CharField(label=gettext_lazy("Title in Malay"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=200, required=False)

    def __init__(self, acting: Appointment, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        institution = acting.institution
        assert institution is not None
        kinds = kinds_for(institution.policy)
        kind, faculty = self.fields["kind"], self.fields["faculty"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(faculty, forms.ModelChoiceField)
        kind.choices = [(one.value, one.label) for one in kinds]
        kind.help_text = " ".join(str(ABOUT[one]) for one in kinds) if len(kinds) == 1 else ""
        kind.initial = kinds[0].value if len(kinds) == 1 else None
        there = institution.faculties.all()
        faculty.queryset = there.filter(pk=acting.faculty_id) if acting.faculty_id else there
        faculty.initial = acting.faculty_id
        for name in ("name_ms", "name_en"):
            self.fields[name].widget.attrs |= {"maxlength": 200, "autocomplete": "off"}


@require_http_methods(["GET", "HEAD", "POST"])
@for_developers
def new(request: ActingRequest) -> HttpResponse:
    """Ask for kind, faculty and title, and begin the draft."""
    acting = acting_of(request)
    if not may_start(acting):
        raise NotAllowed(_("Proposals are begun by who may hand them in: change to your role as lecturer."))
    form = NewForm(acting, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            begun = start_once(acting, given["kind"], given["faculty"], given["name_ms"], given["name_en"])
        except Refused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Draft %(reference)s was begun.") % {"reference": begun.reference})
            return redirect("proposals:draft", begun.pk)
    shown = {
        "form": form,
        "kinds": [
            (one, ABOUT[one]) for one in kinds_for(acting.institution.policy if acting.institution else "")
        ],
        "pack": packs().get(acting.institution.policy if acting.institution else ""),
        "likes": likes(request, acting),
    }
    return render(request, "proposals/draft_new.html", shown, status=422 if form.errors else 200)


@require_safe
@for_developers
def similar(request: ActingRequest) -> HttpResponse:
    """Show the courses with a title like the one being typed."""
    return render(request, "proposals/_draft_similar.html", {"likes": likes(request, acting_of(request))})


def likes(request: ActingRequest, acting: Appointment) -> list[Like]:
    """Return the like courses of the titles in the request."""
    given = request.POST or request.GET
    titles = (given.get("name_ms", "")[:200], given.get("name_en", "")[:200])
    return similar_to(acting, Proposal(institution=acting.institution), titles)
