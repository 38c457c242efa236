//! What the fuzz targets share: the built-in contracts, a mock whose time stands still, and requests read from bytes.
//!
//! A seed is text wherever it can be, so that one can read and write it: requests look as on the wire.

use bulk_delete_core::answer::render::Response;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::contract::credential::Credential;
use bulk_delete_core::json::Value;
use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::Seed;
use bulk_delete_mock::builtin;
use bulk_delete_mock::credentials::jwt::Key;
use bulk_delete_mock::folder::{self, Folder, Loaded};
use bulk_delete_mock::mock::{Chance, Clock, Mock, first_bearer};
use std::sync::{Arc, OnceLock};

/// The mock's time, 2026-11-21T22:03:00Z.
pub const NOW: Timestamp = Timestamp(1_795_298_580_000);

/// Stands in a seed for a token that the mock itself has signed.
const WEB_TOKEN: &str = "{jwt}";

/// The folders that are built in.
pub fn folders() -> &'static [Folder] {
    static FOLDERS: OnceLock<Vec<Folder>> = OnceLock::new();
    FOLDERS.get_or_init(builtin::folders)
}

fn load() -> Loaded {
    folder::load(folders(), None)
        .unwrap_or_else(|findings| panic!("the built-in contracts load: {findings:?}"))
}

/// The built-in contracts.
pub fn contracts() -> &'static [Contract] {
    static LOADED: OnceLock<Loaded> = OnceLock::new();
    &LOADED.get_or_init(load).contracts
}

/// Their world.
pub fn seed() -> &'static Arc<Seed> {
    static LOADED: OnceLock<Loaded> = OnceLock::new();
    &LOADED.get_or_init(load).seed
}

/// The first exchange of each, without credentials.
pub fn firsts() -> &'static [Sent] {
    static FIRSTS: OnceLock<Vec<Sent>> = OnceLock::new();
    FIRSTS.get_or_init(|| {
        let first = |folder: &Folder| {
            let start = folder.start.as_ref().and_then(|start| Value::parse(start).ok())?;
            let request = start.get("request")?;
            let text = |name| request.get(name).and_then(Value::as_str);
            let query = text("query").map(|query| format!("?{query}")).unwrap_or_default();
            let body = request.get("body").map(Value::to_text).unwrap_or_default();
            let sent = format!(
                "{} {}{query}\ncontent-type: application/json\n\n{body}",
                text("method")?,
                text("path")?
            );
            Sent::read(sent.as_bytes())
        };
        folders().iter().map(|folder| first(folder).expect("each has a first exchange")).collect()
    })
}

/// A mock of them, with everything as it was at its start.
pub fn mock() -> &'static Mock {
    let mock = &fixture().mock;
    control(mock, "POST", "/__mock/reset");
    mock
}

/// The key of [`mock`]: it has the same seed.
pub fn key() -> &'static Key {
    &fixture().key
}

/// A token that [`mock`] has signed for its caller `ada`.
pub fn web_token() -> &'static str {
    &fixture().web_token
}

struct Fixture {
    mock: Mock,
    key: Key,
    web_token: String,
}

fn fixture() -> &'static Fixture {
    static FIXTURE: OnceLock<Fixture> = OnceLock::new();
    FIXTURE.get_or_init(|| {
        let Loaded { contracts, seed, .. } = load();
        let mock = Mock::new(contracts, seed, Clock::frozen(NOW), Chance::new([0; 32]))
            .expect("the built-in routes differ");
        let jwt = |contract: &&Contract| matches!(first_bearer(contract), Some(Credential::Jwt { .. }));
        let contract = mock.contracts().iter().find(jwt).expect("a contract takes such tokens");
        let web_token = token(&mock, contract);
        Fixture { key: Key::generate(&Chance::new([0; 32])), web_token, mock }
    })
}

/// A token by which the contract knows the caller `ada`, for longer than any target runs.
pub fn token(mock: &Mock, contract: &Contract) -> String {
    let expires = NOW.plus_milliseconds(1_000_000_000_000);
    mock.mint(contract, "ada", None, expires).unwrap_or_else(|error| panic!("ada is known: {error:?}"))
}

/// Asks the control API.
pub fn control(mock: &Mock, method: &str, path: &str) -> Response {
    mock.answer(&Request { method, path, query: None, headers: &[], body: Body::Bytes(b"") })
}

/// What has changed since the mock's start, as text.
pub fn changes(mock: &Mock) -> Vec<u8> {
    control(mock, "GET", "/__mock/changes").body.unwrap_or_default()
}

/// A request as it was read from bytes.
#[derive(Debug)]
pub struct Sent {
    method: String,
    path: String,
    query: Option<String>,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
}

impl Sent {
    /// Reads `METHOD target`, a line for each header, an empty line, the body. Takes what a server's HTTP library takes: a
    /// target of visible ASCII, names in lower case, values without control characters.
    pub fn read(bytes: &[u8]) -> Option<Sent> {
        let (head, body) = match bytes.windows(2).position(|pair| pair == b"\n\n") {
            Some(end) => (bytes.get(..end)?, bytes.get(end + 2..)?),
            None => (bytes, &b""[..]),
        };
        let mut lines = head.split(|byte| *byte == b'\n');
        let (method, target) = std::str::from_utf8(lines.next()?).ok()?.split_once(' ')?;
        if !method.bytes().all(|byte| byte.is_ascii_alphabetic())
            || !target.bytes().all(|byte| byte.is_ascii_graphic())
        {
            return None;
        }
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (target, None),
        };
        let mut headers = Vec::new();
        for line in lines {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = std::str::from_utf8(line.get(..colon)?).ok()?.to_ascii_lowercase();
            let value = line.get(colon + 1..)?.trim_ascii();
            let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
            if name.is_empty()
                || !name.bytes().all(token)
                || value.iter().any(|byte| *byte < 0x20 && *byte != b'\t')
            {
                return None;
            }
            let value = match std::str::from_utf8(value) {
                Ok(text) if text.contains(WEB_TOKEN) => text.replace(WEB_TOKEN, web_token()).into_bytes(),
                _ => value.to_vec(),
            };
            headers.push((name, value));
        }
        (path.starts_with('/')).then(|| Sent {
            method: method.to_owned(),
            path: path.to_owned(),
            query,
            headers,
            body: body.to_vec(),
        })
    }

    /// Whether it is for the control API, which may change what it likes.
    pub fn is_control(&self) -> bool {
        self.path.starts_with("/__mock")
    }

    /// Has it answered.
    pub fn answer(&self, mock: &Mock) -> Response {
        self.with(|request| mock.answer(request))
    }

    /// Looks at it as the mock does.
    pub fn with<T>(&self, look: impl FnOnce(&Request<'_>) -> T) -> T {
        let headers: Vec<(&str, &[u8])> =
            self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())).collect();
        look(&Request {
            method: &self.method,
            path: &self.path,
            query: self.query.as_deref(),
            headers: &headers,
            body: Body::Bytes(&self.body),
        })
    }
}

/// What every answer must be: of a known status, and where it says that it is JSON, JSON.
pub fn check(response: &Response) {
    assert!((200..600).contains(&response.status), "{response:?}");
    let json = response.header("content-type").is_some_and(|media| media.starts_with("application/json"));
    if let Some(body) = response.body.as_ref().filter(|body| json && !body.is_empty()) {
        assert!(Value::parse(body).is_ok(), "{}", String::from_utf8_lossy(body));
    }
    assert_ne!(response.status, 500, "{response:?}");
}
