//! What of a mock outlives its process: the world that all requests share that name no session, who is logged in to it, and the
//! key that signs. Written down as a document (`schemas/state.schema.json`), and read from one, whole or not at all. Where the
//! document is kept is left to the shell.
//!
//! Deletions that are on their way are written down as they are going to end. What happened (changes, audit trail, operations,
//! journal), what is to go wrong, and where the clock was moved to belong to the process, and so do the sessions: each is a copy
//! of the seed, made for a test.

use super::reply::{list, object};
use super::{Mark, Mock};
use crate::credentials::jwt::Key;
use crate::credentials::token::{Made, Tokens};
use crate::mock::calendar;
use bulk_delete_core::contract::Contract;
use bulk_delete_core::json::{Object, Value, push_index, push_segment};
use bulk_delete_core::problem::{Problem, Problems};
use bulk_delete_core::time::Timestamp;
use bulk_delete_core::world::check::check_world;
use bulk_delete_core::world::{Seed, World};
use std::sync::Arc;

/// The only version of the format.
const FORMAT: u64 = 1;

/// What the document is called in problems.
const DOCUMENT: &str = "state";

const KEYS: [&str; 7] = ["$schema", "format", "saved", "key", "tokens", "logged-out", "world"];

/// What another process goes on with.
pub struct Kept {
    world: Arc<Seed>,
    tokens: Vec<(String, Made)>,
    logged_out: Vec<String>,
    key: Key,
}

impl Mock {
    /// Which state it is in: two readings that are equal are of the same. Looking at things may bring it into another one, as
    /// what is due happens then.
    pub fn mark(&self) -> Mark {
        self.sessions.shared().state().mark()
    }

    /// What another process needs to go on from here, and of which state this is.
    pub fn keep(&self) -> (Mark, Value) {
        let now = self.clock().now();
        // A world and its tokens are cheap to copy; others need not wait while they are written down.
        let (mark, mut world, tokens) = {
            let state = self.sessions.shared().state();
            (state.mark(), state.world.clone(), state.tokens.clone())
        };
        world.advance(Timestamp(i64::MAX));
        let made = tokens.good(now).map(|(token, made)| token_row(token, made));
        let document = object([
            ("format", Value::from(FORMAT)),
            ("saved", Value::from(now.to_string())),
            ("key", Value::from(self.key.secret())),
            ("tokens", list(made)),
            ("logged-out", list(tokens.logged_out().map(Value::from))),
            ("world", world.to_value(None)),
        ]);
        (mark, document)
    }

    /// Goes on where another process ended. A reset still goes back to where this one began.
    #[must_use]
    pub fn go_on(mut self, kept: Kept) -> Self {
        self.key = Arc::new(kept.key);
        let mut state = self.sessions.shared().state();
        state.begin(kept.world);
        put_tokens(&mut state.tokens, kept.tokens, kept.logged_out);
        drop(state);
        self
    }
}

fn put_tokens(tokens: &mut Tokens, made: Vec<(String, Made)>, logged_out: Vec<String>) {
    made.into_iter().for_each(|(token, made)| tokens.add(token, made));
    logged_out.into_iter().for_each(|token| tokens.stay_logged_out(token));
}

fn token_row(token: &str, made: &Made) -> Value {
    let mut row = Object::new();
    row.push("token", Value::from(token));
    row.push("caller", Value::from(made.caller.as_str()));
    if let Some(scopes) = &made.scopes {
        row.push("scopes", list(scopes.iter().map(|scope| Value::from(scope.as_str()))));
    }
    row.push("expires", Value::from(made.expires.to_string()));
    Value::Object(row)
}

impl Kept {
    /// Reads a document, for a mock of these contracts.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, and with its world beside the contracts.
    pub fn read(text: &[u8], contracts: &[Contract]) -> Result<Self, Vec<Problem>> {
        let mut problems = Problems::new(DOCUMENT);
        let document = match Value::parse(text) {
            Ok(Value::Object(document)) => document,
            Ok(other) => {
                problems.push("", format!("must be an object, and is {}", other.type_name()));
                return Err(problems.into_vec());
            }
            Err(error) => {
                problems.push("", format!("not JSON: {error}"));
                return Err(problems.into_vec());
            }
        };
        known(&document, "", &KEYS, &mut problems);
        if document.get("format").and_then(Value::as_u64) != Some(FORMAT) {
            problems.push("/format", format!("only format {FORMAT} is known"));
        }
        let key = document.get("key").and_then(Value::as_str).and_then(Key::from_secret);
        if key.is_none() {
            problems.push(
                "/key",
                "must be the key that this program wrote: the number of a P-256 key in base64url",
            );
        }
        let tokens = rows(&document, "tokens", &mut problems, token);
        let logged_out = rows(&document, "logged-out", &mut problems, |value, place, problems| {
            let token = value.as_str().map(str::to_owned);
            if token.is_none() {
                problems.push(place, "must be a token: a text");
            }
            token
        });
        let mut found = problems.into_vec();
        let world = document.get("world").unwrap_or(&Value::Null);
        let world = Seed::from_value(DOCUMENT, world).map(Arc::new).and_then(|seed| {
            let problems = check_world(contracts, &World::new(Arc::clone(&seed)));
            if problems.is_empty() { Ok(seed) } else { Err(problems) }
        });
        match (world, key) {
            (Ok(world), Some(key)) if found.is_empty() => Ok(Self { world, tokens, logged_out, key }),
            (world, _) => {
                found.extend(world.err().into_iter().flatten().map(|problem| Problem {
                    document: DOCUMENT.to_owned(),
                    pointer: format!("/world{}", problem.pointer),
                    message: problem.message,
                }));
                Err(found)
            }
        }
    }
}

/// Tells of every property that is not among these.
fn known(object: &Object, place: &str, known: &[&str], problems: &mut Problems) {
    for name in object.keys().filter(|name| !known.contains(name)) {
        problems.push(below(place, name), format!("unknown property: take one of {}", known.join(", ")));
    }
}

fn below(place: &str, name: &str) -> String {
    let mut pointer = place.to_owned();
    push_segment(&mut pointer, name);
    pointer
}

/// What a list holds; it may be absent.
fn rows<T>(
    document: &Object,
    name: &str,
    problems: &mut Problems,
    read: impl Fn(&Value, &str, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    match document.get(name) {
        None => {}
        Some(Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                let mut place = below("", name);
                push_index(&mut place, index);
                found.extend(read(item, &place, problems));
            }
        }
        Some(_) => problems.push(below("", name), "must be a list"),
    }
    found
}

fn token(value: &Value, place: &str, problems: &mut Problems) -> Option<(String, Made)> {
    let Some(row) = value.as_object() else {
        problems.push(place, "must be an object with `token`, `caller` and `expires`");
        return None;
    };
    known(row, place, &["token", "caller", "scopes", "expires"], problems);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut take = |name: &str, expected: &str, read: &dyn Fn(&Value) -> Option<String>| {
        let read = row.get(name).and_then(read);
        if read.is_none() {
            problems.push(below(place, name), format!("must be {expected}"));
        }
        read
    };
    let (token, caller) = (take("token", "a text", &text), take("caller", "the id of a caller", &text));
    let time = |value: &Value| value.as_str().and_then(calendar::rfc_3339);
    let written =
        take("expires", "a time: 2026-11-21T22:03:00Z", &|value| time(value).and_then(|_| text(value)));
    let scopes = match row.get("scopes") {
        None => Some(None),
        Some(listed) => {
            let scopes = listed.as_array().and_then(|list| list.iter().map(text).collect::<Option<Vec<_>>>());
            if scopes.is_none() {
                problems.push(below(place, "scopes"), "must be a list of texts");
            }
            scopes.map(Some)
        }
    };
    let expires = written.as_deref().and_then(calendar::rfc_3339)?;
    Some((token?, Made { caller: caller?, scopes: scopes?, expires }))
}
