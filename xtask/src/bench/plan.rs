//! What is measured: the files in `xtask/bench`, each a request to a contract and the world it is asked in.

use bulk_delete_core::json::{Object, Value};
use std::path::Path;

/// One file.
#[derive(Debug)]
pub(crate) struct Plan {
    /// The file's name without its ending.
    pub(crate) name: String,
    /// What it shows, for the table.
    pub(crate) shows: String,
    /// The world that takes the place of the contracts' own.
    pub(crate) world: Option<Object>,
    pub(crate) request: Request,
    pub(crate) measure: Measure,
}

#[derive(Debug)]
pub(crate) enum Measure {
    /// The same request, again and again, over many connections.
    Load,
    /// One request with more and more ids in a large world.
    Growth(Growth),
    /// This many sessions, and the request once in each.
    Sessions(u64),
    /// The same request, at least this often. It takes minutes, so it is made only where it is named.
    Endurance(u64),
}

#[derive(Clone, Debug)]
pub(crate) struct Growth {
    /// A resource of the world but for its id.
    pub(crate) resource: Object,
    /// How many of them the world holds.
    pub(crate) resources: u64,
    /// The property of the body that lists the ids.
    pub(crate) ids: String,
    /// How many are listed, fewest first.
    pub(crate) counts: Vec<u64>,
}

#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Object,
}

/// Reads the files of these names, or all.
pub(crate) fn read(only: &[String]) -> Result<Vec<Plan>, String> {
    read_from(Path::new("xtask/bench"), only)
}

pub(crate) fn read_from(folder: &Path, only: &[String]) -> Result<Vec<Plan>, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.strip_suffix(".json").map(str::to_owned))
        .collect();
    names.sort();
    if let Some(unknown) = only.iter().find(|name| !names.contains(name)) {
        return Err(format!("{} has no `{unknown}.json`; there are {}", folder.display(), names.join(", ")));
    }
    let wanted = names.into_iter().filter(|name| only.is_empty() || only.contains(name));
    let plans: Result<Vec<Plan>, String> = wanted
        .map(|name| read_one(folder, &name).map_err(|message| format!("{name}.json: {message}")))
        .collect();
    let named = |plan: &Plan| !only.is_empty() || !matches!(plan.measure, Measure::Endurance(_));
    Ok(plans?.into_iter().filter(named).collect())
}

fn read_one(folder: &Path, name: &str) -> Result<Plan, String> {
    let text = std::fs::read(folder.join(format!("{name}.json"))).map_err(|error| error.to_string())?;
    let file = Value::parse(&text).map_err(|error| error.to_string())?;
    let request = file.get("request").ok_or("`request` is missing")?;
    let count = |name: &str| {
        let read = |value: &Value| value.as_u64().ok_or_else(|| format!("`{name}` must be a number"));
        file.get(name).map(read).transpose()
    };
    let measure = match (file.get("growth"), count("sessions")?, count("requests")?) {
        (None, None, None) => Measure::Load,
        (Some(growth), None, None) => Measure::Growth(read_growth(growth)?),
        (None, Some(sessions), None) => Measure::Sessions(sessions),
        (None, None, Some(requests)) => Measure::Endurance(requests),
        _ => return Err("only one of `growth`, `sessions` and `requests` may stand in a file".to_owned()),
    };
    Ok(Plan {
        name: name.to_owned(),
        shows: text_at(&file, "shows")?,
        world: file.get("world").and_then(Value::as_object).cloned(),
        request: Request {
            method: text_at(request, "method")?,
            target: text_at(request, "target")?,
            headers: request
                .get("headers")
                .and_then(Value::as_object)
                .into_iter()
                .flat_map(|headers| headers.iter())
                .filter_map(|(name, value)| Some((name.to_owned(), value.as_str()?.to_owned())))
                .collect(),
            body: request
                .get("body")
                .and_then(Value::as_object)
                .cloned()
                .ok_or("`request/body` must be an object")?,
        },
        measure,
    })
}

fn read_growth(value: &Value) -> Result<Growth, String> {
    let counts = value.get("counts").and_then(Value::as_array).ok_or("`growth/counts` must be a list")?;
    Ok(Growth {
        resource: value
            .get("resource")
            .and_then(Value::as_object)
            .cloned()
            .ok_or("`growth/resource` must be an object")?,
        resources: value
            .get("resources")
            .and_then(Value::as_u64)
            .ok_or("`growth/resources` must be a number")?,
        ids: text_at(value, "ids")?,
        counts: counts.iter().filter_map(Value::as_u64).collect(),
    })
}

fn text_at(value: &Value, name: &str) -> Result<String, String> {
    value
        .get(name)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(|| format!("`{name}` must be a text"))
}
