"""The contract's closed lists of words, in their order, each with its name for people.

The order matters: grades run from best to worst and levels from low to high, so that a position
can be compared.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tauliah.values.text import Text, same

GRADES = ("A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D+", "D", "D-", "E", "F")


def _words(**labels: tuple[str, str]) -> Mapping[str, Text]:
    return MappingProxyType({value: Text(ms, en) for value, (ms, en) in labels.items()})


VOCABULARY: Mapping[str, Mapping[str, Text]] = MappingProxyType(
    {
        "kind": _words(
            transfer=("Pindah kredit", "Credit transfer"),
            fees=("Yuran", "Fees"),
            learning_time=("Masa pembelajaran", "Learning time"),
            course_code=("Kod kursus", "Course code"),
            qualification=("Kelayakan", "Qualification"),
            proposal=("Cadangan kursus", "Course proposal"),
            milestones=("Pencapaian pembangunan", "Development milestones"),
            mooc_quality=("Kualiti MOOC", "MOOC quality"),
            teaching_load=("Beban mengajar", "Teaching load"),
            mooc_upkeep=("Penyelenggaraan MOOC", "MOOC upkeep"),
        ),
        "level": _words(
            foundation=("Asasi", "Foundation"),
            certificate=("Sijil", "Certificate"),
            diploma=("Diploma", "Diploma"),
            advanced_diploma=("Diploma Lanjutan", "Advanced diploma"),
            bachelor=("Sarjana Muda", "Bachelor"),
            master=("Sarjana", "Master"),
            doctorate=("Doktor Falsafah", "Doctorate"),
        ),
        "study_level": _words(
            undergraduate=("prasiswazah", "undergraduate"),
            postgraduate=("pascasiswazah", "postgraduate"),
        ),
        "grade": MappingProxyType(
            {grade: same(grade) for grade in GRADES} | {"P": Text("lulus (P)", "pass (P)")}
        ),
        "mode": _words(
            coursework=("kerja kursus", "coursework"),
            mixed=("campuran", "mixed mode"),
            research=("penyelidikan", "research"),
        ),
        "basis": _words(
            prior_study=("Pengajian terdahulu", "Prior study"),
            same_institution=("Kursus di institusi sendiri", "Course at the own institution"),
            mobility=("Mobiliti", "Mobility"),
            dual_award=("Ijazah dwi, dual atau bersama", "Dual, double or joint award"),
            programme_change=("Tukar program", "Change of programme"),
            resumed_study=("Menyambung semula pengajian", "Resumed study"),
            continued_study=("Meneruskan pengajian dari institusi lain", "Continued study"),
            mooc=("MOOC", "MOOC"),
            micro_credential=("Pentauliahan mikro", "Micro-credential"),
            apel_c=("APEL(C)", "APEL(C)"),
            integrated=("Program Integrasi", "Integrated programme"),
        ),
        "subject": _words(
            none=("kursus biasa", "ordinary course"),
            mpu=("Mata Pelajaran Pengajian Umum (MPU)", "General studies subject (MPU)"),
            research_methodology=("Metodologi Penyelidikan", "Research methodology"),
        ),
        "prior_outcome": _words(
            completed=("tamat", "completed"),
            in_progress=("sedang diikuti", "in progress"),
            withdrawn=("berhenti", "withdrawn"),
            failed=("gagal", "failed"),
            dismissed=("diberhentikan", "dismissed"),
        ),
        "status": _words(
            active=("aktif", "active"),
            deferred=("tangguh", "deferred"),
            withdrawn=("berhenti", "withdrawn"),
            dismissed=("diberhentikan", "dismissed"),
        ),
        "standing": _words(
            good=("Kedudukan Baik", "good standing"),
            probation=("Kedudukan Bersyarat", "probation"),
            fail=("Kedudukan Gagal", "failed standing"),
        ),
        "platform": _words(
            coursera=("Coursera", "Coursera"),
            edx=("edX", "edX"),
            futurelearn=("FutureLearn", "FutureLearn"),
            openlearning=("OpenLearning", "OpenLearning"),
            other=("platform lain", "another platform"),
        ),
        "certificate": _words(
            verified=("sijil disahkan", "verified certificate"),
            completion=("sijil tamat", "completion certificate"),
            none=("tiada sijil", "no certificate"),
        ),
        "proctoring": _words(
            online=("dalam talian", "online"),
            onsite=("bersemuka", "on site"),
            none=("tiada", "none"),
        ),
        "origin": _words(
            accredited_programme=("program terakreditasi", "accredited programme"),
            stand_alone=("berdiri sendiri", "stand-alone"),
        ),
        "direction": _words(
            vertical=("menegak", "vertical"),
            horizontal=("mendatar", "horizontal"),
            downward=("menurun", "downward"),
        ),
        "check_outcome": _words(
            fail=("tidak dipenuhi", "not met"),
            unknown=("belum dapat dipastikan", "not known yet"),
            **{"pass": ("dipenuhi", "met")},
        ),
        "claim_outcome": _words(
            eligible=("Layak", "Eligible"),
            ineligible=("Tidak layak", "Not eligible"),
            needs_evidence=("Perlu bukti", "Needs evidence"),
            over_limit=("Melebihi had", "Over the limit"),
        ),
        "award": _words(
            credit_with_grade=("pindah kredit dengan gred", "credit with grade"),
            credit_without_grade=("pindah kredit tanpa gred", "credit without grade"),
            exemption=("pengecualian kursus", "course exemption"),
            none=("tiada", "none"),
        ),
        "window": _words(
            first_semester=("semester pertama sahaja", "first semester only"),
            any_time=("sepanjang tempoh pengajian", "at any time during the studies"),
            first_weeks=("minggu-minggu pertama semester", "first weeks of the semester"),
            until_week=("selewat-lewatnya minggu tertentu", "up to a certain week"),
        ),
        "acceptance": _words(
            accepted=("diterima", "accepted"),
            with_cause=("diterima jika berhenti dengan alasan munasabah", "accepted with a reasonable cause"),
            with_cause_in_time=(
                "diterima jika berhenti dengan alasan munasabah dan masih dalam tempoh",
                "accepted with a reasonable cause and within the time allowed",
            ),
            refused=("tidak diterima", "refused"),
        ),
        "waiver": _words(
            never=("tiada pengecualian", "no waiver"),
            always=("dikecualikan", "waived"),
            own_institution=("dikecualikan bagi kursus institusi sendiri", "waived for own courses"),
            with_agreement=("dikecualikan jika ada perjanjian", "waived where there is an agreement"),
        ),
        "grading": _words(
            without_grade=("tanpa gred", "without the grade"),
            with_grade=("dengan gred", "with the grade"),
            either=("dengan atau tanpa gred", "with or without the grade"),
        ),
        "assurance": _words(
            accreditation=("akreditasi program", "accreditation of the programme"),
            quality_verification=("pengesahan kualiti", "quality verification"),
            not_asked=("tidak diminta", "not asked for"),
        ),
        "standard_limit": _words(
            replaces=("menggantikan had", "replaces the limit"),
            when_stricter=("terpakai jika lebih ketat", "applies where stricter"),
        ),
        "approval_before": _words(
            course=("sebelum kursus diambil", "before the course is taken"),
            application=("sebelum permohonan dibuat", "before the application is made"),
        ),
        "fee_item": _words(
            processing=("Yuran pemprosesan", "Processing fee"),
            credit_transfer=("Yuran pindah kredit", "Transfer fee"),
            appeal=("Yuran rayuan", "Appeal fee"),
            certificate=("Harga sijil", "Price of the certificate"),
        ),
        "provider": _words(
            malaysia_mooc=("MOOC Malaysia (MyMOOC)", "MOOC Malaysia (MyMOOC)"),
            external_mooc=("MOOC luar", "external MOOC"),
        ),
        "recipient": _words(
            question_setter=("Pembangun kertas soalan", "Question-paper setter"),
            assessor=("Pentaksir", "Assessor"),
            faculty=("Fakulti", "Faculty"),
            university=("Universiti", "University"),
            platform=("Platform MOOC", "MOOC platform"),
            university_gross=("Bahagian universiti", "University's part"),
            sme=("Pakar bidang (SME)", "Subject expert (SME)"),
            facilitator=("Fasilitator", "Facilitator"),
            utmlead=("UTMLead", "UTMLead"),
        ),
        "activity": _words(
            slide=("Slaid", "Slides"),
            forum=("Forum", "Forum"),
            video=("Video", "Video"),
            webinar=("Webinar", "Webinar"),
            lecture=("Kuliah", "Lecture"),
            reading=("Bahan bacaan", "Reading"),
            quiz=("Kuiz aneka pilihan", "Multiple-choice quiz"),
            video_assignment=("Tugasan video", "Video assignment"),
            essay=("Esei", "Essay"),
            presentation=("Pembentangan video", "Video presentation"),
            exam_short=("Soalan peperiksaan jawapan pendek", "Short-answer examination questions"),
            exam_long=("Soalan peperiksaan jawapan panjang", "Long-answer examination questions"),
        ),
        "volume": _words(
            slides=("slaid", "slides"),
            minutes=("minit", "minutes"),
            pages=("halaman", "pages"),
            questions=("soalan", "questions"),
        ),
        "course_origin": _words(
            accredited_course=("kursus program terakreditasi", "course of an accredited programme"),
            stand_alone=("berdiri sendiri", "stand-alone"),
        ),
        "milestone": _words(
            proposal_approved=("Cadangan kursus diluluskan", "Proposal approved"),
            table_4_approved=("Borang Jadual 4 diluluskan", "Table 4 form approved"),
            content_developed=("Kandungan dibangunkan", "Content developed"),
            videos_developed=("Video dibangunkan", "Videos developed"),
            promo_video_developed=("Video promosi dibangunkan", "Promotional video developed"),
            materials_uploaded=("Bahan dimuat naik", "Materials uploaded"),
            vetted=("Disemak oleh pakar bidang", "Vetted by the subject expert"),
            senate_approved=("Diluluskan oleh Senat", "Approved by the Senate"),
        ),
        "delivery": _words(
            odl=("pembelajaran terbuka dan jarak jauh (ODL)", "open and distance learning (ODL)"),
            conventional=("konvensional", "conventional"),
            blended=("teradun", "blended"),
        ),
        "section": _words(
            original_course=("Kursus asal", "Original course"),
            justification=("Justifikasi", "Justification"),
            market_survey=("Kaji selidik pasaran", "Market survey"),
            entry_requirement=("Syarat kemasukan", "Entry requirement"),
            synopsis=("Sinopsis", "Synopsis"),
            lecturers=("Nama pensyarah", "Lecturers"),
            learning_outcomes=("Hasil pembelajaran", "Learning outcomes"),
            study_session=("Sesi pengajian", "Study session"),
            curriculum_structure=("Struktur kurikulum", "Curriculum structure"),
            course_content=("Kandungan kursus", "Course content"),
            offer_period=("Tempoh tawaran", "Offer period"),
            course_level=("Peringkat kursus", "Course level"),
            learner_commitment=("Komitmen pelajar", "Learner commitment"),
            assessment_method=("Kaedah pentaksiran", "Assessment method"),
            promotion=("Promosi", "Promotion"),
            continuous_improvement=("Penambahbaikan berterusan", "Continuous improvement"),
            fee=("Yuran", "Fee"),
        ),
        "assessment_type": _words(
            continuous=("berterusan", "continuous"),
            final=("akhir", "final"),
        ),
        "course_type": _words(
            mooc=("MOOC", "MOOC"),
            micro_credential=("pentauliahan mikro", "micro-credential"),
        ),
        "indicator": _words(
            landing_page_logos=("Logo pada halaman utama", "Logos on the landing page"),
            promotional_video=("Video promosi", "Promotional video"),
            information_before_joining=("Maklumat sebelum menyertai", "Information before joining"),
            information_after_joining=("Maklumat selepas menyertai", "Information after joining"),
            topic_learning_outcomes=("Hasil pembelajaran topik", "Topic learning outcomes"),
            topic_introduction=("Pengenalan topik", "Introduction of topics"),
            activities=("Aktiviti", "Activities"),
            assessment=("Pentaksiran", "Assessment"),
            additional_resources=("Bahan bacaan tambahan", "Additional reading"),
            teaching_video=("Video pengajaran", "Teaching video"),
            course_content=("Kandungan kursus", "Course content"),
            copyright=("Hak cipta", "Copyright"),
        ),
        "load_category": _words(
            general=("kursus umum", "general course"),
            thrust=("kursus tujahan", "thrust course"),
            skills=("kursus kemahiran", "skills course"),
        ),
        "load_step": _words(
            development=("pembangunan", "development"),
            offering=("penawaran", "offering"),
            community=("pembinaan komuniti pelajar", "building the learner community"),
            learning=("pembelajaran", "learning"),
            preparation=("persediaan", "preparation"),
            closing=("penutupan sesi", "closing the session"),
        ),
        "upkeep_action": _words(
            none=("tiada tindakan", "no action"),
            warn=("keluarkan surat peringatan", "issue a written warning"),
            close=("keluarkan arahan penutupan", "issue an order to close"),
        ),
        "route": _words(
            standard=("syarat kemasukan biasa", "usual entry requirement"),
            apel=("APEL.A atau APEL.M", "APEL.A or APEL.M"),
        ),
        "programme_accreditation": _words(
            full=("akreditasi penuh", "full accreditation"),
            provisional=("akreditasi sementara", "provisional accreditation"),
            none=("tiada akreditasi", "no accreditation"),
        ),
        "advice": _words(
            apel_a_or_m=("mohon APEL.A atau APEL.M", "apply for APEL.A or APEL.M"),
        ),
        "rule": _words(
            student_status=("Status pelajar", "Student status"),
            standing=("Kedudukan akademik", "Academic standing"),
            direction=("Laluan pindah kredit", "Transfer path"),
            prior_outcome=("Keputusan pengajian terdahulu", "Outcome of the prior study"),
            minimum_grade=("Gred minimum", "Minimum grade"),
            content_overlap=("Kesetaraan kandungan", "Content overlap"),
            accreditation=("Akreditasi", "Accreditation"),
            not_transferred_before=("Belum pernah dipindahkan", "Not transferred before"),
            credit_value=("Nilai kredit", "Credit value"),
            currency=("Keterkinian kursus", "Currency"),
            window=("Tempoh permohonan", "Application window"),
            approved_beforehand=("Kelulusan terdahulu", "Prior approval"),
            grading_mode=("Cara pindah kredit", "With or without grade"),
            course_scope=("Skop kursus", "Course scope"),
            study_mode=("Mod pengajian", "Mode of study"),
            partner_agreement=("Perjanjian institusi", "Partner agreement"),
            platform=("Platform", "Platform"),
            verified_completion=("Pengesahan tamat kursus", "Verified completion"),
            claimed_once=("Tuntutan sekali sahaja", "Claimed once"),
            learning_outcomes=("Hasil pembelajaran", "Learning outcomes"),
        ),
        "limit": _words(
            vertical_limit=("Had pindah kredit menegak", "Vertical transfer limit"),
            horizontal_limit=("Had pindah kredit mendatar", "Horizontal transfer limit"),
            mobility_limit=("Had mobiliti", "Mobility limit"),
            external_graded_limit=(
                "Had pindah kredit dengan gred dari institusi luar",
                "Limit of graded transfer from other institutions",
            ),
            open_learning_limit=(
                "Had MOOC, pentauliahan mikro dan APEL(C)",
                "MOOC, micro-credential and APEL(C) limit",
            ),
            mooc_limit=("Had MOOC", "MOOC limit"),
            apel_c_limit=("Had APEL(C)", "APEL(C) limit"),
            stand_alone_limit=(
                "Had pentauliahan mikro berdiri sendiri",
                "Stand-alone micro-credential limit",
            ),
            consortium_limit=("Had konsortium", "Consortium limit"),
            integrated_limit=("Had Program Integrasi", "Integrated programme limit"),
            overall_limit=("Had keseluruhan", "Overall limit"),
        ),
        "condition": _words(
            residency=("Tempoh pemastautin", "Residency"),
            entry_requirement=("Syarat kemasukan", "Entry requirement"),
            onsite_assessment=("Pentaksiran bersemuka", "On-site assessment"),
            replacement_course=("Kursus gantian", "Replacement course"),
            awarding_share=("Bahagian institusi penganugerahan", "Awarding institution's share"),
        ),
    }
)

CODES: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        name: MappingProxyType({value: code for code, value in enumerate(words)})
        for name, words in VOCABULARY.items()
    }
)
"""Position of each word in its vocabulary: the form in which the engine compares them."""

WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(words) for name, words in VOCABULARY.items()}
)
