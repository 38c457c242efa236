"""huaweicloudsdkworkspace: signs each request with an access key, or carries a token; its endpoint is a setting. The answer
has no body, so what was deleted is seen in the mock alone."""

import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
from huaweicloudsdkworkspace.v2 import (
    BatchDeleteScheduledTasksRequest,
    DeleteScheduledTasksReq,
    WorkspaceClient,
)

PROJECT = "0a38ce9ba3c740c199a0f872b6163661"
START = "0d5c1b3e-7a42-4f0e-9b68-2f1c6a7d8e90"
STOP = "1e6d2c4f-8b53-4a1f-8c79-3a2d7b8e9fa1"
OF_DAN = "63b37194-d0a8-4f64-9bce-8f72c0d3e4f6"
ELSEWHERE = "74c482a5-e1b9-4075-8cdf-9083d1e4f507"


def client(mock, access="ADAACCESSKEY", secret="ada-secret", project=PROJECT) -> WorkspaceClient:
    credentials = BasicCredentials(access, secret, project)
    return WorkspaceClient.new_builder().with_credentials(credentials).with_endpoint(mock.url).build()


def request(ids) -> BatchDeleteScheduledTasksRequest:
    return BatchDeleteScheduledTasksRequest(body=DeleteScheduledTasksReq(task_ids=ids))


def refused(call) -> ClientRequestException:
    with pytest.raises(ClientRequestException) as refusal:
        call()
    assert refusal.value.request_id
    return refusal.value


def test_all_are_deleted(mock):
    answer = client(mock).batch_delete_scheduled_tasks(request([START, STOP]))
    assert answer.status_code == 200
    assert not answer.raw_content
    assert mock.deleted() == [START, STOP]


def test_some_are_deleted_and_the_rest_left_alone(mock):
    answer = client(mock).batch_delete_scheduled_tasks(request(["no-such-task", STOP, OF_DAN, ELSEWHERE, STOP]))
    assert answer.status_code == 200
    assert mock.deleted() == [STOP]


def test_the_same_call_again_changes_nothing(mock):
    workspace = client(mock)
    assert workspace.batch_delete_scheduled_tasks(request([START])).status_code == 200
    assert workspace.batch_delete_scheduled_tasks(request([START])).status_code == 200
    assert mock.deleted() == [START]


@pytest.mark.parametrize("ids", [None, []], ids=["none given", "an empty list"])
def test_no_ids_delete_nothing(mock, ids):
    assert client(mock).batch_delete_scheduled_tasks(request(ids)).status_code == 200
    assert mock.deleted() == []


@pytest.mark.parametrize(("access", "secret"), [("BOBACCESSKEY", "bob-secret"), ("CLEOACCESSKEY", "cleo-secret")])
def test_who_may_not_delete_here_is_refused(mock, access, secret):
    refusal = refused(lambda: client(mock, access, secret).batch_delete_scheduled_tasks(request([START])))
    assert (refusal.status_code, refusal.error_code) == (403, "Mock.WKS.0403")
    assert refusal.encoded_auth_msg
    assert mock.deleted() == []


def test_ids_of_another_type_are_refused(mock):
    refusal = refused(lambda: client(mock).batch_delete_scheduled_tasks(request([START, 7])))
    assert (refusal.status_code, refusal.error_code) == (400, "WKS.0001")
    assert mock.deleted() == []


def test_no_body_is_refused(mock):
    refusal = refused(lambda: client(mock).batch_delete_scheduled_tasks(BatchDeleteScheduledTasksRequest()))
    assert (refusal.status_code, refusal.error_code) == (400, "WKS.0001")


def test_a_wrong_secret_is_a_wrong_signature(mock):
    refusal = refused(lambda: client(mock, secret="wrong").batch_delete_scheduled_tasks(request([START])))
    assert (refusal.status_code, refusal.error_code) == (401, "APIGW.0301")
    assert refusal.error_msg == "Incorrect IAM authentication information: verify aksk signature fail"
    assert mock.deleted() == []


def test_an_access_key_that_nobody_has(mock):
    refusal = refused(lambda: client(mock, access="NOBODY").batch_delete_scheduled_tasks(request([START])))
    assert (refusal.status_code, refusal.error_code) == (401, "APIGW.0301")


@pytest.mark.parametrize("access", ["BOBACCESSKEY", "NOBODY"])
def test_a_token_beside_the_signature_suffices(mock, access):
    invoker = client(mock, access, "bob-secret").batch_delete_scheduled_tasks_invoker(request([START]))
    assert invoker.add_header("X-Auth-Token", "ada-token").invoke().status_code == 200
    assert mock.deleted() == [START]


def test_a_world_of_ones_own(mock):
    mock.control("PUT", "world", {
        "containers": [{"kind": "project", "id": "p" * 32}],
        "callers": [{"id": "eve", "keys": [{"access": "EVEACCESSKEY", "secret": "eve-secret"}],
                     "grants": [{"container": "project/" + "p" * 32,
                                 "permissions": ["workspace:scheduledTasks:batchDelete"]}]}],
        "resources": [{"kind": "scheduled-task", "id": "nightly", "container": "project/" + "p" * 32}],
    })
    workspace = client(mock, "EVEACCESSKEY", "eve-secret", "p" * 32)
    assert workspace.batch_delete_scheduled_tasks(request(["nightly"])).status_code == 200
    assert mock.deleted() == ["nightly"]
