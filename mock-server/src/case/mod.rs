//! The format of a case, which the examples of a contract have too: a request, its answer, and what is to follow. Read strictly, so that a misspelt expectation is a
//! mistake and not a case that checks nothing. Read by the core's own JSON, so that `1e999999999` stays what it is.

mod base64;
pub mod matching;
mod place;

use base64::decode;
use bulk_delete_core::json::Value;
use place::Place;
pub use place::Wrong;

/// A case, or an example of a contract.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it shows, in a short sentence.
    pub name: String,
    /// The sentences of the vendor's document that it goes back to, or readings that begin with `ASSUMED: `.
    pub documents: Vec<String>,
    /// The contract, where the case names one.
    pub contract: Option<String>,
    /// The world that it starts from; `None` is the contract's own.
    pub world: Option<Value>,
    /// What goes wrong inside the server.
    pub fault: Option<Fault>,
    /// The exchanges, in order; at least one.
    pub steps: Vec<Step>,
}

/// What goes wrong inside the server while it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It fails before it has changed anything.
    Internal,
}

/// One exchange of a case.
#[derive(Clone, Debug)]
pub struct Step {
    /// By how many seconds the clock moves before it.
    pub advance_seconds: u64,
    /// Who calls, by their id in the world; `None` is nobody, without credentials.
    pub caller: Option<String>,
    /// The scopes of the token that is made for the caller; `None` stands for the caller's own.
    pub scopes: Option<Vec<String>>,
    /// What is asked.
    pub request: CaseRequest,
    /// What is answered.
    pub response: Expected,
    /// What has changed in the world since the case began.
    pub changes: Option<ExpectedChanges>,
    /// What a reader of the answer must conclude: a row for each distinct id.
    pub report: Option<Vec<Value>>,
}

/// A request as it is sent.
#[derive(Clone, Debug)]
pub struct CaseRequest {
    /// The HTTP method.
    pub method: String,
    /// The path, percent-encoded, without the query.
    pub path: String,
    /// The query without its question mark.
    pub query: Option<String>,
    /// Headers in the file's order.
    pub headers: Vec<(String, String)>,
    /// The body's bytes; `None` where there is no body.
    pub body: Option<Vec<u8>>,
}

impl CaseRequest {
    /// Whether the request has this header, whatever the case of its name.
    pub fn has_header(&self, name: &str) -> bool {
        self.headers.iter().any(|(own, _)| own.eq_ignore_ascii_case(name))
    }

    /// Whether the request brings credentials of its own, which take the place of the caller's.
    pub fn has_credentials(&self) -> bool {
        self.has_header("authorization") || self.has_header("x-auth-token")
    }
}

/// An answer as it is expected.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The HTTP status.
    pub status: u16,
    /// Some of its headers; `None` is one that must be absent.
    pub headers: Vec<(String, Option<String>)>,
    /// What is expected of the body.
    pub body: ExpectedBody,
}

/// What is expected of a body.
#[derive(Clone, Debug)]
pub enum ExpectedBody {
    /// It is not looked at.
    Any,
    /// It is empty.
    Empty,
    /// It is this JSON, with placeholders.
    Json(Value),
}

/// What is expected to have changed, by ids in order. A list that the case leaves out is not looked at.
#[derive(Clone, Debug)]
pub struct ExpectedChanges {
    /// What was deleted.
    pub deleted: Option<Vec<Value>>,
    /// What was left without its parent.
    pub orphaned: Option<Vec<Value>>,
}

impl Case {
    /// Reads a case.
    ///
    /// # Errors
    /// What is wrong and where, by JSON Pointer.
    pub fn parse(bytes: &[u8]) -> Result<Self, Wrong> {
        let document = Value::parse(bytes)
            .map_err(|error| Wrong { pointer: String::new(), message: format!("is not JSON: {error}") })?;
        let place = Place::whole(&document);
        let known = ["name", "document", "contract", "world", "fault", "then"];
        let steps = [&known[..], &STEP_KEYS[..]].concat();
        place.closed(&steps)?;
        let documents = place.required("document")?;
        let documents = match documents.value {
            Value::String(text) => vec![text.clone()],
            _ => documents.texts()?,
        };
        if documents.is_empty() || documents.iter().any(String::is_empty) {
            return Err(Wrong {
                pointer: "/document".to_owned(),
                message: "is empty: quote the sentence that it shows, or write `ASSUMED:` and the reading"
                    .to_owned(),
            });
        }
        let is_again =
            |(index, text): &(usize, &String)| documents.iter().take(*index).any(|before| before == *text);
        if let Some((again, _)) = documents.iter().enumerate().find(is_again) {
            return Err(Wrong {
                pointer: format!("/document/{again}"),
                message: "stands here twice: leave one out".to_owned(),
            });
        }
        let mut steps = vec![Step::read(&place)?];
        if let Some(then) = place.optional("then") {
            for step in then.elements()? {
                step.closed(&[&STEP_KEYS[..], &["advance-seconds"]].concat())?;
                steps.push(Step::read(&step)?);
            }
        }
        let fault = place.optional("fault").map(|fault| match fault.text()? {
            "internal" => Ok(Fault::Internal),
            other => Err(fault.wrong(&format!("`{other}` is no fault: there is `internal`"))),
        });
        Ok(Self {
            name: place.required("name")?.text()?.to_owned(),
            documents,
            contract: place.optional("contract").map(|name| name.text().map(str::to_owned)).transpose()?,
            world: place.optional("world").map(|world| world.value.clone()),
            fault: fault.transpose()?,
            steps,
        })
    }
}

const STEP_KEYS: [&str; 6] = ["caller", "scopes", "request", "response", "changes", "report"];

impl Step {
    fn read(place: &Place<'_>) -> Result<Self, Wrong> {
        let seconds = |place: Place<'_>| {
            place.value.as_u64().ok_or_else(|| place.wrong("must be whole seconds, 0 or more"))
        };
        Ok(Self {
            advance_seconds: place.optional("advance-seconds").map_or(Ok(0), seconds)?,
            caller: place.optional("caller").map(|caller| caller.text().map(str::to_owned)).transpose()?,
            scopes: place.optional("scopes").map(|scopes| scopes.texts()).transpose()?,
            request: read_request(&place.required("request")?)?,
            response: read_response(&place.required("response")?)?,
            changes: place.optional("changes").map(|changes| read_changes(&changes)).transpose()?,
            report: place.optional("report").map(|report| read_report(&report)).transpose()?,
        })
    }
}

fn read_request(place: &Place<'_>) -> Result<CaseRequest, Wrong> {
    place.closed(&["method", "path", "query", "headers", "body", "text", "base64"])?;
    let headers = place.optional("headers").map_or(Ok(Vec::new()), |headers| {
        let members = headers.members()?.into_iter();
        members.map(|(name, value)| Ok((name, value.text()?.to_owned()))).collect::<Result<Vec<_>, Wrong>>()
    })?;
    let body = match (place.optional("body"), place.optional("text"), place.optional("base64")) {
        (None, None, None) => None,
        (Some(json), None, None) => Some(json.value.to_text().into_bytes()),
        (None, Some(text), None) => Some(text.text()?.as_bytes().to_vec()),
        (None, None, Some(base64)) => {
            Some(decode(base64.text()?).ok_or_else(|| base64.wrong("must be Base64"))?)
        }
        _ => return Err(place.wrong("has more than one of `body`, `text` and `base64`")),
    };
    Ok(CaseRequest {
        method: place.required("method")?.text()?.to_owned(),
        path: place.required("path")?.text()?.to_owned(),
        query: place.optional("query").map(|query| query.text().map(str::to_owned)).transpose()?,
        headers,
        body,
    })
}

fn read_response(place: &Place<'_>) -> Result<Expected, Wrong> {
    place.closed(&["status", "headers", "body", "no-body"])?;
    let status = place.required("status")?;
    let headers = place.optional("headers").map_or(Ok(Vec::new()), |headers| {
        let members = headers.members()?;
        members
            .into_iter()
            .map(|(name, value)| match value.value {
                Value::Null => Ok((name, None)),
                _ => Ok((name, Some(value.text()?.to_owned()))),
            })
            .collect::<Result<Vec<_>, Wrong>>()
    })?;
    let body = match (place.optional("body"), place.optional("no-body")) {
        (None, None) => ExpectedBody::Any,
        (Some(body), None) => ExpectedBody::Json(body.value.clone()),
        (None, Some(no)) if no.value.as_bool() == Some(true) => ExpectedBody::Empty,
        (None, Some(no)) => return Err(no.wrong("must be true, or be left out")),
        (Some(_), Some(_)) => return Err(place.wrong("has both `body` and `no-body`")),
    };
    let number = status.value.as_u64().and_then(|number| u16::try_from(number).ok());
    Ok(Expected { status: number.ok_or_else(|| status.wrong("must be an HTTP status"))?, headers, body })
}

fn read_changes(place: &Place<'_>) -> Result<ExpectedChanges, Wrong> {
    place.closed(&["deleted", "orphaned"])?;
    let elements =
        |ids: Place<'_>| Ok::<_, Wrong>(ids.elements()?.into_iter().map(|id| id.value.clone()).collect());
    let ids = |name| place.optional(name).map(elements).transpose();
    Ok(ExpectedChanges { deleted: ids("deleted")?, orphaned: ids("orphaned")? })
}

fn read_report(place: &Place<'_>) -> Result<Vec<Value>, Wrong> {
    place.closed(&["items"])?;
    place
        .required("items")?
        .elements()?
        .into_iter()
        .map(|item| {
            item.closed(&["id", "outcome", "gone", "evidence", "code", "reason", "retry"])?;
            for name in ["id", "outcome", "gone", "evidence", "retry"] {
                item.required(name)?;
            }
            Ok(item.value.clone())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str = r#"{"name": "n", "document": ["ASSUMED: a", "b"], "caller": "ada",
        "request": {"method": "POST", "path": "/p", "base64": "/w==", "headers": {"A": "b"}},
        "response": {"status": 200, "headers": {"C": null}, "no-body": true},
        "changes": {"deleted": [7]},
        "then": [{"advance-seconds": 3, "request": {"method": "GET", "path": "/", "body": 1e999999999},
                  "response": {"status": 404, "body": "{any}"}}]}"#;

    #[test]
    fn a_case_is_read() {
        let case = Case::parse(WHOLE.as_bytes()).unwrap();
        assert_eq!((case.documents.len(), case.steps.len()), (2, 2));
        assert_eq!(case.steps[0].request.body.as_deref(), Some(&b"\xff"[..]));
        assert_eq!(case.steps[1].request.body.as_deref(), Some(&b"1e999999999"[..]));
        assert_eq!(case.steps[1].advance_seconds, 3);
        assert!(matches!(case.steps[0].response.body, ExpectedBody::Empty));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for (good, bad, told) in [
            ("\"name\"", "\"Name\"", "unknown key `Name`"),
            ("\"no-body\": true", "\"no-body\": false", "/response/no-body"),
            ("\"deleted\"", "\"delete\"", "/changes: unknown key `delete`"),
            ("\"advance-seconds\"", "\"advance\"", "/then/0: unknown key `advance`"),
            ("/w==", "/w=", "/request/base64"),
            (r#"["ASSUMED: a", "b"]"#, "[]", "/document: is empty"),
            (r#"["ASSUMED: a", "b"]"#, "\"\"", "/document: is empty"),
            (r#"["ASSUMED: a", "b"]"#, r#"["a", "b", "a"]"#, "/document/2: stands here twice"),
            ("\"path\": \"/p\", ", "", "/request: `path` is missing"),
            ("\"caller\": \"ada\"", "\"fault\": \"later\"", "/fault"),
        ] {
            let error = Case::parse(WHOLE.replace(good, bad).as_bytes()).unwrap_err().to_string();
            assert!(error.contains(told), "{error}");
        }
    }
}
