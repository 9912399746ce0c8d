"""The protocol's own client."""

import asyncio
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from mcp.client.client import Client

from generator.access.records import SiteRecords

CATS = "oconnor2025cats"


def local_records(site: Path) -> SiteRecords:
    return SiteRecords(lambda path: (site / path).read_text("utf-8"))


def ask_server(target: Any, question: Any) -> Any:
    async def asked() -> Any:
        async with Client(target) as client:
            return await question(client)

    answer: Coroutine[Any, Any, Any] = asked()
    return asyncio.run(answer)


def result_json(result: Any) -> Any:
    return json.loads(result.content[0].text)
