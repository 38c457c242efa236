"""azure-connectors: its client of Seismic Planner deletes projects as programs are deleted: the same query, the same answers
and operations, under paths of its own. So the built-in contract is served under those paths: its documents, with the paths
put in place, are a folder like any other. The client is told only where the server is, as it is told of a connection."""

import asyncio
import json
import pathlib
import urllib.parse

import pytest
from azure.connectors import ConnectionStringTokenProvider, ConnectorClientOptions, ConnectorException
from azure.connectors.seismicplanner import SeismicplannerClient

from conftest import SCHEMAS, running

SPACE = "rkr83lapKkyCJuLLWqLqzB"
PROGRAMS = ["summer-roadshow-2025", "partner-day-2025"]
TASKS = ["task-venues", "task-agenda", "task-catering", "task-speakers"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("contracts") / "planner-projects"
    planner(folder)
    with running("--only", "--contract", str(folder), "--clock", "frozen") as server:
        yield server


def planner(folder: pathlib.Path):
    """The contract of the programs, under the paths of the projects."""
    documents = SCHEMAS / "seismic-programs"
    folder.mkdir()
    for name in ("policy.json", "world.json"):
        (folder / name).write_bytes((documents / name).read_bytes())
    openapi = json.loads((documents / "openapi.json").read_text(encoding="utf-8"))
    openapi["paths"] = {
        path.replace("/programs/v2/", "/planner/v2/").replace("/programs", "/projects"): operations
        for path, operations in openapi["paths"].items()
    }
    (folder / "openapi.json").write_text(json.dumps(openapi), encoding="utf-8")


@pytest.fixture
def planned(mock):
    """Makes calls as somebody: `planned(call)`, where `call` is given the client and the server's address."""

    def run(call, caller="ada", token=None):
        token = token or mock.token("planner-projects", caller)

        async def within():
            # Its three attempts, but without waiting between them.
            options = ConnectorClientOptions(initial_retry_delay_seconds=0)
            async with SeismicplannerClient(mock.url, ConnectionStringTokenProvider(token), options) as client:
                return await call(client, mock.url)

        return asyncio.run(within())

    return run


def delete(ids, **options):
    return lambda client, _: client.delete_projects_async(SPACE, ids, **options)


def operations(ids):
    """For these calls the client has no name, only its way to make them."""
    query = urllib.parse.urlencode({"asyncOperationIds": ids}, doseq=True)
    return lambda client, url: client.http_client.get_async(f"{url}/planner/v2/spaces/{SPACE}/asyncOperations?{query}")


def requests(mock):
    return [
        (entry["request"]["method"], entry["response"]["status"])
        for entry in mock.control("GET", "journal")["entries"]
    ]


def refused(planned, call, **as_whom):
    """The status and the messages of a call that is refused."""
    with pytest.raises(ConnectorException) as refusal:
        planned(call, **as_whom)
    errors = json.loads(refusal.value.response_body)["errors"]
    return refusal.value.status_code, [error["message"] for error in errors]


def test_operations_are_followed_to_their_end(mock, planned):
    ids = planned(delete(PROGRAMS, delete_tasks=True))["asyncOperationIds"]
    assert len(set(ids)) == 2

    def progress():
        told = planned(operations(ids))["asyncOperations"]
        assert [operation["asyncOperationId"] for operation in told] == ids
        assert [operation["resultData"]["ids"] for operation in told] == [[program] for program in PROGRAMS]
        return {(operation["status"], operation["percentage"]) for operation in told}

    assert progress() == {("Not Started", 0)}
    mock.control("POST", "clock", {"advance": 6})
    assert progress() == {("Running", 50)}
    mock.control("POST", "clock", {"advance": 10})
    assert progress() == {("Succeeded", 100)}
    assert sorted(mock.deleted()) == sorted(PROGRAMS + TASKS)


def test_an_operation_that_fails_brings_its_project_back(mock, planned):
    operation = planned(delete(["price-list-2022"]))["asyncOperationIds"]
    mock.control("POST", "clock", {"advance": 16})
    [told] = planned(operations(operation))["asyncOperations"]
    assert (told["status"], told["errors"]) == ("Failed", [{"message": "A task of the program is locked."}])
    assert "price-list-2022" in listed(planned)
    assert mock.deleted() == []


@pytest.mark.parametrize("options", [{}, {"delete_tasks": False}])
def test_tasks_are_left_behind_unless_they_are_to_go(mock, planned, options):
    planned(delete(PROGRAMS, **options))
    mock.control("POST", "clock", {"advance": 16})
    assert sorted(mock.deleted()) == sorted(PROGRAMS)
    assert sorted(entry["id"] for entry in mock.control("GET", "changes")["orphaned"]) == sorted(TASKS)


def listed(planned):
    return [project["id"] for project in planned(lambda client, _: client.get_projects_async(SPACE))["items"]]


def test_list_delete_and_list_again(planned):
    before = listed(planned)
    planned(delete(before[:2]))
    assert listed(planned) == before[2:]


def test_one_project(mock, planned):
    project = planned(lambda client, _: client.get_project_async(SPACE, PROGRAMS[0]))
    assert project["title"] == "Summer roadshow 2025"
    assert len(planned(lambda client, _: client.delete_project_async(SPACE, PROGRAMS[0], True))["asyncOperationIds"]) == 1
    mock.control("POST", "clock", {"advance": 16})
    assert sorted(mock.deleted()) == sorted([PROGRAMS[0], "task-venues"])


def test_one_that_is_not_there_has_the_whole_call_refused(mock, planned):
    assert refused(planned, delete([*PROGRAMS, "nowhere"])) == (404, ["Program not found: nowhere"])
    mock.control("POST", "clock", {"advance": 16})
    assert mock.deleted() == []


def test_the_same_call_again_is_refused(mock, planned):
    planned(delete(PROGRAMS))
    messages = [f"Program not found: {program}" for program in PROGRAMS]
    assert refused(planned, delete(PROGRAMS)) == (404, messages)
    assert requests(mock) == [("DELETE", 200), ("DELETE", 404)]


def test_an_empty_list_is_refused(mock, planned):
    status, [message] = refused(planned, delete([]))
    assert (status, message.startswith("/query/ids: ")) == (400, True)
    assert mock.deleted() == []


def test_missing_rights(mock, planned):
    told = {
        # Without the scope, without the right to update, without the right to delete each, and outside the space.
        "dan": (403, ["The scope seismic.programs.manage is required."]),
        "eva": (403, ["Permission to update programs is required in this space."]),
        "bob": (403, [f"No permission to delete program: {program}" for program in PROGRAMS]),
        "cleo": (404, ["The space was not found."]),
    }
    assert {caller: refused(planned, delete(PROGRAMS), caller=caller) for caller in told} == told
    mock.control("POST", "clock", {"advance": 16})
    assert mock.deleted() == []


def test_a_token_that_has_expired_or_is_none(mock, planned):
    token = mock.token("planner-projects", "ada", **{"expires-in": 60})
    mock.control("POST", "clock", {"advance": 61})
    assert refused(planned, delete(PROGRAMS), token=token) == (401, ["The access token has expired."])
    assert refused(planned, delete(PROGRAMS), token="ada-token") == (401, ["The access token is not valid."])
    # They are not tried again: the client does that for 429 and 5xx only.
    assert requests(mock) == [("DELETE", 401), ("DELETE", 401)]


@pytest.mark.parametrize("status", [429, 503])
def test_what_passes_is_tried_again(mock, planned, status):
    mock.control("POST", "faults", {"status": status, "times": 2})
    assert len(planned(delete(PROGRAMS))["asyncOperationIds"]) == 2
    assert requests(mock) == [("DELETE", status), ("DELETE", status), ("DELETE", 200)]
    assert len(mock.control("GET", "operations")["operations"]) == 2


def test_three_attempts_and_nothing_is_deleted(mock, planned):
    mock.control("POST", "faults", {"status": 429, "retry-after": 47})
    with pytest.raises(ConnectorException) as refusal:
        planned(delete(PROGRAMS))
    assert refusal.value.status_code == 429
    assert json.loads(refusal.value.response_body)["message"] == "Rate limit is exceeded. Try again in 47 seconds."
    assert requests(mock) == [("DELETE", 429)] * 3
    mock.control("POST", "clock", {"advance": 16})
    assert mock.deleted() == []


def test_an_answer_that_is_lost_is_asked_for_again_and_refused(mock, planned):
    """What a client that retries makes of a deletion whose answer did not arrive."""
    mock.control("POST", "faults", {"connection": "dropped-after", "times": 1})
    messages = [f"Program not found: {program}" for program in PROGRAMS]
    assert refused(planned, delete(PROGRAMS)) == (404, messages)
    assert len(mock.control("GET", "operations")["operations"]) == 2
