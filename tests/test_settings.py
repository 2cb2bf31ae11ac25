"""Settings come from three sources in one order; what is unknown or impossible is refused, and no value is shown."""

from pathlib import Path

import pytest

from visavis.settings import Settings, SettingsError, load


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "visavis.toml"
    path.write_text('listen_port = 9000\nsession_hours = 3\npublish_token = "from the file"\n')
    return path


def test_given_wins_over_environment_wins_over_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISAVIS_LISTEN_PORT", "9001")
    monkeypatch.setenv("VISAVIS_CLIENT_ORIGINS", "https://arven.example, https://tolmar.example:8443")
    settings = load(file, ticket_seconds=20)
    assert (settings.listen_port, settings.session_hours, settings.ticket_seconds) == (9001, 3, 20)
    assert settings.client_origins == ("https://arven.example", "https://tolmar.example:8443")
    assert settings.publish_token is not None
    assert settings.publish_token.reveal() == "from the file"
    assert "from the file" not in repr(settings)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ('nonsense = "hush"', "nonsense"),
        ('listen_port = "hush"', "listen_port"),
        ("listen_port = 70000", "listen_port"),
        ('origin = "https://host/hush"', "origin"),
        ('origin = "ftp://host"', "origin"),
        ('client_origins = ["hush"]', "client_origins"),
        ('tls_certificate = "hush.pem"', "tls_key"),
        ('sfu_key = "hush"', "sfu_secret"),
        ('sfu_url = "http://hush:7880"', "sfu_public_url"),
        ('log_format = "hush"', "log_format"),
        ("hush =", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_without_its_value(tmp_path: Path, line: str, named: str) -> None:
    path = tmp_path / "visavis.toml"
    path.write_text(line)
    with pytest.raises(SettingsError, match=named) as refused:
        load(path)
    assert "hush" not in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no settings file"):
        load(tmp_path / "none.toml")


def test_the_database_is_a_file_in_the_data_folder_unless_named(tmp_path: Path) -> None:
    assert load(data_dir=tmp_path).database.reveal() == f"sqlite:///{tmp_path}/visavis.sqlite3"
    assert load(database_url="postgresql://host/name").database.reveal() == "postgresql://host/name"


@pytest.mark.parametrize(
    ("origin", "secure"),
    [
        ("https://a.example", True),
        ("http://localhost:1", True),
        ("http://127.0.0.1:1", True),
        ("http://a.example", False),
    ],
)
def test_an_origin_is_secure_as_browsers_see_it(origin: str, *, secure: bool) -> None:
    assert load(origin=origin).is_secure is secure


def test_every_setting_has_a_sentence() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description, name
        assert field.description.endswith("."), name
