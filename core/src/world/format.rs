//! The rows of `world.json`, as the document has them: keys and types are checked here, what they refer to in
//! `draft`.

use crate::json::{Object, Value};
use crate::problem::Problems;
use crate::request::ids::OwnedId;

use super::place::Place;
use super::read::{Fields, Listed, closed};
use super::resource::OnDelete;

/// The keys of the document, each an array that may be absent.
pub(super) const SECTIONS: [&str; 3] = ["containers", "callers", "resources"];

/// A container as a document lists it.
pub(super) struct ContainerRow<'v> {
    pub(super) kind: &'v str,
    pub(super) id: &'v str,
    pub(super) aliases: Vec<Listed<'v>>,
    pub(super) name: Option<&'v str>,
}

/// A caller as a document lists them.
pub(super) struct CallerRow<'v> {
    pub(super) id: &'v str,
    pub(super) tokens: Vec<Listed<'v>>,
    /// Access and secret.
    pub(super) keys: Vec<(&'v str, &'v str)>,
    /// User and password.
    pub(super) login: Option<(&'v str, &'v str)>,
    pub(super) scopes: Vec<Listed<'v>>,
    pub(super) grants: Vec<GrantRow<'v>>,
}

/// A grant as a document lists it.
pub(super) struct GrantRow<'v> {
    /// Its position among the caller's grants.
    pub(super) at: usize,
    /// Kind and id.
    pub(super) container: &'v str,
    pub(super) roles: Vec<Listed<'v>>,
    pub(super) permissions: Vec<Listed<'v>>,
}

/// A resource as a document lists it.
pub(super) struct ResourceRow<'v> {
    pub(super) kind: &'v str,
    pub(super) id: OwnedId,
    /// Kind and id.
    pub(super) container: Option<&'v str>,
    pub(super) name: Option<&'v str>,
    pub(super) owner: Option<&'v str>,
    pub(super) state: Option<&'v str>,
    pub(super) attributes: Option<&'v Object>,
    pub(super) visible_to: Option<Vec<Listed<'v>>>,
    pub(super) children: Vec<ChildRow<'v>>,
    pub(super) on_delete: Option<OnDelete>,
}

/// A child as a document lists it.
pub(super) struct ChildRow<'v> {
    /// Its position among the resource's children.
    pub(super) at: usize,
    pub(super) kind: &'v str,
    pub(super) id: OwnedId,
}

/// Reads a container.
pub(super) fn container<'v>(
    value: &'v Value,
    place: &Place<'_>,
    problems: &mut Problems,
) -> Option<ContainerRow<'v>> {
    let fields = closed(value, place, &["kind", "id", "aliases", "name"], problems)?;
    let kind = fields.required_word("kind", problems);
    if kind.is_some_and(|kind| kind.contains('/')) {
        fields.problem("kind", "must not hold a slash, which stands between kind and id elsewhere", problems);
    }
    let id = fields.required_word("id", problems);
    let aliases = fields.words("aliases", problems);
    let name = fields.text("name", problems);
    Some(ContainerRow { kind: kind?, id: id?, aliases, name })
}

/// Reads a caller.
pub(super) fn caller<'v>(
    value: &'v Value,
    place: &Place<'_>,
    problems: &mut Problems,
) -> Option<CallerRow<'v>> {
    let known = ["id", "tokens", "keys", "login", "scopes", "grants"];
    let fields = closed(value, place, &known, problems)?;
    let id = fields.required_word("id", problems);
    let tokens = fields.words("tokens", problems);
    let keys_place = place.key("keys");
    let keys = each(&fields, "keys", problems, |at, value, problems| {
        pair(value, &keys_place.item(at), ["access", "secret"], problems)
    });
    let login = fields
        .get("login")
        .and_then(|value| pair(value, &place.key("login"), ["user", "password"], problems));
    let scopes = fields.words("scopes", problems);
    let grants_place = place.key("grants");
    let grants = each(&fields, "grants", problems, |at, value, problems| {
        grant(at, value, &grants_place.item(at), problems)
    });
    Some(CallerRow { id: id?, tokens, keys, login, scopes, grants })
}

/// Reads a resource.
pub(super) fn resource<'v>(
    value: &'v Value,
    place: &Place<'_>,
    problems: &mut Problems,
) -> Option<ResourceRow<'v>> {
    let known = [
        "kind",
        "id",
        "container",
        "name",
        "owner",
        "state",
        "attributes",
        "visible-to",
        "children",
        "on-delete",
    ];
    let fields = closed(value, place, &known, problems)?;
    let kind = fields.required_word("kind", problems);
    let id = fields.required_id("id", problems);
    let container = fields.word("container", problems);
    let name = fields.text("name", problems);
    let owner = fields.word("owner", problems);
    let state = fields.word("state", problems);
    let attributes = fields.get("attributes").and_then(|value| {
        if value.as_object().is_none() {
            fields.problem("attributes", "must be an object", problems);
        }
        value.as_object()
    });
    let visible_to = fields.get("visible-to").map(|_| fields.words("visible-to", problems));
    let children_place = place.key("children");
    let children = each(&fields, "children", problems, |at, value, problems| {
        child(at, value, &children_place.item(at), problems)
    });
    let on_delete =
        fields.get("on-delete").and_then(|value| on_delete(value, &place.key("on-delete"), problems));
    Some(ResourceRow {
        kind: kind?,
        id: id?,
        container,
        name,
        owner,
        state,
        attributes,
        visible_to,
        children,
        on_delete,
    })
}

fn grant<'v>(
    at: usize,
    value: &'v Value,
    place: &Place<'_>,
    problems: &mut Problems,
) -> Option<GrantRow<'v>> {
    let fields = closed(value, place, &["container", "roles", "permissions"], problems)?;
    let container = fields.required_word("container", problems);
    let roles = fields.words("roles", problems);
    let permissions = fields.words("permissions", problems);
    Some(GrantRow { at, container: container?, roles, permissions })
}

fn child<'v>(
    at: usize,
    value: &'v Value,
    place: &Place<'_>,
    problems: &mut Problems,
) -> Option<ChildRow<'v>> {
    let fields = closed(value, place, &["kind", "id"], problems)?;
    let kind = fields.required_word("kind", problems);
    let id = fields.required_id("id", problems);
    Some(ChildRow { at, kind: kind?, id: id? })
}

fn on_delete(value: &Value, place: &Place<'_>, problems: &mut Problems) -> Option<OnDelete> {
    let fields = closed(value, place, &["fail", "cleanup-fails"], problems)?;
    let fail = fields.word("fail", problems).map(Box::from);
    let cleanup_fails = fields.word("cleanup-fails", problems).map(Box::from);
    Some(OnDelete { fail, cleanup_fails })
}

/// Two words that belong together.
fn pair<'v>(
    value: &'v Value,
    place: &Place<'_>,
    keys: [&str; 2],
    problems: &mut Problems,
) -> Option<(&'v str, &'v str)> {
    let fields = closed(value, place, &keys, problems)?;
    let [first, second] = keys.map(|key| fields.required_word(key, problems));
    Some((first?, second?))
}

/// Reads the items of an array, those that can be read.
fn each<'v, T>(
    fields: &Fields<'v, '_>,
    key: &str,
    problems: &mut Problems,
    mut read: impl FnMut(usize, &'v Value, &mut Problems) -> Option<T>,
) -> Vec<T> {
    let items = fields.list(key, problems);
    items.iter().enumerate().filter_map(|(at, value)| read(at, value, problems)).collect()
}
