//! Guesses what no OpenAPI document says in so many words: what is deleted, what holds it, and what they are called.

use super::gather::Gathered;
use super::ids::{Ids, score};

/// The container: the last parameter of the path, with its kind.
pub(super) fn container(gathered: &Gathered) -> Option<(String, String)> {
    let mut before = "";
    let mut found = None;
    for segment in gathered.path.split('/') {
        if let Some(name) = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            let plain = ["IdOrName", "IdOrKey", "_id_or_name", "Id", "_id", "ID", "Key", "_key"]
                .iter()
                .find_map(|end| name.strip_suffix(end));
            let kind = match plain.filter(|kind| !kind.is_empty()) {
                Some(kind) => kebab(kind),
                None if before.is_empty() => kebab(name),
                None => singular(&kebab(before)),
            };
            found = Some((name.to_owned(), kind));
        } else {
            before = segment;
        }
    }
    found
}

/// What is deleted: the last part of the path that is a thing and not an action.
pub(super) fn resource(gathered: &Gathered, ids: &Ids) -> String {
    const ACTIONS: [&str; 14] = [
        "delete", "destroy", "remove", "archive", "bulk", "batch", "many", "all", "purge", "trash", "api",
        "rest", "jobs", "async",
    ];
    let is_thing = |segment: &&str| {
        let words = kebab(segment);
        let is_version = words
            .strip_prefix('v')
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
        let is_action = words.split('-').any(|word| ACTIONS.contains(&word));
        !(segment.is_empty() || segment.starts_with('{') || is_action || is_version)
    };
    let thing = gathered
        .path
        .rsplit('/')
        .map(|segment| segment.split(['.', ':']).next().unwrap_or(segment))
        .find(is_thing);
    let list = ids.at.rsplit('/').next().filter(|name| score(name) == 6);
    singular(&kebab(thing.or(list).unwrap_or("item")))
}

/// `bulkDelete` and `bulk_delete` as `bulk-delete`.
pub(super) fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    let mut before = '-';
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && (before.is_ascii_lowercase() || before.is_ascii_digit()) {
            kebab.push('-');
        }
        kebab.push(if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' });
        before = letter;
    }
    let words: Vec<&str> = kebab.split('-').filter(|word| !word.is_empty()).collect();
    words.join("-")
}

fn singular(name: &str) -> String {
    match name {
        _ if name.ends_with("ies") => name.trim_end_matches("ies").to_owned() + "y",
        _ if name.ends_with("sses") || name.ends_with("xes") => {
            name.strip_suffix("es").unwrap_or(name).to_owned()
        }
        _ if name.ends_with("ss") || name.ends_with("us") => name.to_owned(),
        _ => name.strip_suffix('s').unwrap_or(name).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_turned_as_people_would() {
        for (name, expected) in [
            ("companies", "company"),
            ("addresses", "address"),
            ("boxes", "box"),
            ("scheduledTasks", "scheduled-task"),
            ("status", "status"),
            ("Records", "record"),
        ] {
            assert_eq!(singular(&kebab(name)), expected);
        }
    }
}
