//! The bare server that the mock is measured against: hyper as it comes, which reads each body to its end and answers bytes
//! that it was given.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;

/// The word that makes this program the bare server: `bare STATUS BODY-FILE [NAME VALUE]…`.
pub(crate) const COMMAND: &str = "bare";

struct Fixed {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

pub(crate) fn serve(arguments: &[String]) -> Result<(), String> {
    let fixed = Arc::new(read(arguments).ok_or("the answer is not one")?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("threads cannot be started: {error}"))?;
    runtime.block_on(listen(fixed)).map_err(|error| format!("the bare server cannot go on: {error}"))
}

fn read(arguments: &[String]) -> Option<Fixed> {
    let (status, rest) = arguments.split_first()?;
    let (body, headers) = rest.split_first()?;
    let mut fixed = Fixed {
        status: status.parse().ok()?,
        headers: HeaderMap::new(),
        body: Bytes::from(std::fs::read(Path::new(body)).ok()?),
    };
    for pair in headers.chunks(2) {
        let [name, value] = pair else { return None };
        fixed
            .headers
            .append(HeaderName::from_bytes(name.as_bytes()).ok()?, HeaderValue::from_str(value).ok()?);
    }
    Some(fixed)
}

async fn listen(fixed: Arc<Fixed>) -> std::io::Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    println!("http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let fixed = Arc::clone(&fixed);
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(request, Arc::clone(&fixed)));
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn answer(
    request: Request<hyper::body::Incoming>,
    fixed: Arc<Fixed>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let _ = request.into_body().collect().await;
    let mut response = Response::new(Full::new(fixed.body.clone()));
    *response.status_mut() = fixed.status;
    *response.headers_mut() = fixed.headers.clone();
    Ok(response)
}
