//! HTTP/2 without TLS, by prior knowledge.

use crate::running::{ADA, MODELS, MODELS_BODY, Running};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::net::TcpStream;

async fn connect(server: &Running) -> SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(server.address).await.unwrap();
    let (sender, connection) = handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
    tokio::spawn(async move {
        let _ = connection.await;
    });
    sender
}

fn call(server: &Running, token: &str) -> hyper::http::request::Builder {
    Request::builder()
        .method(Method::POST)
        .uri(format!("http://{}{MODELS}", server.address))
        .header("authorization", token)
        .header("content-type", "application/json")
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_answered_over_one_connection() {
    let server = Running::start();
    let mut sender = connect(&server).await;
    let (first, second) = tokio::join!(
        sender.clone().send_request(call(&server, ADA).body(Full::from(MODELS_BODY)).unwrap()),
        sender
            .clone()
            .send_request(call(&server, "AnaplanAuthToken nobody").body(Full::from(MODELS_BODY)).unwrap()),
    );
    let first = first.unwrap();
    assert_eq!(first.status(), StatusCode::OK);
    let body: serde_json::Value =
        serde_json::from_slice(&first.into_body().collect().await.unwrap().to_bytes()).unwrap();
    assert_eq!(body["modelsDeleted"], 1);
    assert_eq!(second.unwrap().status(), StatusCode::UNAUTHORIZED);
    let head =
        Request::builder().method(Method::HEAD).uri(format!("http://{}/__mock/health", server.address));
    let reply = sender.send_request(head.body(Full::default()).unwrap()).await.unwrap();
    assert_eq!(reply.status(), StatusCode::OK);
    assert_eq!(reply.headers()["content-length"], "15");
    assert!(reply.into_body().collect().await.unwrap().to_bytes().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn long_tokens_work_and_too_many_headers_do_not() {
    let server = Running::start();
    let mut sender = connect(&server).await;
    let long = format!("AnaplanAuthToken {}", "t".repeat(20_000));
    let reply =
        sender.send_request(call(&server, &long).body(Full::from(MODELS_BODY)).unwrap()).await.unwrap();
    assert_eq!(reply.status(), StatusCode::UNAUTHORIZED);
    let mut many = call(&server, ADA);
    for number in 0..150 {
        many = many.header(format!("x-{number}"), "a");
    }
    let reply = sender.send_request(many.body(Full::from(MODELS_BODY)).unwrap()).await.unwrap();
    assert_eq!(reply.status(), StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_authority_must_be_of_loopback() {
    let server = Running::start();
    let mut sender = connect(&server).await;
    for (authority, status) in [("ui.localhost", StatusCode::OK), ("mock.example.com", StatusCode::FORBIDDEN)]
    {
        let request = Request::builder().uri(format!("http://{authority}/__mock/health"));
        let reply = sender.send_request(request.body(Full::default()).unwrap()).await.unwrap();
        assert_eq!(reply.status(), status, "{authority}");
    }
}
