"""A committee secretary with a meeting of thirty items: bundled, papers printed, decisions recorded at once."""

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import Server, Visit
from tests.journeys.people import enters, opens_to_all
from tests.portal import cast
from tests.portal.approvals import gathered
from tests.tauliah.files.reading import pages_of, text_of

from portal.accounts.roles import Role
from portal.approvals.actions.recording import Verdict, record_decisions
from portal.approvals.models import Item
from portal.proposals.models import Proposal

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

ITEMS = 30
LONGEST = 6
"""Seconds that the server may work to record thirty decisions, with everything that follows from them."""


def test_abu_takes_thirty_courses_through_a_meeting(visit: Visit) -> None:
    gathered.presented(ITEMS)
    abu = cast.appear("abu")
    page = enters(visit, abu, "/desk/")
    expect(page.get_by_role("link", name="Perkara yang menunggu mesyuarat")).to_be_visible()

    page.get_by_role("link", name="Mesyuarat", exact=True).first.click()
    opens_to_all(page)
    page.get_by_role("link", name="Rancang mesyuarat").first.click()
    opens_to_all(page)
    page.get_by_label("Jawatankuasa").select_option(label="Jawatankuasa JPPEU")
    page.get_by_label("Nombor mesyuarat").fill("5/2026")
    page.get_by_label("Diadakan pada").fill(gathered.today().isoformat())
    page.get_by_label("Bermula pada").fill("09:00")
    page.get_by_label("Tempat").fill("Bilik Mesyuarat Canselori")
    page.get_by_role("button", name="Simpan").click()

    page.get_by_role("link", name="Pilih daripada 30 perkara yang menunggu").click()
    opens_to_all(page)
    page.get_by_role("button", name="Masukkan kesemua 30 yang ditemui").click()
    expect(page.get_by_text("30 perkara dimasukkan ke dalam agenda")).to_be_visible()
    last = Item.objects.order_by("position").last()
    assert last is not None
    page.get_by_role("spinbutton", name=f"Kedudukan {last.title_ms}").fill("1")
    page.get_by_role("button", name="Simpan kedudukan yang ditaip").click()
    expect(page.get_by_role("row").nth(1)).to_contain_text(last.title_ms)
    opens_to_all(page)

    link = page.get_by_role("link", name="Bahasa Melayu (PDF)").get_attribute("href")
    pdf = page.request.get(str(link)).body()
    assert pages_of(pdf) > ITEMS
    assert last.title_ms in text_of(pdf)
    page.get_by_role("button", name="Edarkan kertas kerja").click()
    expect(page.get_by_text("Kertas kerja telah diedarkan.")).to_be_visible()

    page.get_by_role("link", name="Rekodkan keputusan").click()
    opens_to_all(page)
    page.get_by_label("Keputusan bagi semua yang lain").select_option(label="Diluluskan")
    page.get_by_label("Nombor dalam minit", exact=True).first.fill("3.#")
    returned = page.get_by_role("row").filter(has_text=last.title_ms)
    returned.get_by_role("combobox").select_option(label="Dikembalikan untuk pindaan")
    returned.get_by_label("Ulasan").fill("Lengkapkan analisis kajian pasaran.")
    Server.longest = 0
    page.get_by_role("button", name="Rekodkan keputusan ini").click()
    expect(page.get_by_text("30 keputusan direkodkan.")).to_be_visible()
    assert 0 < Server.longest < LONGEST
    opens_to_all(page)

    assert Proposal.objects.filter(state="senate").count() == ITEMS - 1
    assert Proposal.objects.get(pk=last.subject).state == "presentation"
    page.get_by_role("link", name="Mesyuarat", exact=True).first.click()
    expect(page.get_by_text("29 perkara")).to_be_visible()


def test_of_two_secretaries_the_second_is_told_who_recorded_what(visit: Visit) -> None:
    there, abu = gathered.bundled(2), cast.appear("abu")
    zaiton = cast.appointment(
        cast.person("zaiton", "Zaiton binti Ali", "UNIMAS"), Role.COMMITTEE_SECRETARY, abu.institution
    )
    first, second = there.items.order_by("position")
    page = enters(visit, abu, f"/approvals/meetings/{there.pk}/record/")
    approved = {first.pk: Verdict(Item.Decision.APPROVED)}
    record_decisions(zaiton, there, approved, gathered.today(), version=there.version)

    mine = page.get_by_role("row").filter(has_text=second.title_ms)
    mine.get_by_role("combobox").select_option(label="Dikembalikan untuk pindaan")
    mine.get_by_label("Ulasan").fill("Sinopsis belum lengkap.")
    page.get_by_role("button", name="Rekodkan keputusan ini").click()

    expect(page.get_by_role("alert")).to_contain_text("Zaiton binti Ali telah mengubah mesyuarat ini")
    expect(page.get_by_text("direkodkan oleh Zaiton binti Ali")).to_be_visible()
    expect(page.get_by_label(f"Ulasan, {second.title_ms}")).to_have_value("Sinopsis belum lengkap.")
    opens_to_all(page)
    page.get_by_role("button", name="Rekodkan keputusan ini").click()
    expect(page.get_by_text("1 keputusan direkodkan.")).to_be_visible()
    decisions = list(there.items.order_by("position").values_list("decision", flat=True))
    assert decisions == ["approved", "returned"]
