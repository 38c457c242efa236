//! Real HTTP: the server in this process on a port of its own, or another program's, and a client that writes HTTP/1.1 by hand,
//! so that paths and bytes arrive as the case has them.

use super::served::Transport;
use super::wireless;
use crate::case::CaseRequest;
use crate::matching::{Answer, shown};
use bulk_delete_core::json::Value;
use bulk_delete_mock::server::{Limits, Page, run};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// All servers share it; it ends with the process.
static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).enable_all().build().expect("a runtime can be started")
});

/// A server and a connection to it.
#[derive(Debug)]
pub struct Http {
    address: SocketAddr,
    connection: Option<TcpStream>,
    _server: Server,
}

/// What ends a server when it is dropped.
#[derive(Debug)]
enum Server {
    Own(#[expect(dead_code, reason = "it is dropped")] oneshot::Sender<()>),
    Program(Child),
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Self::Program(child) = self {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Http {
    /// Starts a server with the built-in contracts on a free port.
    ///
    /// # Panics
    /// Where there is no free port.
    #[expect(clippy::new_without_default, reason = "it starts a server, which a default should not")]
    pub fn new() -> Self {
        let (alive, ended) = oneshot::channel::<()>();
        let listener = RUNTIME.block_on(TcpListener::bind(("127.0.0.1", 0))).expect("there is a free port");
        let address = listener.local_addr().expect("a listener has an address");
        let mock = Arc::new(wireless::mock());
        RUNTIME.spawn(async move {
            let shutdown = async {
                let _ = ended.await;
            };
            run(listener, shutdown, mock, Limits::default(), Page::default()).await
        });
        Self { address, connection: None, _server: Server::Own(alive) }
    }

    /// Starts another program: its words, with which it serves the built-in contracts on a free port and says where in a line of
    /// JSON.
    ///
    /// # Errors
    /// It does not start, or does not say that it is ready.
    pub fn of_program(words: &str) -> Result<Self, String> {
        let mut words = words.split_whitespace();
        let mut command = Command::new(words.next().ok_or("there is no program to start")?);
        command.args(words).args(["--port", "0", "--json"]).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("{command:?}: {error}"))?;
        let mut line = String::new();
        let out = child.stdout.take().ok_or("a program without output")?;
        let server = Server::Program(child);
        BufReader::new(out).read_line(&mut line).map_err(|error| error.to_string())?;
        let ready = Value::parse(line.as_bytes()).map_err(|error| format!("`{line}`: {error}"))?;
        let url = ready.get("url").and_then(Value::as_str).and_then(|url| url.strip_prefix("http://"));
        let address = url.and_then(|address| address.parse().ok());
        let address = address.ok_or_else(|| format!("`{line}` tells no address"))?;
        Ok(Self { address, connection: None, _server: server })
    }

    fn connect(&self) -> Result<TcpStream, String> {
        let stream =
            TcpStream::connect(self.address).map_err(|error| format!("{}: {error}", self.address))?;
        // Longer than the server waits for anything, so that it is the server that gives up first.
        stream.set_read_timeout(Some(Duration::from_secs(60))).map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        Ok(stream)
    }
}

impl Transport for Http {
    fn send(&mut self, request: &CaseRequest) -> Result<Answer, String> {
        let bytes = written(request, self.address);
        let reused = self.connection.take();
        let fresh = reused.is_none();
        let mut stream = reused.map_or_else(|| self.connect(), Ok)?;
        let mut answer = exchange(&mut stream, &bytes, &request.method);
        if matches!(answer, Err(Failure::Closed)) && !fresh {
            // The server may close a connection that is not in use. Nothing was answered, so nothing is lost.
            stream = self.connect()?;
            answer = exchange(&mut stream, &bytes, &request.method);
        }
        let answer = answer.map_err(|failure| format!("{} {}: {failure:?}", request.method, request.path))?;
        let closes = answer.header("connection").any(|value| value.eq_ignore_ascii_case("close"));
        if !closes {
            self.connection = Some(stream);
        }
        Ok(answer)
    }
}

#[derive(Debug)]
enum Failure {
    /// The connection ended before anything was answered.
    Closed,
    Broken(#[expect(dead_code, reason = "shown in the test's message")] String),
}

fn written(request: &CaseRequest, address: SocketAddr) -> Vec<u8> {
    let query = request.query.as_ref().map(|query| format!("?{query}")).unwrap_or_default();
    let mut out = format!("{} {}{query} HTTP/1.1\r\n", request.method, request.path).into_bytes();
    let mut header =
        |name: &str, value: &str| out.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
    if !request.has_header("host") {
        header("Host", &address.to_string());
    }
    for (name, value) in &request.headers {
        header(name, value);
    }
    if let Some(body) = request.body.as_ref().filter(|_| !request.has_header("content-length")) {
        header("Content-Length", &body.len().to_string());
    }
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(request.body.as_deref().unwrap_or_default());
    out
}

fn exchange(stream: &mut TcpStream, bytes: &[u8], method: &str) -> Result<Answer, Failure> {
    stream.write_all(bytes).map_err(|_| Failure::Closed)?;
    let mut arrived = Vec::new();
    loop {
        let end = loop {
            if let Some(end) = arrived.windows(4).position(|four| four == b"\r\n\r\n") {
                break end;
            }
            more(stream, &mut arrived)?;
        };
        let (status, headers) = head(&arrived[..end])?;
        arrived.drain(..end + 4);
        if status < 200 {
            continue;
        }
        let mut answer = Answer { status, headers, body: Vec::new() };
        if method != "HEAD" && status != 204 && status != 304 {
            answer.body = body(stream, &answer, arrived)?;
        }
        return Ok(answer);
    }
}

fn more(stream: &mut TcpStream, arrived: &mut Vec<u8>) -> Result<(), Failure> {
    let mut part = [0; 16 * 1024];
    match stream.read(&mut part) {
        Ok(0) if arrived.is_empty() => Err(Failure::Closed),
        Ok(0) => Err(Failure::Broken(format!("the answer breaks off: {}", shown(arrived)))),
        Ok(read) => {
            arrived.extend_from_slice(&part[..read]);
            Ok(())
        }
        Err(error) if arrived.is_empty() && error.kind() == std::io::ErrorKind::ConnectionReset => {
            Err(Failure::Closed)
        }
        Err(error) => Err(Failure::Broken(error.to_string())),
    }
}

fn head(bytes: &[u8]) -> Result<(u16, Vec<(String, String)>), Failure> {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split("\r\n");
    let status = lines.next().and_then(|line| line.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok());
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
    Ok((status.ok_or_else(|| Failure::Broken(format!("no status in {text}")))?, headers.collect()))
}

fn body(stream: &mut TcpStream, answer: &Answer, mut arrived: Vec<u8>) -> Result<Vec<u8>, Failure> {
    if answer.header("transfer-encoding").next().is_some() {
        return Err(Failure::Broken(
            "the answer comes in chunks, which this client does not read".to_owned(),
        ));
    }
    let length = answer.header("content-length").next().and_then(|length| length.parse::<usize>().ok());
    let length = length.ok_or_else(|| Failure::Broken("the answer does not tell its length".to_owned()))?;
    while arrived.len() < length {
        more(stream, &mut arrived)?;
    }
    if arrived.len() > length {
        return Err(Failure::Broken(format!("behind the answer there is {}", shown(&arrived[length..]))));
    }
    Ok(arrived)
}
