"""Asking with our web client, in tests."""

import asyncio
from collections.abc import Callable

from tasks.web.answers import Answer, Ask, Refusal
from tasks.web.client import WebClient

Browse = Callable[..., WebClient]


def get(client: WebClient, url: str, **conditions: str) -> Answer:
    return client.run(client.get(Ask(url, **conditions)))


def refusal(answer: Answer) -> Refusal:
    assert isinstance(answer, Refusal), answer
    return answer


def at_once(client: WebClient, urls: list[str]) -> list[Answer]:
    async def gather() -> list[Answer]:
        return await asyncio.gather(*(client.get(Ask(url)) for url in urls))

    return client.run(gather())
