"""The command serves a local or published site over standard input or HTTP."""

import functools
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from mcp import StdioServerParameters

from tests.conftest import ROOT
from tests.support.agents import CATS, ask_server, result_json
from tests.support.command import digest
from tools.web_server import Handler, run_server


def test_a_local_site_is_served_over_standard_input(toy_site: Path) -> None:
    program = [sys.executable, "-m", "generator", "mcp", "--site-dir", str(toy_site)]
    server = StdioServerParameters(command=program[0], args=program[1:], cwd=str(ROOT))
    result = ask_server(server, lambda client: client.call_tool("paper", {"id": CATS}))
    assert result_json(result)["id"] == CATS


def test_a_published_site_is_read_over_the_network(toy_site: Path, tmp_path: Path) -> None:
    with run_server(functools.partial(Handler, directory=str(toy_site))) as port:
        url = f"http://127.0.0.1:{port}/"
        parameters = StdioServerParameters(
            command=sys.executable, args=["-m", "generator", "mcp", "--url", url], cwd=str(tmp_path),
            env={"DIGEST_ASK_INSIDE": "1", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        result = ask_server(parameters, lambda client: client.call_tool("citation", {"id": CATS, "form": "ris"}))
    assert result.content[0].text.startswith("TY  - ")


def test_a_local_site_is_served_over_http(toy_site: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = [sys.executable, "-m", "generator", "mcp", "--site-dir", str(toy_site), "--http", str(port)]
    with subprocess.Popen(program, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            address = f"http://127.0.0.1:{port}/mcp"
            assert address in server.stderr.readline()
            while server.poll() is None:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                    break
                time.sleep(0.05)
            result = ask_server(address, lambda client: client.call_tool("paper", {"id": CATS}))
        finally:
            server.kill()
            server.communicate()
    assert result_json(result)["id"] == CATS


def test_a_port_in_use_gets_a_suggestion(toy_site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert digest("mcp", "--site-dir", toy_site, "--http", str(port)) == 1
    assert f"Name another: --http {port + 1}" in capsys.readouterr().err


def test_a_missing_site_is_reported(tmp_path: Path) -> None:
    assert digest("mcp", "--site-dir", tmp_path / "site") == 1
