"""MCP as a client of the official SDK uses it: in this process, over HTTP, over stdio."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest
from awaited import awaited
from fastapi import FastAPI
from fastapi.testclient import TestClient

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult

from assistant.api.models import Narrowing
from assistant.api.mounting import offer
from assistant.api.tools import server

NONE = Narrowing()
NAMES = {"search", "certifications", "fiche", "blocks", "validity", "compare", "ask"}
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": {"name": "validity", "arguments": {"certification": "RNCP90011"}}}  # fmt: skip
HEADERS = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}


def called(operations, name: str, **arguments: object) -> CallToolResult:
    async def calling() -> CallToolResult:
        async with Client(server(operations)) as client:
            return await client.call_tool(name, arguments)

    return awaited(calling())


def test_the_tools_are_the_operations_each_described(operations):
    async def listed() -> list:
        async with Client(server(operations)) as client:
            return (await client.list_tools()).tools

    tools = awaited(listed())
    assert {tool.name for tool in tools} == NAMES
    assert all(tool.description and tool.output_schema for tool in tools)


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("search", {"query": "composter", "top": 1}, lambda o: o.search("composter", NONE, 1)),
        (
            "certifications",
            {"query": "jardins partagés", "filters": {"register": "RNCP", "level": 5}},
            lambda o: o.certifications("jardins partagés", Narrowing(register="RNCP", level=5)),
        ),
        ("fiche", {"certification": "RNCP90012"}, lambda o: o.fiche("RNCP90012")),
        ("blocks", {"certification": "RNCP90012", "number": 2}, lambda o: o.blocks("RNCP90012", 2)),
        ("validity", {"certification": "90011"}, lambda o: o.validity("RNCP90011")),
        ("compare", {"before": "RNCP90011"}, lambda o: o.compare("RNCP90011", "RNCP90012")),
        ("ask", {"question": "Niveau du RNCP90012 ?"}, lambda o: o.ask("Niveau du RNCP90012 ?")),
    ],
)
def test_a_tool_says_what_the_operation_says(operations, name, arguments, told):
    result = called(operations, name, **arguments)
    assert not result.is_error
    assert result.structured_content == json.loads(told(operations).model_dump_json())


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("fiche", {"certification": "RNCP1"}, "aucune certification"),
        ("compare", {"before": "RNCP90013"}, "ne disent pas ce qui remplace"),
        ("search", {"query": " "}, "Écrivez ce que vous cherchez"),
        ("search", {"query": "a", "top": 1000}, "top"),
    ],
)
def test_what_cannot_be_done_is_told(operations, name, arguments, words):
    result = called(operations, name, **arguments)
    assert result.is_error
    assert words in result.content[0].text


def test_an_unforeseen_error_keeps_its_words(operations, caplog, monkeypatch):
    def broken(name: str) -> None:
        raise ZeroDivisionError(name)

    monkeypatch.setattr(operations, "validity", broken)
    result = called(operations, "validity", certification="secret")
    assert result.is_error
    assert "secret" not in caplog.text + result.content[0].text


def app(operations) -> FastAPI:
    made = FastAPI()
    offer(made, operations)
    return made


def test_the_tools_answer_within_the_web_app_again_and_again(operations):
    made = app(operations)
    for _ in range(2):  # an application may be started, stopped and started again
        with TestClient(made, base_url="http://localhost:7860") as client:
            reply = client.post("/mcp", json=CALL, headers=HEADERS).json()
            assert reply["result"]["structuredContent"]["replaced_by"] == ["RNCP90012"]


def test_a_page_from_elsewhere_cannot_call_them(operations, monkeypatch):
    with TestClient(app(operations), base_url="http://elsewhere.example") as client:
        assert client.post("/mcp", json=CALL, headers=HEADERS).status_code == 421
    monkeypatch.setenv("ACQUIS_MCP_HOSTS", "acquis.example")
    with TestClient(app(operations), base_url="http://acquis.example") as client:
        assert client.post("/mcp", json=CALL, headers=HEADERS).status_code == 200
        strange = {**HEADERS, "origin": "http://elsewhere.example"}
        assert client.post("/mcp", json=CALL, headers=strange).status_code == 403


def test_the_command_serves_them_over_stdio(operations):
    home = Path(operations.library._store.home)
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "assistant.cli", "mcp", "--home", str(home)], env=dict(os.environ)
    )

    async def calling() -> CallToolResult:
        async with Client(command) as client:
            return await client.call_tool("validity", {"certification": "RNCP90011"})

    result = awaited(asyncio.wait_for(calling(), 60))
    assert result.structured_content["until"] == "2022-09-01"
