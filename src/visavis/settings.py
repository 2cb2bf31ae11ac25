"""Every setting: name, type, default, unit, one sentence. Read once at the start, frozen, passed in.

Sources, the first that names a setting wins: what the command was given, the environment (`VISAVIS_` and the name
in capitals), the TOML file. `docs/reference/settings.md` is printed from this list.
"""

from pathlib import Path
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from typing_extensions import override

from visavis.kernel.secret import Secret

PREFIX: Final = "VISAVIS_"


class SettingsError(ValueError):
    """Some settings cannot be used. The message names each of them and shows no value."""


def _as_secret(value: object) -> object:
    return Secret(value) if isinstance(value, str) else value


def _as_list(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _origin(value: str) -> str:
    address = urlsplit(value)
    if (
        address.scheme not in {"http", "https"}
        or not address.hostname
        or value != f"{address.scheme}://{address.netloc}"
    ):
        msg = "an origin is written https://host or https://host:port, without a path"
        raise ValueError(msg)
    return value


SecretText = Annotated[Secret, BeforeValidator(_as_secret)]
Origin = Annotated[str, AfterValidator(_origin)]
Origins = Annotated[tuple[Origin, ...], NoDecode, BeforeValidator(_as_list)]
Addresses = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_as_list)]
Port = Annotated[int, Field(ge=1, le=65535)]


class Settings(BaseSettings):
    """What varies from host to host."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        arbitrary_types_allowed=True,
        validate_default=True,
    )

    # Where things are
    data_dir: Path = Field(Path("visavis-data"), description="Folder for the database, the SFU's keys and its log.")
    database_url: SecretText | None = Field(
        None,
        description="Address of the database, sqlite:///path or postgresql://user:password@host/name; "
        "without it a SQLite file in the data folder.",
    )
    client_dir: Path | None = Field(
        None, description="Folder of the built browser client; without it the one inside the package."
    )

    # Being reached
    listen_host: str = Field("127.0.0.1", description="Address the server listens on.")
    listen_port: Port = Field(8447, description="TCP port the server listens on.")
    origin: Origin = Field(
        "http://localhost:8447", description="What people type: scheme, host and port, without a path."
    )
    tls_certificate: Path | None = Field(
        None, description="PEM file with the certificate and its chain; without it a proxy must speak TLS."
    )
    tls_key: Path | None = Field(None, description="PEM file with the certificate's private key.")
    trusted_proxies: Addresses = Field(
        (), description="Addresses or networks of proxies whose X-Forwarded headers are believed, separated by commas."
    )
    client_origins: Origins = Field(
        (), description="Other origins whose copy of the client may use this server, separated by commas."
    )
    body_limit_kilobytes: int = Field(
        256, ge=16, le=16_384, description="Largest request body, in units of 1024 bytes."
    )
    requests_per_minute: int = Field(1_200, ge=1, description="Requests a minute that one network address may make.")

    # Who may do what, for how long
    publish_token: SecretText | None = Field(
        None, description="Bearer token that publishes a summit on this host; without it nobody can."
    )
    metrics_token: SecretText | None = Field(
        None, description="Bearer token that reads /metrics; without it only this machine itself can."
    )
    invitation_days: int = Field(
        30, ge=1, le=365, description="Longest life of an invitation that is accepted, in days."
    )
    challenge_seconds: int = Field(
        60, ge=5, le=600, description="Life of a challenge that a device must sign, in seconds."
    )
    session_hours: int = Field(12, ge=1, le=72, description="Life of a session, in hours.")
    ticket_seconds: int = Field(
        30, ge=5, le=120, description="Time in which a ticket for a room must be used, in seconds."
    )
    event_log_hours: int = Field(
        24, ge=1, le=720, description="Time for which events are kept for clients that resume, in hours."
    )

    # Sound and picture
    sfu_binary: Path | None = Field(
        None, description="The livekit-server to start; without it the one inside the package, the cache, or on PATH."
    )
    sfu_url: str | None = Field(
        None, description="HTTP address of a LiveKit that somebody else runs; without it the server starts its own."
    )
    sfu_public_url: str | None = Field(
        None,
        description="WebSocket address at which browsers reach the gate before the child LiveKit, or a LiveKit that "
        "somebody else runs; without it the gate on this machine.",
    )
    sfu_port: Port = Field(
        7880, description="TCP port on which the gate before the child LiveKit takes browsers' signalling."
    )
    sfu_inner_port: Port = Field(
        7883, description="TCP port, on loopback only, on which the child LiveKit takes what the gate lets through."
    )
    sfu_report_port: Port = Field(
        7884,
        description="TCP port, on loopback only, to which the child LiveKit reports when the server itself speaks TLS.",
    )
    sfu_tcp_port: Port = Field(
        7881, description="TCP port on which the child LiveKit takes media where UDP is blocked."
    )
    sfu_udp_port: Port = Field(7882, description="UDP port on which the child LiveKit takes media.")
    sfu_node_ip: str | None = Field(
        None,
        description="Address at which browsers reach the child LiveKit's media ports; without it the machine's own.",
    )
    sfu_key: str | None = Field(
        None, description="API key of LiveKit; without it one is made and kept in the data folder."
    )
    sfu_secret: SecretText | None = Field(None, description="API secret that belongs to the key.")
    reconcile_seconds: int = Field(
        5, ge=1, le=60, description="Time between two looks at LiveKit's own list, in seconds."
    )

    # What is written down
    log_format: Literal["console", "json"] = Field("console", description="Form of the log on standard error.")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least weight that is logged.")

    @model_validator(mode="after")
    def _pairs(self) -> "Settings":
        for first, second in (("tls_certificate", "tls_key"), ("sfu_key", "sfu_secret")):
            if (getattr(self, first) is None) != (getattr(self, second) is None):
                msg = f"{first} and {second} are given together or not at all"
                raise ValueError(msg)
        if self.sfu_url is not None and (self.sfu_key is None or self.sfu_public_url is None):
            msg = "sfu_url needs sfu_key, sfu_secret and sfu_public_url"
            raise ValueError(msg)
        return self

    @property
    def database(self) -> Secret:
        """The database's address: the one given, or the SQLite file in the data folder."""
        return self.database_url or Secret(f"sqlite:///{self.data_dir.absolute() / 'visavis.sqlite3'}")

    @property
    def is_secure(self) -> bool:
        """Whether browsers give the origin cameras: HTTPS, or this very machine (W3C Secure Contexts §3.1)."""
        address = urlsplit(self.origin)
        return address.scheme == "https" or address.hostname in {"localhost", "127.0.0.1", "::1"}

    @classmethod
    @override
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources; there is no `.env` file and no folder of secrets."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def load(file: Path | None = None, **given: Any) -> Settings:  # noqa: ANN401 - checked by the settings themselves
    """Return the settings from what was given, the environment and a TOML file, in this order.

    Raises:
        SettingsError: if the file is not there or is no TOML, or a setting is unknown or cannot be used.
    """
    if file is not None and not file.is_file():
        msg = f"there is no settings file {file}"
        raise SettingsError(msg)

    class Loaded(Settings):
        model_config = SettingsConfigDict(toml_file=file)

    try:
        return Loaded(**given)
    except ValidationError as error:
        raise SettingsError("; ".join(_told(fault) for fault in error.errors())) from None
    except ValueError as error:
        msg = f"the settings file cannot be read: {error}"
        raise SettingsError(msg) from None


def _told(fault: Any) -> str:  # noqa: ANN401 - pydantic's own description of one fault
    name = ".".join(str(part) for part in fault["loc"]) or "settings"
    return f"{name}: {fault['msg']}"
