//! Writes the world of a drafted contract, and the first exchange in it.

use super::plan::{Plan, Telling, object, text};
use super::sample::{self, Style};
use bulk_delete_core::json::{Object, Value, segments};

impl Plan<'_, '_> {
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
