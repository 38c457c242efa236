"""schemathesis: generates requests, good and bad, from the OpenAPI document of each contract, and checks each answer against
it; with a credential that is good, with one that nobody has, and with none. What it is told stands in `schemathesis.toml`."""

import base64
import functools
import json
import pathlib
import subprocess
import sys

import pytest
from conftest import SCHEMAS

HERE = pathlib.Path(__file__).parent
BASIC = base64.b64encode(b"ada@example.com:ada-password").decode()
NOBODY = base64.b64encode(b"nobody@example.com:wrong").decode()

# For each operation that is generated for by itself, a header with a credential that is good, and one that is not.
CREDENTIALS = {
    "deletePrograms": ("Authorization: Bearer {token}", "Authorization: Bearer nobody-token"),
    "bulk-delete-create": ("Authorization: Bearer {token}", "Authorization: Bearer nobody-token"),
    "BatchDeleteApp": ("X-Auth-Token: {token}", "X-Auth-Token: nobody-token"),
    "BatchDeleteScheduledTasks": ("X-Auth-Token: {token}", "X-Auth-Token: nobody-token"),
    "bulkDeleteModels": ("Authorization: AnaplanAuthToken {token}", "Authorization: AnaplanAuthToken nobody-token"),
    "authenticate": (f"Authorization: Basic {BASIC}", f"Authorization: Basic {NOBODY}"),
    "logout": ("Authorization: AnaplanAuthToken {token}", "Authorization: AnaplanAuthToken nobody-token"),
}


# For each contract whose other companions are generated for together: they read, but for those that delete one thing.
HEADERS = {
    "aisquare-experiences": "Authorization: Bearer {token}",
    "anaplan-models": "Authorization: AnaplanAuthToken {token}",
    "codearts-applications": "X-Auth-Token: {token}",
    "seismic-programs": "Authorization: Bearer {token}",
    "workspace-scheduled-tasks": "X-Auth-Token: {token}",
}

DELETES_ONE = set(HEADERS) - {"anaplan-models"}


def operations() -> list[tuple[str, str]]:
    """The operations of every contract that are generated for by themselves, with the name of its contract."""
    return [(contract, operation) for contract, operation in all_operations() if operation in CREDENTIALS]


def all_operations() -> list[tuple[str, str]]:
    return [
        (document.parent.name, operation["operationId"])
        for document in sorted(SCHEMAS.glob("*/openapi.json"))
        for path in json.loads(document.read_text())["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict) and "operationId" in operation
    ]


@pytest.fixture
def generate(mock, tmp_path):
    """Runs schemathesis on one operation, in a folder where it may leave what it likes. Its report is shown where it finds
    something."""
    return functools.partial(run, mock, tmp_path)


def run(mock, folder: pathlib.Path, contract: str, operations: list[str], *options: str):
    chosen = [word for operation in operations for word in ("--include-operation-id", operation)]
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--no-color", "--config-file", str(HERE / "schemathesis.toml")),
        *("run", str(SCHEMAS / contract / "openapi.json"), "--url", mock.url, *chosen),
        *("--checks", "all", "--continue-on-failure", *options),
    ]
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "operation"), operations())
def test_with_a_good_credential(mock, generate, contract, operation):
    header = CREDENTIALS[operation][0].format(token=mock.token(contract, "ada"))
    # Whoever is logged out gets no further answer but 401.
    warnings = ["--warnings", "off"] if operation == "logout" else []
    generate(contract, [operation], "--header", header, *warnings)
    if operation not in ("authenticate", "logout"):
        assert mock.deleted(), "no request reached anything that there is"


@pytest.mark.parametrize("credential", ["one that nobody has", "none"])
@pytest.mark.parametrize(("contract", "operation"), operations())
def test_without_a_good_credential(mock, generate, contract, operation, credential):
    header = [] if credential == "none" else ["--header", CREDENTIALS[operation][1]]
    # That every answer is a refusal is what is wanted here.
    generate(contract, [operation], "--warnings", "off", "--max-examples", "50", *header)
    assert mock.deleted() == []


def companions(contract: str) -> list[str]:
    found = [operation for name, operation in all_operations() if name == contract and operation not in CREDENTIALS]
    assert found, f"{contract} has no companions"
    return found


@pytest.mark.parametrize("contract", HEADERS)
def test_the_companions_of_a_contract(mock, generate, contract):
    header = HEADERS[contract].format(token=mock.token(contract, "ada"))
    options = ("--phases", "coverage,stateful", "--max-examples", "10", "--warnings", "off")
    generate(contract, companions(contract), "--header", header, *options)
    if contract in DELETES_ONE:
        assert mock.deleted(), "no request reached anything that there is"


@pytest.mark.parametrize("contract", HEADERS)
def test_the_companions_of_a_contract_without_a_credential(mock, generate, contract):
    generate(contract, companions(contract), "--phases", "coverage", "--warnings", "off")
    assert mock.deleted() == []
