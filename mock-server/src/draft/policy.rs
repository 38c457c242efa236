//! Writes the policy of a drafted contract.

use super::plan::{Plan, Telling, object, text};
use super::shape::{Success, envelope};
use bulk_delete_core::json::{Object, Value, segments};

impl Plan<'_, '_> {
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
}

fn item_checks(telling: Telling) -> Value {
    let check = |name: &str, otherwise: &str| object([("check", text(name)), ("else", text(otherwise))]);
    let mut checks = vec![check("exists", "unknown")];
    if telling == Telling::Reasons {
        checks.push(check("deletable", "failed"));
    }
    Value::Array(checks)
}
