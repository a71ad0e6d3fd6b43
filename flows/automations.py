"""Automations of Prefect that notify operators of alarms: one for each watch of tasks/watch, made and kept up to date by its name.

Whom they notify is a block that the operator has made in Prefect, which keeps its secrets. What an operator has switched off stays off.
"""

from collections.abc import Iterator, Sequence
from contextlib import asynccontextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import httpx
from prefect import get_client
from prefect.events.actions import CallWebhook, SendNotification
from prefect.events.schemas.automations import Automation, AutomationCore, EventTrigger, Posture
from prefect.exceptions import ObjectNotFound
from prefect.settings import PREFECT_API_URL

from flows.watching import EVENT
from storage.errors import HomeError, SettingError
from storage.registry import part_names

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from prefect.client.orchestration import PrefectClient
    from prefect.client.schemas.objects import BlockDocument

TAG: Final = "dateline"
SUBJECT: Final = "Dateline: {{ event.payload.name }} {{ event.payload.state }}: {{ event.payload.subject }}"
BODY: Final = "{{ event.payload.text }}"
# The block type Webhook sends what it is given, as it is: JSON, so that programs can read it.
PAYLOAD: Final = "{{ event.payload | tojson }}"
WEBHOOK: Final = "webhook"
# Made anew by the server at every change.
IDS: Final = frozenset({"id", "created", "updated", "owner_resource"})


class State(NamedTuple):
    """An automation as it is now: its name, what was done to it, whether it is on, and how many it notifies."""

    name: str
    done: Literal["missing", "created", "updated", "unchanged"]
    enabled: bool
    notified: int


async def list_automations() -> list[State]:
    """The automations as they are. Raises HomeError if there is no server."""
    async with _client() as client:
        found = [(title(watch), await _find(client, title(watch))) for watch, _ in watches()]
    return [
        State(name, "unchanged", there.enabled, len(there.actions)) if there else State(name, "missing", False, 0)
        for name, there in found
    ]


async def deploy_automations(blocks: Sequence[str]) -> list[State]:
    """Create what is missing and update what differs, so that each alarm notifies these blocks (TYPE/NAME, as Prefect names them).

    Raises SettingError for a block that there is not, HomeError if there is no server.
    """
    async with _client() as client:
        actions = [_action(await _block(client, name)) for name in blocks]
        return [await _deploy(client, _wanted(name, about, actions)) for name, about in watches()]


def watches() -> Iterator[tuple[str, str]]:
    """Each watch by its name, with what it is about."""
    for name in part_names("tasks.watch"):
        about = (import_module(f"tasks.watch.{name}").__doc__ or "").strip().partition("\n")[0]
        yield name, about


def _wanted(watch: str, about: str, actions: list[Any]) -> AutomationCore:
    trigger = EventTrigger(
        expect={f"{EVENT}.raised", f"{EVENT}.over"},
        match={"prefect.resource.id": f"{EVENT}.{watch}.*"},
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
    )
    name = title(watch)
    return AutomationCore(name=name, description=about, trigger=trigger, actions=actions, tags=[TAG])


def title(watch: str) -> str:
    """The name of a watch's automation."""
    return f"Dateline: {watch.replace('_', ' ')}"


async def _deploy(client: "PrefectClient", wanted: AutomationCore) -> State:
    there = await _find(client, wanted.name)
    if there is None:
        await client.create_automation(wanted)
        return State(wanted.name, "created", True, len(wanted.actions))
    kept = wanted.model_copy(update={"enabled": there.enabled})
    if _comparable(kept) == _comparable(there):
        return State(wanted.name, "unchanged", there.enabled, len(there.actions))
    # All fields are set: what is left out of an update goes back to its default.
    await client.update_automation(there.id, AutomationCore(**kept.model_dump(exclude={"owner_resource"})))
    return State(wanted.name, "updated", there.enabled, len(kept.actions))


def _comparable(automation: AutomationCore) -> Any:
    return _without_ids(automation.model_dump(mode="json"))


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_ids(inner) for key, inner in value.items() if key not in IDS}
    if isinstance(value, list):
        items = [_without_ids(item) for item in value]
        # Sets come in any order.
        return sorted(items) if all(isinstance(item, str) for item in items) else items
    return value


def _action(block: "BlockDocument") -> CallWebhook | SendNotification:
    if block.block_type and block.block_type.slug == WEBHOOK:
        return CallWebhook(block_document_id=block.id, payload=PAYLOAD)
    return SendNotification(block_document_id=block.id, subject=SUBJECT, body=BODY)


async def _block(client: "PrefectClient", name: str) -> "BlockDocument":
    kind, slash, own = name.partition("/")
    if not slash:
        raise SettingError(name, "a block is named by its type and its name, such as custom-webhook/operators")
    try:
        block = await client.read_block_document_by_name(own, kind, include_secrets=False)
    except ObjectNotFound:
        raise SettingError(
            name, "there is no such block in Prefect; `prefect block ls` lists those that there are"
        ) from None
    schema = block.block_schema
    if kind != WEBHOOK and (schema is None or "notify" not in schema.capabilities):
        raise SettingError(name, "this block can't notify anybody")
    return block


async def _find(client: "PrefectClient", name: str) -> Automation | None:
    return next(iter(await client.read_automations_by_name(name)), None)


@asynccontextmanager
async def _client() -> "AsyncIterator[PrefectClient]":
    """A client of the configured server; none is started for this, as it would end with the command."""
    url = PREFECT_API_URL.value()
    if not url:
        raise HomeError("PREFECT_API_URL", "automations need a running Prefect server: say where it is")
    try:
        async with get_client() as client:
            yield client
    except (httpx.TransportError, RuntimeError) as error:
        raise HomeError(str(url), "the Prefect server can't be reached") from error
