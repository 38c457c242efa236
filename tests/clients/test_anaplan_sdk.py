"""anaplan-sdk: logs in with user and password, deletes, and is logged out; its addresses are fixed, so it comes through the
gateway."""

import urllib.error
import urllib.request

import anaplan_sdk
import pytest
from anaplan_sdk.exceptions import AnaplanException, InvalidCredentialsException, InvalidIdentifierException

WORKSPACE = "75A40874E6B64FA3AE0743278996850F"
CLOSED = ["1C9D2E7F40A14B5C8D6E3F2A1B0C9D8E", "2D0E3F8051B25C6D9E7F403B2C1D0E9F"]
OPEN = "BC24B51B39CF4701ACF7CBFD2ED93C36"
INVISIBLE = "EA8467B737A144C5B73CD56BA86085A0"

pytestmark = pytest.mark.usefixtures("gateway")


def client(**credentials) -> anaplan_sdk.Client:
    credentials = credentials or {"user_email": "ada@example.com", "password": "ada-password"}
    return anaplan_sdk.Client(workspace_id=WORKSPACE, backoff=0, **credentials)


def test_login_then_all_are_deleted(mock, gateway):
    gateway.seen.clear()
    result = client().delete_models(CLOSED)
    assert (result.models_deleted, result.failures) == (2, [])
    assert mock.deleted() == CLOSED
    assert gateway.seen == [
        ("POST", "auth.anaplan.com", "/token/authenticate"),
        ("POST", "api.anaplan.com", f"/2/0/workspaces/{WORKSPACE}/bulkDeleteModels"),
    ]


def test_some_are_deleted_and_the_rest_told(mock):
    result = client(token="ada-token").delete_models([CLOSED[0], OPEN, INVISIBLE, "Incorrect_Model_Id"])
    assert result.models_deleted == 1
    assert [(failure.model_id, failure.message) for failure in result.failures] == [
        (OPEN, "Model is open. Please close the model before trying again."),
        (INVISIBLE, "Something went wrong. Deleting this model failed."),
        ("Incorrect_Model_Id", "Model ID does not exist."),
    ]
    assert mock.deleted() == [CLOSED[0]]


def test_the_same_call_again_deletes_nothing(mock):
    anaplan = client()
    anaplan.delete_models(CLOSED)
    again = anaplan.delete_models(CLOSED)
    assert again.models_deleted == 0
    assert [failure.message for failure in again.failures] == ["Model ID does not exist."] * 2
    assert mock.deleted() == CLOSED


def test_a_member_who_is_no_administrator_is_refused(mock):
    with pytest.raises(AnaplanException) as refused:
        client(user_email="bob@example.com", password="bob-password").delete_models(CLOSED)
    assert "Forbidden" in str(refused.value)
    assert mock.deleted() == []


def test_an_empty_list_is_refused(mock):
    with pytest.raises(AnaplanException) as refused:
        client().delete_models([])
    assert "Expected mandatory field 'modelIdsToDelete'" in str(refused.value)


def test_a_workspace_that_does_not_exist_is_an_invalid_identifier(mock):
    anaplan = client().with_model(workspace_id="0" * 32)
    with pytest.raises(InvalidIdentifierException):
        anaplan.delete_models(CLOSED)
    assert mock.deleted() == []


def test_a_wrong_password_is_refused(mock):
    with pytest.raises(InvalidCredentialsException):
        client(user_email="ada@example.com", password="wrong")


def test_a_token_that_nobody_has_is_refused(mock):
    with pytest.raises(InvalidCredentialsException):
        client(token="nobody-token").delete_models(CLOSED)
    assert mock.deleted() == []


def test_a_token_that_has_expired_is_renewed_by_a_new_login(mock, gateway):
    anaplan = client()
    mock.control("POST", "clock", {"advance": 36 * 60})
    gateway.seen.clear()
    assert anaplan.delete_models(CLOSED).models_deleted == 2
    assert [path.rsplit("/", 1)[-1] for _, _, path in gateway.seen] == ["bulkDeleteModels", "authenticate", "bulkDeleteModels"]
    assert mock.deleted() == CLOSED


def log_out(mock, token: str) -> int:
    """The client has no call for it."""
    request = urllib.request.Request(
        f"{mock.url}/token/logout", method="POST", headers={"Authorization": f"AnaplanAuthToken {token}"}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def test_after_a_logout_the_token_is_of_no_use(mock):
    token = mock.token("anaplan-models", "ada")
    assert client(token=token).delete_models(CLOSED[:1]).models_deleted == 1
    assert log_out(mock, token) == 204
    with pytest.raises(InvalidCredentialsException):
        client(token=token).delete_models(CLOSED[1:])
    assert log_out(mock, token) == 401
    assert mock.deleted() == CLOSED[:1]


def test_login_list_close_and_delete(mock, gateway):
    """Everything through the client, as somebody tidies up a workspace."""
    anaplan = client()
    workspaces = anaplan.get_workspaces()
    assert [(workspace.id, workspace.name, workspace.active) for workspace in workspaces][0] == (WORKSPACE, "Corporate planning", True)
    models = anaplan.get_models(only_in_workspace=True)
    assert [model.id for model in models][:2] == CLOSED
    assert INVISIBLE not in [model.id for model in models]
    assert {model.workspace_id for model in models} == {WORKSPACE}
    assert [model.active_state for model in models if model.name == "Territory plan 2021"] == ["ARCHIVED"]
    assert OPEN in [model.id for model in models]
    assert anaplan.delete_models([OPEN]).models_deleted == 0
    anaplan.with_model(model_id=OPEN).tr.close_model()
    assert anaplan.delete_models([OPEN]).models_deleted == 1
    assert OPEN not in [model.id for model in anaplan.get_models()]
    assert mock.deleted() == [OPEN]
    assert ("GET", "api.anaplan.com", f"/2/0/workspaces/{WORKSPACE}/models") in [
        (method, host, path.split("?")[0]) for method, host, path in gateway.seen
    ]


def test_the_pages_of_a_list_are_put_together(mock):
    whole = client().get_models()
    paged = anaplan_sdk.Client(user_email="ada@example.com", password="ada-password", page_size=3)
    assert [model.id for model in paged.get_models()] == [model.id for model in whole]
    assert len(whole) > 6


def test_a_search_narrows_the_list(mock):
    assert [model.name for model in client().get_models(search_pattern="BUDGET 2024")] == ["Budget 2024"]


def test_a_model_that_is_archived_is_not_closed(mock):
    with pytest.raises(AnaplanException) as refused:
        client().with_model(model_id="826395E6B718B2C3F4D5A691827364F5").tr.close_model()
    assert "Unprocessable Entity" in str(refused.value)


def test_a_world_of_ones_own(mock):
    mock.control("PUT", "world", {
        "containers": [{"kind": "workspace", "id": "w" * 32}],
        "callers": [{"id": "eve", "tokens": ["eve-token"],
                     "grants": [{"container": "workspace/" + "w" * 32, "roles": ["workspace-administrator"]}]}],
        "resources": [
            {"kind": "model", "id": "one", "container": "workspace/" + "w" * 32, "state": "closed"},
            {"kind": "model", "id": "two", "container": "workspace/" + "w" * 32, "state": "closed",
             "on-delete": {"fail": "Another model imports from this model."}},
        ],
    })
    anaplan = anaplan_sdk.Client(workspace_id="w" * 32, token="eve-token")
    result = anaplan.delete_models(["one", "two"])
    assert result.models_deleted == 1
    assert [(failure.model_id, failure.message) for failure in result.failures] == [
        ("two", "Another model imports from this model."),
    ]
    assert mock.deleted() == ["one"]
