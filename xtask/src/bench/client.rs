//! The least of an HTTP client: a request on a connection of its own or on one that is kept, and the answer as it came.

use crate::plan::Request;
use bulk_delete_core::json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer, whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// In order; names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    /// The bytes that go out. The connection is to end with the answer.
    pub(crate) fn bytes(&self, address: SocketAddr) -> Vec<u8> {
        self.bytes_for(address, "close")
    }

    fn bytes_for(&self, address: SocketAddr, connection: &str) -> Vec<u8> {
        let body = Value::Object(self.body.clone()).to_text();
        let mut bytes = format!(
            "{} {} HTTP/1.1\r\nhost: {address}\r\nconnection: {connection}\r\n",
            self.method, self.target
        );
        for (name, value) in &self.headers {
            bytes.push_str(&format!("{name}: {value}\r\n"));
        }
        bytes.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
        bytes.into_bytes()
    }

    /// Asks, and expects success.
    pub(crate) fn ask(&self, address: SocketAddr) -> Result<Answer, String> {
        exchange(address, &self.bytes(address))
    }
}

/// Sends the bytes and reads to the end. An answer that is no success is an error: nothing else is measured here.
pub(crate) fn exchange(address: SocketAddr, request: &[u8]) -> Result<Answer, String> {
    let trouble = |error: std::io::Error| format!("{address} does not answer: {error}");
    let mut stream = TcpStream::connect(address).map_err(trouble)?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).map_err(trouble)?;
    stream.set_nodelay(true).map_err(trouble)?;
    stream.write_all(request).map_err(trouble)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(trouble)?;
    read(&bytes)
        .ok_or_else(|| format!("this is no answer: {}", String::from_utf8_lossy(&bytes)))
        .and_then(successful)
}

fn successful(answer: Answer) -> Result<Answer, String> {
    if (200..300).contains(&answer.status) {
        Ok(answer)
    } else {
        Err(format!("answered {}: {}", answer.status, String::from_utf8_lossy(&answer.body)))
    }
}

/// A connection that is kept for many requests, one after the other.
pub(crate) struct Connection {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Result<Connection, String> {
        let stream = TcpStream::connect(address)
            .and_then(|stream| {
                stream.set_read_timeout(Some(Duration::from_secs(30)))?;
                stream.set_nodelay(true)?;
                Ok(stream)
            })
            .map_err(|error| format!("{address} does not answer: {error}"))?;
        Ok(Connection { address, stream: BufReader::new(stream) })
    }

    /// Asks, and expects success, with a body whose length is told.
    pub(crate) fn ask(&mut self, request: &Request) -> Result<Answer, String> {
        let bytes = request.bytes_for(self.address, "keep-alive");
        let told = self.stream.get_mut().write_all(&bytes).and_then(|()| self.answer());
        told.map_err(|error| format!("{} does not answer: {error}", self.address))?
            .ok_or_else(|| "this is no answer".to_owned())
            .and_then(successful)
    }

    fn answer(&mut self) -> std::io::Result<Option<Answer>> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut head)? == 0 {
                return Ok(None);
            }
        }
        let Some(mut answer) = read(head.as_bytes()) else { return Ok(None) };
        let length = answer.headers.iter().find(|(name, _)| name == "content-length");
        answer.body = vec![0; length.and_then(|(_, length)| length.parse().ok()).unwrap_or_default()];
        self.stream.read_exact(&mut answer.body)?;
        Ok(Some(answer))
    }
}

fn read(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|part| part == b"\r\n\r\n")?;
    let head = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    Some(Answer { status, headers, body: bytes.get(end + 4..)?.to_vec() })
}
