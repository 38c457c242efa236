"""huaweicloudsdkcodeartsdeploy: signs each request with an access key, or carries a token; its endpoint is a setting."""

import pytest
from huaweicloudsdkcodeartsdeploy.v2 import (
    AppBatchDeleteRequest,
    BatchDeleteAppRequest,
    CodeArtsDeployClient,
)
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

PROJECT = "0a38ce9ba3c740c199a0f872b6163661"
FRONTEND = "1c4d7e90b2a54f6f8d3e5c1b0a9f8e7d"
BACKEND = "2d5e8fa1c3b6407a9e4f6d2c1ba0f98e"
DENIED = "3ba2ad194ff141e39b1d3d0749242858"
BUSY = "3e6f90b2d4c7418bafa07e3d2cb1a09f"
UNKNOWN = "0" * 32


def client(mock, access="ADAACCESSKEY", secret="ada-secret", project=PROJECT) -> CodeArtsDeployClient:
    credentials = BasicCredentials(access, secret, project)
    return CodeArtsDeployClient.new_builder().with_credentials(credentials).with_endpoint(mock.url).build()


def request(*ids: str, project=PROJECT) -> BatchDeleteAppRequest:
    return BatchDeleteAppRequest(body=AppBatchDeleteRequest(project_id=project, application_ids=list(ids)))


def told(answer):
    return [(item.application_id, item.application_name, item.status, item.error_reason) for item in answer.result]


def refused(call) -> ClientRequestException:
    with pytest.raises(ClientRequestException) as refusal:
        call()
    # The client takes it from the header X-Request-Id alone.
    assert refusal.value.request_id
    return refusal.value


def test_all_are_deleted(mock):
    answer = client(mock).batch_delete_app(request(FRONTEND, BACKEND))
    assert told(answer) == [(FRONTEND, "shop-frontend", "success", ""), (BACKEND, "shop-backend", "success", "")]
    assert answer.total_num == 2
    assert mock.deleted() == [FRONTEND, BACKEND]


def test_each_one_is_answered_in_the_order_of_the_request(mock):
    answer = client(mock).batch_delete_app(request(UNKNOWN, FRONTEND, BUSY, DENIED, FRONTEND))
    assert told(answer) == [
        (UNKNOWN, None, "error", "The application does not exist."),
        (FRONTEND, "shop-frontend", "success", ""),
        (BUSY, "payments", "error", "The application is being deployed."),
        (DENIED, "Application name 2", "error", "No permissions."),
    ]
    assert answer.total_num == 4
    assert mock.deleted() == [FRONTEND]


def test_the_same_call_again_finds_nothing(mock):
    deploy = client(mock)
    deploy.batch_delete_app(request(FRONTEND))
    again = deploy.batch_delete_app(request(FRONTEND))
    assert told(again) == [(FRONTEND, None, "error", "The application does not exist.")]
    assert mock.deleted() == [FRONTEND]


def test_a_member_may_delete_none(mock):
    answer = client(mock, "BOBACCESSKEY", "bob-secret").batch_delete_app(request(FRONTEND))
    assert told(answer) == [(FRONTEND, "shop-frontend", "error", "No permissions.")]
    assert mock.deleted() == []


def test_who_has_nothing_to_do_with_the_project_is_refused(mock):
    refusal = refused(lambda: client(mock, "CLEOACCESSKEY", "cleo-secret").batch_delete_app(request(FRONTEND)))
    assert (refusal.status_code, refusal.error_code) == (403, "Deploy.00011154")
    assert mock.deleted() == []


@pytest.mark.parametrize("ids", [[], [f"{number:032x}" for number in range(51)]], ids=["none", "51"])
def test_the_bounds_of_a_call(mock, ids):
    refusal = refused(lambda: client(mock).batch_delete_app(request(*ids)))
    assert refusal.status_code == 400
    assert "/body/application_ids" in refusal.error_msg


def test_fifty_are_within_the_bounds(mock):
    ids = [f"{number:032x}" for number in range(49)] + [FRONTEND]
    assert client(mock).batch_delete_app(request(*ids)).total_num == 50
    assert mock.deleted() == [FRONTEND]


def test_a_wrong_secret_is_a_wrong_signature(mock):
    refusal = refused(lambda: client(mock, secret="wrong").batch_delete_app(request(FRONTEND)))
    assert (refusal.status_code, refusal.error_code) == (401, "APIGW.0301")
    assert refusal.error_msg == "Incorrect IAM authentication information: verify aksk signature fail"
    assert mock.deleted() == []


def test_an_access_key_that_nobody_has(mock):
    refusal = refused(lambda: client(mock, access="NOBODY").batch_delete_app(request(FRONTEND)))
    assert (refusal.status_code, refusal.error_code) == (401, "APIGW.0301")
    assert "ak not exist" in refusal.error_msg


def test_a_clock_that_is_wrong_by_more_than_a_quarter_of_an_hour(mock):
    deploy = client(mock)
    mock.control("POST", "clock", {"advance": 16 * 60})
    refusal = refused(lambda: deploy.batch_delete_app(request(FRONTEND)))
    assert (refusal.status_code, refusal.error_code) == (401, "APIGW.0303")
    mock.control("POST", "reset")
    mock.control("POST", "clock", {"advance": 14 * 60})
    assert deploy.batch_delete_app(request(FRONTEND)).total_num == 1


@pytest.mark.parametrize("access", ["BOBACCESSKEY", "NOBODY"])
def test_a_token_beside_the_signature_suffices(mock, access):
    invoker = client(mock, access, "bob-secret").batch_delete_app_invoker(request(FRONTEND))
    answer = invoker.add_header("X-Auth-Token", "ada-token").invoke()
    assert told(answer) == [(FRONTEND, "shop-frontend", "success", "")]
    assert mock.deleted() == [FRONTEND]


def test_a_token_of_the_longest_kind_is_read(mock):
    invoker = client(mock, "NOBODY", "wrong").batch_delete_app_invoker(request(FRONTEND))
    refusal = refused(invoker.add_header("X-Auth-Token", "t" * 20_000).invoke)
    assert (refusal.status_code, refusal.error_code) == (401, "APIGW.0301")


def test_a_world_of_ones_own(mock):
    mock.control("PUT", "world", {
        "containers": [{"kind": "project", "id": "p" * 32}],
        "callers": [{"id": "eve", "keys": [{"access": "EVEACCESSKEY", "secret": "eve-secret"}],
                     "grants": [{"container": "project/" + "p" * 32, "permissions": ["application.delete"]}]}],
        "resources": [{"kind": "application", "id": "a" * 32, "container": "project/" + "p" * 32, "name": "only-one"}],
    })
    deploy = client(mock, "EVEACCESSKEY", "eve-secret", "p" * 32)
    answer = deploy.batch_delete_app(request("a" * 32, project="p" * 32))
    assert told(answer) == [("a" * 32, "only-one", "success", "")]
    assert mock.deleted() == ["a" * 32]
