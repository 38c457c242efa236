//! Writes the policy, the world and the first example of a drafted contract.

use super::gather::{Documented, Gathered};
use super::guess::{Credential, Ids};
use super::sample::{self, Style};
use super::schemas::Schemas;
use super::shape::{Done, Success, envelope};
use bulk_delete_core::json::{Object, Value, segments};

/// How much of what the answers could tell is used; what reads backwards is tried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// Items may be unknown, or fail for a reason of their own.
    Reasons,
    /// Items may be unknown.
    Unknown,
    /// One unknown item refuses all.
    AllOrNothing,
    /// The answer does not tell an unknown item from a deleted one.
    Silent,
}

/// What a draft is made of.
#[derive(Debug)]
pub(super) struct Plan<'p, 'd> {
    pub(super) gathered: &'p Gathered,
    pub(super) schemas: &'p Schemas<'d>,
    pub(super) ids: &'p Ids,
    /// The name of the path's parameter, and the container's kind.
    pub(super) container: &'p Option<(String, String)>,
    pub(super) resource: &'p str,
    pub(super) credentials: &'p [Credential],
    pub(super) scopes: &'p [String],
    /// The status of the answer to a request that was carried out.
    pub(super) status: u16,
    pub(super) done: &'p Done,
    pub(super) success: Success,
    pub(super) source: &'p str,
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn text(text: impl Into<String>) -> Value {
    Value::String(text.into())
}

impl Plan<'_, '_> {
    fn documented(&self, status: u16) -> Option<&Documented> {
        self.gathered.answers.iter().find(|answer| answer.code() == Some(status))
    }

    /// Whether the document knows an answer for what does not exist.
    pub(super) fn knows_not_found(&self) -> bool {
        self.documented(404).is_some()
    }

    pub(super) fn policy(&self, telling: Telling) -> Value {
        let mut policy = Object::new();
        policy.push("format", Value::from(1_u64));
        policy.push("operation", text(&*self.gathered.id));
        policy.push("credentials", Value::Array(self.credentials.iter().map(|one| one.to_value()).collect()));
        policy.push("resource", text(self.resource));
        policy.push("ids", object([("at", text(&*self.ids.at))]));
        if let Some(spelling) = self.ids.spelling
            && let Some(name) = segments(&self.ids.at).and_then(|mut parts| parts.pop())
        {
            let rule = object([("spellings", Value::Array(vec![text(spelling)]))]);
            policy.push("query", object([(&name, rule)]));
        }
        if let Some((name, kind)) = self.container {
            policy
                .push("container", object([("kind", text(&**kind)), ("id", text(format!("/path/{name}")))]));
        }
        let atomicity = if telling == Telling::AllOrNothing { "all" } else { "each" };
        policy.push("atomicity", text(atomicity));
        policy.push("checks", object([("caller", self.caller_checks()), ("item", item_checks(telling))]));
        if self.success == Success::Accepted {
            let number = |number: u64| Value::from(number);
            let effects =
                [("when", text("later")), ("starts-after-seconds", number(1)), ("takes-seconds", number(5))];
            policy.push("effects", object(effects));
        }
        if telling == Telling::Silent {
            policy.push("silent", Value::Array(vec![Value::Array(vec![text("deleted"), text("unknown")])]));
        }
        policy.push("outcomes", self.outcomes(telling));
        if let Some((good, bad)) = &self.done.words {
            let words =
                [(self.success.name(), text(&**good)), ("not-found", text(&**bad)), ("failed", text(&**bad))];
            policy.push("words", object([("result", object(words))]));
        }
        let failures =
            self.gathered.answers.iter().filter(|answer| answer.code().is_none_or(|code| code >= 400));
        let schema = failures.filter_map(|answer| answer.schema.as_ref()).next();
        policy.push("error", object([("body", envelope(self.schemas, schema))]));
        policy.push("answers", self.answers(telling));
        let status: u64 =
            if self.documented(400).is_none() && self.documented(422).is_some() { 422 } else { 400 };
        let say = object([
            ("code", text("invalid_request")),
            ("message", text("{violation.pointer}: {violation.message}")),
        ]);
        let rules = Value::Array(vec![object([("say", say)])]);
        policy.push(
            "violations",
            object([("answer", text("first")), ("status", Value::from(status)), ("rules", rules)]),
        );
        Value::Object(policy)
    }

    fn caller_checks(&self) -> Value {
        let check = |name: &str, otherwise: &str| object([("check", text(name)), ("else", text(otherwise))]);
        let mut checks = vec![check("authenticated", "unauthorized")];
        for scope in self.scopes {
            checks.push(object([
                ("check", text("scope")),
                ("any-of", Value::Array(vec![text(&**scope)])),
                ("else", text("forbidden")),
            ]));
        }
        checks.push(check("valid", "violations"));
        if self.container.is_some() {
            checks.push(check("container-exists", "not-found"));
            checks.push(check("container-accessible", "forbidden"));
        }
        Value::Array(checks)
    }

    fn outcomes(&self, telling: Telling) -> Value {
        let unknown = format!("The {} does not exist.", self.resource.replace('-', " "));
        let mut outcomes = Object::new();
        outcomes.push("deleted", object([("is", text(self.success.name()))]));
        let mut gone = Object::from_iter([("is".to_owned(), text("not-found"))]);
        if telling == Telling::AllOrNothing {
            gone.push("answer", text("not-found"));
        }
        if telling != Telling::Silent {
            gone.push("reason", text(unknown));
        }
        outcomes.push("unknown", Value::Object(gone));
        if telling == Telling::Reasons {
            outcomes.push("failed", object([("is", text("failed")), ("reason", text("{item.fail}"))]));
        }
        Value::Object(outcomes)
    }

    fn answers(&self, telling: Telling) -> Value {
        let mut answers = Object::new();
        let mut done = Object::from_iter([("status".to_owned(), Value::from(u64::from(self.status)))]);
        if let Some(body) = &self.done.body {
            done.push("body", body.clone());
        }
        answers.push("done", Value::Object(done));
        let mut add = |name: &str, status: u16, code: &str, message: &str| {
            let described = self.documented(status).map(|answer| answer.description.as_str());
            let words =
                described.and_then(|described| described.lines().next()).filter(|line| !line.is_empty());
            let message = words.unwrap_or(message).replace('{', "{{").replace('}', "}}");
            let mut answer = Object::from_iter([("status".to_owned(), Value::from(u64::from(status)))]);
            if status == 429 {
                answer.push("headers", object([("Retry-After", text("{wait.seconds}"))]));
            }
            answer.push("say", object([("code", text(code)), ("message", text(message))]));
            answers.push(name, Value::Object(answer));
        };
        add("unauthorized", 401, "unauthorized", "The credentials are missing or not valid.");
        if self.container.is_some() || !self.scopes.is_empty() {
            add("forbidden", 403, "forbidden", "This is not allowed.");
        }
        if self.container.is_some() || telling == Telling::AllOrNothing {
            add("not-found", 404, "not_found", "Nothing was found.");
        }
        add("method", 405, "method_not_allowed", "The method is not allowed here.");
        add("timeout", 408, "timeout", "The request did not arrive in time.");
        add("too-large", 413, "too_large", "The request is too large.");
        if self.gathered.body.is_some() {
            add("media-type", 415, "media_type", "The body must be JSON.");
        }
        add("too-many", 429, "too_many_requests", "There are too many requests.");
        add("internal", 500, "internal", "The server failed.");
        Value::Object(answers)
    }

    fn container_id(&self, style: Style) -> Option<(String, String)> {
        let (name, kind) = self.container.as_ref()?;
        let of_path = |name: &str| {
            self.gathered
                .parameters
                .iter()
                .find(|parameter| parameter.place == "path" && parameter.name == name)
        };
        let parameter = of_path(name)?;
        let made = match style {
            Style::Given | Style::Named | Style::Email => format!("{kind}-1"),
            // Where ids have a form, those of containers mostly have it as well.
            other => other.id(5, kind, &Value::Null, &[])?.as_str()?.to_owned(),
        };
        Some((kind.clone(), self.of_parameter(parameter, &made)))
    }

    fn of_parameter(&self, parameter: &super::gather::Parameter, otherwise: &str) -> String {
        let value = match &parameter.example {
            Some(example) => example.clone(),
            None => sample::value(self.schemas, &parameter.schema),
        };
        match value {
            Value::String(text) if text == "text" => otherwise.to_owned(),
            Value::String(text) => text,
            Value::Number(number) if number.as_u64() == Some(1) && parameter.place == "path" => {
                "1001".to_owned()
            }
            other => other.to_text(),
        }
    }

    pub(super) fn world(&self, telling: Telling, style: Style) -> Option<Value> {
        let container = self.container_id(style);
        let place = container.as_ref().map(|(kind, id)| format!("{kind}/{id}"));
        let mut world = Object::new();
        if let Some((kind, id)) = &container {
            world.push(
                "containers",
                Value::Array(vec![object([("kind", text(&**kind)), ("id", text(&**id))])]),
            );
        }
        let caller = |name: &str, granted: bool| {
            let mut caller = Object::from_iter([("id".to_owned(), text(name))]);
            caller.push("tokens", Value::Array(vec![text(format!("{name}-token"))]));
            let login = [
                ("user", text(format!("{name}@example.com"))),
                ("password", text(format!("{name}-password"))),
            ];
            caller.push("login", object(login));
            if granted && !self.scopes.is_empty() {
                caller.push("scopes", Value::Array(self.scopes.iter().map(|scope| text(&**scope)).collect()));
            }
            if granted && let Some(place) = &place {
                caller.push("grants", Value::Array(vec![object([("container", text(&**place))])]));
            }
            Value::Object(caller)
        };
        world.push("callers", Value::Array(vec![caller("ada", true), caller("bob", false)]));
        let mut resources = Vec::new();
        for number in 0..4 {
            let mut resource = Object::from_iter([("kind".to_owned(), text(self.resource))]);
            resource.push("id", self.id(style, number)?);
            if let Some(place) = &place {
                resource.push("container", text(&**place));
            }
            resource.push("name", text(format!("{} {}", self.resource.replace('-', " "), number + 1)));
            resource.push("owner", text(if number == 3 { "bob" } else { "ada" }));
            if number == 2 && telling == Telling::Reasons {
                resource.push("on-delete", object([("fail", text("This one cannot be deleted."))]));
            }
            resources.push(Value::Object(resource));
        }
        world.push("resources", Value::Array(resources));
        Some(Value::Object(world))
    }

    fn id(&self, style: Style, number: u32) -> Option<Value> {
        style.id(number, self.resource, &self.ids.list, &self.ids.examples)
    }

    /// The first exchange, with an answer that is still to be filled in.
    pub(super) fn example(&self, telling: Telling, style: Style) -> Option<Value> {
        let wanted: &[u32] = match telling {
            Telling::Reasons => &[0, 2, 7],
            Telling::Unknown | Telling::Silent => &[0, 7],
            Telling::AllOrNothing => &[0, 1],
        };
        let most =
            self.ids.list.get("maxItems").and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
        let least = self
            .ids
            .list
            .get("minItems")
            .and_then(Value::as_u64)
            .and_then(|least| usize::try_from(least).ok());
        let more = [1, 3, 8].into_iter().take(least.unwrap_or(0).saturating_sub(wanted.len()));
        let numbers = wanted.iter().copied().chain(more).take(most.unwrap_or(usize::MAX));
        let ids: Vec<Value> = numbers.map(|number| self.id(style, number)).collect::<Option<_>>()?;
        let mut request = Object::new();
        request.push("method", text(self.gathered.method.to_ascii_uppercase()));
        request.push("path", text(self.path(style)));
        let query = self.query(&ids);
        if !query.is_empty() {
            request.push("query", text(query.join("&")));
        }
        let mut headers = Object::new();
        for parameter in self.gathered.parameters.iter().filter(|one| one.place == "header" && one.required) {
            headers.push(&*parameter.name, text(self.of_parameter(parameter, "text")));
        }
        if let Some(body) = &self.gathered.body {
            if let Some(media_type) = body.media_types.first().filter(|name| *name != "application/json") {
                headers.push("Content-Type", text(&**media_type));
            }
            let mut whole = sample::value(self.schemas, &body.schema);
            let mut at = segments(&self.ids.at)?;
            if at.first().is_some_and(|first| first == "body") {
                at.remove(0);
                set(&mut whole, &at, Value::Array(ids));
            }
            if !headers.is_empty() {
                request.push("headers", Value::Object(headers));
            }
            request.push("body", whole);
        } else if !headers.is_empty() {
            request.push("headers", Value::Object(headers));
        }
        Some(object([
            ("name", text("The first exchange")),
            (
                "document",
                text(format!("ASSUMED: drafted from {}; put what the documents show here", self.source)),
            ),
            ("caller", text("ada")),
            ("request", Value::Object(request)),
            ("response", object([("status", Value::from(u64::from(self.status)))])),
        ]))
    }

    fn path(&self, style: Style) -> String {
        let container = self.container_id(style);
        let segments = self.gathered.path.split('/').map(|segment| {
            let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
                return segment.to_owned();
            };
            match (&container, self.container) {
                (Some((_, id)), Some((own, _))) if own == name => encoded(id),
                _ => {
                    let parameter =
                        self.gathered.parameters.iter().find(|one| one.place == "path" && one.name == name);
                    encoded(&parameter.map_or_else(|| "1".to_owned(), |one| self.of_parameter(one, "1")))
                }
            }
        });
        segments.collect::<Vec<_>>().join("/")
    }

    fn query(&self, ids: &[Value]) -> Vec<String> {
        let written = |id: &Value| encoded(&id.as_str().map_or_else(|| id.to_text(), str::to_owned));
        let mut query = Vec::new();
        for parameter in self.gathered.parameters.iter().filter(|parameter| parameter.place == "query") {
            let name = encoded(&parameter.name);
            if self.ids.at == format!("/query/{}", parameter.name) {
                match self.ids.spelling {
                    Some("commas") => query
                        .push(format!("{name}={}", ids.iter().map(written).collect::<Vec<_>>().join(","))),
                    Some("brackets") => {
                        query.extend(ids.iter().map(|id| format!("{name}[]={}", written(id))))
                    }
                    _ => query.extend(ids.iter().map(|id| format!("{name}={}", written(id)))),
                }
            } else if parameter.required {
                query.push(format!("{name}={}", encoded(&self.of_parameter(parameter, "text"))));
            }
        }
        query
    }
}

fn item_checks(telling: Telling) -> Value {
    let check = |name: &str, otherwise: &str| object([("check", text(name)), ("else", text(otherwise))]);
    let mut checks = vec![check("exists", "unknown")];
    if telling == Telling::Reasons {
        checks.push(check("deletable", "failed"));
    }
    Value::Array(checks)
}

impl Credential {
    fn to_value(&self) -> Value {
        let mut value = Object::from_iter([
            ("kind".to_owned(), text(self.kind)),
            ("header".to_owned(), text(&*self.header)),
        ]);
        if let Some(scheme) = self.scheme {
            value.push("scheme", text(scheme));
        }
        Value::Object(value)
    }
}

/// Percent-encodes what is no plain part of a path or query.
fn encoded(text: &str) -> String {
    const PLAIN: percent_encoding::AsciiSet = percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~')
        .remove(b'@')
        .remove(b':');
    percent_encoding::utf8_percent_encode(text, &PLAIN).to_string()
}

/// Puts a value at a place among objects, which are made where there are none.
fn set(whole: &mut Value, at: &[String], value: Value) {
    let Some((first, rest)) = at.split_first() else {
        *whole = value;
        return;
    };
    if whole.as_object().is_none() {
        *whole = Value::Object(Object::new());
    }
    if let Value::Object(object) = whole {
        let mut below = object.get(first).cloned().unwrap_or(Value::Null);
        set(&mut below, rest, value);
        object.insert(first.clone(), below);
    }
}
