//! Load with faults on, for some seconds (`SOAK_SECONDS`, 4 unless it is said), on the program itself: clients that retry
//! whatever goes wrong, several in each of two sessions. Afterwards a simple model, the journal and the changes must agree:
//! no deletion is lost, none happens twice, and what was answered with a failure has deleted nothing. Memory stays flat.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test fails by panicking"
)]

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const WORKSPACE: &str = "75A40874E6B64FA3AE0743278996850F";
const MODELS: usize = 200;
const REQUESTS: usize = 80;
const CLIENTS: usize = 2;
const SESSIONS: [&str; 2] = ["one", "two"];

struct Program {
    child: Child,
    address: String,
}

impl Program {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bulk-delete-mock"))
            .args(["serve", "--port", "0", "--json", "--require-session", "--journal-bytes", "4000000"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let address = ready["url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned();
        Self { child, address }
    }

    #[cfg(target_os = "linux")]
    fn memory(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Keeps a connection until something goes wrong with it.
struct Client {
    address: String,
    session: &'static str,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    fn new(address: &str, session: &'static str) -> Self {
        Self { address: address.to_owned(), session, stream: None }
    }

    /// The status and what came of the body; `None` where the connection ended before all of it came.
    fn send(&mut self, method: &str, path: &str, body: &str) -> Option<(u16, Vec<u8>)> {
        let mut stream = self.stream.take().unwrap_or_else(|| {
            let stream = TcpStream::connect(&self.address).unwrap();
            stream.set_nodelay(true).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            BufReader::new(stream)
        });
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nX-Mock-Session: {}\r\nAuthorization: AnaplanAuthToken ada-token\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.session,
            body.len()
        );
        stream.get_mut().write_all(request.as_bytes()).ok()?;
        let (mut status, mut length) = (0, 0);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some(rest) = line.strip_prefix("content-length: ") {
                length = rest.trim().parse().unwrap();
            } else if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).ok()?;
        self.stream = Some(stream);
        Some((status, body))
    }

    fn control(&mut self, method: &str, call: &str, body: &str) -> Value {
        let (status, body) =
            self.send(method, &format!("/__mock/{call}"), body).expect("the control API has no faults");
        assert!(status < 300, "{method} {call}: {status} {}", String::from_utf8_lossy(&body));
        if body.is_empty() { Value::Null } else { serde_json::from_slice(&body).unwrap() }
    }
}

fn id(number: usize) -> String {
    format!("{number:032X}")
}

/// What one client was told in a round.
#[derive(Default)]
struct Told {
    requests: usize,
    /// Requests that were not answered, or not so that it could be read.
    unanswered: usize,
    failures: usize,
    deleted: Vec<String>,
}

fn client(address: &str, session: &'static str, mut lot: u64) -> Told {
    let mut client = Client::new(address, session);
    let mut told = Told::default();
    let mut draw = |bound: usize| {
        lot ^= lot << 13;
        lot ^= lot >> 7;
        lot ^= lot << 17;
        usize::try_from(lot >> 33).unwrap() % bound
    };
    let path = format!("/2/0/workspaces/{WORKSPACE}/bulkDeleteModels");
    for _ in 0..REQUESTS {
        let ids: BTreeSet<String> = (0..1 + draw(4)).map(|_| id(draw(MODELS))).collect();
        let body = json!({"modelIdsToDelete": ids}).to_string();
        // As clients do that retry: the same request until it is answered.
        for _ in 0..4 {
            told.requests += 1;
            match client.send("POST", &path, &body) {
                Some((200, body)) => {
                    let Ok(answer) = serde_json::from_slice::<Value>(&body) else {
                        told.unanswered += 1;
                        continue;
                    };
                    let kept: Vec<&str> = answer["bulkDeleteModelsFailures"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .map(|row| row["modelId"].as_str().unwrap())
                        .collect();
                    let gone: Vec<String> =
                        ids.iter().filter(|id| !kept.contains(&id.as_str())).cloned().collect();
                    assert_eq!(answer["modelsDeleted"], gone.len());
                    told.deleted.extend(gone);
                    break;
                }
                Some((status, _)) => {
                    assert!(matches!(status, 429 | 503), "{status}");
                    told.failures += 1;
                }
                None => told.unanswered += 1,
            }
        }
    }
    told
}

fn begin(control: &mut Client, round: usize) {
    let models: Vec<Value> = (0..MODELS)
        .map(|number| json!({"kind": "model", "id": id(number), "container": format!("workspace/{WORKSPACE}")}))
        .collect();
    let world = json!({
        "containers": [{"kind": "workspace", "id": WORKSPACE}],
        "callers": [{"id": "ada", "tokens": ["ada-token"], "grants": [
            {"container": format!("workspace/{WORKSPACE}"), "roles": ["workspace-administrator"]}]}],
        "resources": models,
    });
    control.control("POST", "reset", "");
    control.control("PUT", "world", &world.to_string());
    let faults = json!([
        {"status": 503, "probability": 0.1},
        {"status": 429, "probability": 0.05},
        {"connection": "dropped-before", "probability": 0.05},
        {"connection": "dropped-after", "probability": 0.05},
        {"body": "malformed", "probability": 0.05},
        {"body": "truncated", "probability": 0.05},
        {"body": {"slow": 2}, "probability": 0.05},
        {"latency": {"from": 0, "to": 2}, "probability": 0.2},
    ]);
    let mut faults = faults.as_array().unwrap().clone();
    for (number, fault) in faults.iter_mut().enumerate() {
        fault["seed"] = json!(round * 100 + number);
    }
    control.control("POST", "faults", &Value::from(faults).to_string());
}

/// Holds what clients were told, the journal and the changes of a session against each other. Gives how many were deleted, and
/// how many requests a fault has struck.
fn check(control: &mut Client, told: &[Told]) -> (usize, usize) {
    let journal = control.control("GET", "journal", "");
    assert_eq!(journal["dropped"], 0);
    let entries = journal["entries"].as_array().unwrap();
    assert_eq!(
        entries.len(),
        told.iter().map(|told| told.requests).sum::<usize>(),
        "each request is in the journal once"
    );
    let mut deletions = BTreeMap::<String, usize>::new();
    let mut model: BTreeSet<String> = (0..MODELS).map(id).collect();
    for entry in entries {
        let deleted: Vec<&str> =
            entry["deleted"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
        let failed = entry["response"]["status"].as_u64().unwrap() >= 400;
        assert!(!failed || deleted.is_empty(), "a failure has deleted: {entry}");
        if !failed {
            let items = entry["decision"]["items"].as_array().unwrap();
            let asked = items.iter().map(|item| item["id"].as_str().unwrap());
            // Entries stand in the order in which they were answered, and two that came at once may have changed places;
            // each id is deleted by one of them all the same.
            let expected: Vec<&str> = asked.filter(|id| deleted.contains(id)).collect();
            assert_eq!(deleted, expected, "{entry}");
        }
        for id in deleted {
            *deletions.entry(id.to_owned()).or_default() += 1;
            assert!(model.remove(id), "{id} was deleted twice, or never was there");
        }
    }
    assert!(deletions.values().all(|count| *count == 1), "{deletions:?}");
    let changes = control.control("GET", "changes", "");
    let changed: BTreeSet<String> = changes["deleted"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(changed, deletions.keys().cloned().collect(), "the journal agrees with the changes");
    let world = control.control("GET", "world", "");
    let left: BTreeSet<String> = world["resources"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(left, model, "what was not deleted is there");
    let mut claimed = BTreeSet::new();
    for id in told.iter().flat_map(|told| &told.deleted) {
        assert!(claimed.insert(id.clone()), "{id}: two answers say that they deleted it");
        assert!(deletions.contains_key(id), "{id}: an answer says that it is deleted, and it is not");
    }
    let unanswered: usize = told.iter().map(|told| told.unanswered).sum();
    assert!(
        deletions.len() - claimed.len() <= unanswered * 4,
        "more is gone than unread answers can tell of"
    );
    let struck = entries.iter().filter(|entry| !entry["fault"].is_null()).count();
    (deletions.len(), struck)
}

#[test]
#[cfg(target_os = "linux")]
fn load_with_faults_loses_and_doubles_no_deletion_and_keeps_memory_flat() {
    let seconds = std::env::var("SOAK_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(4);
    let program = Program::start();
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut round, mut requests, mut deleted, mut struck, mut memory) = (0, 0, 0, 0, Vec::new());
    while Instant::now() < end || round < 4 {
        let mut controls = SESSIONS.map(|session| Client::new(&program.address, session));
        controls.iter_mut().for_each(|control| begin(control, round));
        let told: Vec<Vec<Told>> = std::thread::scope(|scope| {
            let address = &program.address;
            let running = SESSIONS.map(|session| {
                (0..CLIENTS)
                    .map(|number| {
                        let lot = 0x9e37_79b9_7f4a_7c15 ^ ((round * 10 + number + session.len()) as u64) << 7;
                        scope.spawn(move || client(address, session, lot))
                    })
                    .collect::<Vec<_>>()
            });
            running
                .into_iter()
                .map(|clients| clients.into_iter().map(|client| client.join().unwrap()).collect())
                .collect()
        });
        for (control, told) in controls.iter_mut().zip(&told) {
            let (gone, by_faults) = check(control, told);
            requests += told.iter().map(|told| told.requests).sum::<usize>();
            deleted += gone;
            struck += by_faults;
        }
        memory.push(program.memory());
        round += 1;
    }
    println!(
        "{round} rounds, {requests} requests, {struck} faults, {deleted} deletions; memory in KB {memory:?}"
    );
    assert!(struck * 10 > requests, "faults have struck");
    assert!(deleted > round * MODELS / 2, "much was deleted");
    // After the first rounds have made room for what every round needs.
    let (early, late) = (memory[1], memory[memory.len() - 1]);
    assert!(late < early + 6 * 1024, "memory grows: {memory:?}");
}
