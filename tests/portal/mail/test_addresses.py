"""What the settings of mail and files say is read as it is meant, and what cannot be read is told."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import StorageHandler

from portal.addresses import files, mail

PASSWORD = "s3cret"


class TestMail:
    def test_a_folder_keeps_mail_on_this_machine(self) -> None:
        found = mail("TAULIAH_MAIL", "var/mail")

        assert found.backend == "portal.mail.folder.EmailBackend"
        assert found.folder == Path("var/mail")

    @pytest.mark.parametrize(
        ("address", "port", "tls", "ssl"),
        [
            ("smtp://mail.example.my", 25, False, False),
            ("smtp+tls://mail.example.my", 587, True, False),
            ("smtps://mail.example.my", 465, False, True),
            ("smtp+tls://mail.example.my:2525", 2525, True, False),
        ],
    )
    def test_a_server_is_named_with_how_it_is_spoken_to(
        self, address: str, port: int, tls: bool, ssl: bool
    ) -> None:
        found = mail("TAULIAH_MAIL", address)

        assert found.backend == "django.core.mail.backends.smtp.EmailBackend"
        assert (found.host, found.port, found.tls, found.ssl) == ("mail.example.my", port, tls, ssl)
        assert found.folder is None

    def test_user_and_password_may_hold_any_character(self) -> None:
        found = mail("TAULIAH_MAIL", "smtp+tls://no-reply%40example.my:p%2F%3Aq@mail.example.my")

        assert (found.user, found.password) == ("no-reply@example.my", "p/:q")

    @pytest.mark.parametrize(
        "address",
        [
            f"imap://tauliah:{PASSWORD}@mail",
            "smtp://",
            f"smtp://a:{PASSWORD}@mail:99999",
            f"smtp://[:{PASSWORD}",
        ],
    )
    def test_what_cannot_be_read_names_the_setting_and_never_the_password(self, address: str) -> None:
        with pytest.raises(
            ImproperlyConfigured, match=r"^TAULIAH_MAIL cannot be read\. Give a folder, or smtp"
        ) as error:
            mail("TAULIAH_MAIL", address)

        assert PASSWORD not in str(error.value)


class TestFiles:
    def test_a_folder_is_for_the_portals_user_alone_and_has_no_address(self, tmp_path: Path) -> None:
        store = StorageHandler({"default": files("TAULIAH_FILES", tmp_path / "files")})["default"]
        name = store.save("evidence/a.pdf", ContentFile(b"%PDF-"))

        assert (tmp_path / "files" / name).stat().st_mode & 0o777 == 0o600
        assert (tmp_path / "files" / "evidence").stat().st_mode & 0o777 == 0o700
        with pytest.raises(ValueError, match="not accessible via a URL"):
            store.url(name)

    def test_a_bucket_is_named_with_its_endpoint(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", PASSWORD)
        said = files("TAULIAH_FILES", "s3://Tauliah/files/2026?endpoint=https://s3.example.my&region=kl-1")
        store = StorageHandler({"default": said})["default"]

        assert (store.bucket_name, store.location) == ("Tauliah", "files/2026")
        assert (store.endpoint_url, store.region_name) == ("https://s3.example.my", "kl-1")
        assert (store.access_key, store.secret_key) == ("key", PASSWORD)
        assert (store.file_overwrite, store.default_acl) == (False, None)

    def test_a_link_to_a_file_in_a_bucket_is_signed_and_ends_soon(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", PASSWORD)
        said = files("TAULIAH_FILES", "s3://tauliah/files?endpoint=https://s3.example.my&region=kl-1")
        link = StorageHandler({"default": said})["default"].url("evidence/a.pdf")

        assert link.startswith("https://s3.example.my/tauliah/files/evidence/a.pdf?")
        assert "X-Amz-Expires=300" in link
        assert "X-Amz-Signature=" in link
        assert PASSWORD not in link

    @pytest.mark.parametrize(
        "address",
        [
            "gs://bucket",
            "s3://",
            f"s3://key:{PASSWORD}@bucket",
            "s3://bucket?acl=public-read",
            "s3://bucket:80/x",
        ],
    )
    def test_what_cannot_be_read_names_the_setting_and_what_to_write(self, address: str) -> None:
        with pytest.raises(
            ImproperlyConfigured, match=r"^TAULIAH_FILES.*Give a folder, or s3://bucket"
        ) as error:
            files("TAULIAH_FILES", address)

        assert PASSWORD not in str(error.value)
