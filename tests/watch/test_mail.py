"""Mail to operators, through a real SMTP server on loopback."""

import asyncio
from collections.abc import Iterator
from email import message_from_bytes, policy
from importlib.metadata import entry_points

import pytest
from post_office import Office, post_office
from prefect.blocks.abstract import NotificationError

from flows.mail import Mail

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def office() -> Iterator[Office]:
    with post_office() as opened:
        yield opened


def mail(office: Office, **values: object) -> Mail:
    fields = {"host": "127.0.0.1", "port": office.port, "security": "none", "sender": "dateline@news.example"}
    return Mail(**(fields | {"recipients": ["a@desk.example", "b@desk.example"]} | values))


def test_a_mail_goes_to_all_recipients(office: Office) -> None:
    asyncio.run(mail(office).notify("Alarm: “post” has not answered.", "Dateline: post"))
    ((envelope, text),) = office.taken
    assert [line.partition(" SIZE")[0].lower() for line in envelope] == [
        "mail from:<dateline@news.example>",
        "rcpt to:<a@desk.example>",
        "rcpt to:<b@desk.example>",
    ]
    received = message_from_bytes(text, policy=policy.default)
    assert received["Subject"] == "Dateline: post"
    assert received.get_content().strip() == "Alarm: “post” has not answered."
    assert received["Auto-Submitted"] == "auto-generated"


def test_a_subject_can_not_add_headers(office: Office) -> None:
    asyncio.run(mail(office).notify("b", "post\r\nBcc: everybody@desk.example\r\n\r\nx"))
    ((envelope, text),) = office.taken
    assert len(envelope) == 3
    assert message_from_bytes(text)["Bcc"] is None


def test_a_server_that_refuses_or_is_not_there_is_a_failed_notification(office: Office) -> None:
    with pytest.raises(NotificationError):
        asyncio.run(mail(office, recipients=["nobody@desk.example"]).notify("b", "s"))
    with pytest.raises(NotificationError):
        asyncio.run(mail(office, port=9).notify("b", "s"))
    with pytest.raises(NotificationError):
        asyncio.run(mail(office, security="starttls").notify("b", "s"))
    assert office.taken == []


def test_a_password_is_neither_shown_nor_sent_in_the_clear(office: Office) -> None:
    with pytest.raises(ValueError, match="needs starttls or tls"):
        mail(office, user="me", password="hush")
    assert "hush" not in repr(mail(office, security="tls", user="me", password="hush"))


def test_prefects_server_finds_the_block() -> None:
    assert [point.value for point in entry_points(group="prefect.collections", name="dateline")] == ["flows.mail"]
