"""A block of Prefect that notifies by mail through an SMTP server of the operator's own. Prefect finds it by its entry point in
pyproject.toml, also in the server, which sends the notifications of automations."""

import asyncio
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final, Literal

from prefect.blocks.abstract import NotificationBlock
from prefect.blocks.abstract import NotificationError as Failed
from pydantic import Field, SecretStr, model_validator

SECONDS: Final = 20.0


class Mail(NotificationBlock):
    """Notify by mail through an SMTP server."""

    _block_type_name = "Mail"
    _block_type_slug = "mail"
    _description = "Notifies by mail through an SMTP server."

    host: str = Field(description="Host of the SMTP server.")
    port: int = Field(587, ge=1, le=65_535, description="Its port: 587 for starttls, 465 for tls, 25 for none.")
    security: Literal["starttls", "tls", "none"] = Field("starttls", description="How the connection is encrypted.")
    user: str = Field("", description="Name to log in with. Empty: none.")
    password: SecretStr = Field(SecretStr(""), description="Password to log in with.")
    sender: str = Field(description="Address that mails come from.")
    recipients: list[str] = Field(min_length=1, description="Addresses that mails go to.")

    @model_validator(mode="after")
    def password_is_encrypted(self) -> "Mail":
        """A password is not sent in the clear."""
        if self.security == "none" and self.password.get_secret_value():
            raise ValueError("a password needs starttls or tls")
        return self

    async def notify(self, body: str, subject: str | None = None) -> None:
        """Send a mail. Raises NotificationError if the server does not take it."""
        try:
            await asyncio.to_thread(self._send, self.message(body, subject or ""))
        except (OSError, smtplib.SMTPException) as error:
            raise Failed(f"{self.host}:{self.port}: {error}") from error

    def message(self, body: str, subject: str) -> EmailMessage:
        """The mail; a subject is one line, whatever it quotes."""
        message = EmailMessage()
        message["Subject"] = " ".join(subject.split())
        message["From"] = self.sender
        message["To"] = ", ".join(self.recipients)
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=self.sender.rpartition("@")[2] or None)
        # So that no holiday notice answers.
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body, cte="quoted-printable")
        return message

    def _send(self, message: EmailMessage) -> None:
        context = ssl.create_default_context()
        if self.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        with server:
            if self.security == "starttls":
                server.starttls(context=context)
            if self.user:
                server.login(self.user, self.password.get_secret_value())
            server.send_message(message)
