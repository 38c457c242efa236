//! `new`: contract folders out of OpenAPI documents of other vendors' bulk deletes, written after their public facts. Each draft
//! is checked, and all of them are served together and asked what their first examples ask.

use crate::client::Client;
use crate::command::{run, serve};
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::ChildStdout;

fn document(name: &str) -> String {
    format!("{}/tests/openapi/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A folder for drafts, empty.
fn room(name: &str) -> PathBuf {
    let room = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("new").join(name);
    let _ = std::fs::remove_dir_all(&room);
    std::fs::create_dir_all(&room).unwrap();
    room
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Document, operation; and of the draft: where the ids stand, the status, what is deleted, and whether an id that does not
/// exist can be told from the answer.
const DRAFTED: [(&str, &str, &str, u64, &str, bool); 12] = [
    ("zendesk.yaml", "BulkDeleteTickets", "/query/ids", 200, "ticket", false),
    ("elasticsearch.json", "delete-by-query", "/body/query/ids/values", 200, "item", true),
    ("salesforce.yaml", "deleteRecords", "/query/ids", 200, "sobject", true),
    ("jira.json", "submitBulkDelete", "/body/selectedIssueIdsOrKeys", 201, "issue", false),
    ("airtable.json", "DELETE /{baseId}/{tableIdOrName}", "/query/records", 200, "record", true),
    ("sendgrid.yaml", "DeleteContact", "/query/ids", 202, "contact", false),
    ("gmail.json", "gmail.users.messages.batchDelete", "/body/ids", 204, "message", false),
    ("pipedrive.yaml", "deleteDeals", "/query/ids", 200, "deal", true),
    ("woocommerce.yaml", "batchProducts", "/body/delete", 200, "product", true),
    ("discord.json", "bulk_delete_messages", "/body/messages", 204, "message", false),
    ("pinecone.yaml", "deleteVectors", "/body/ids", 200, "vector", false),
    (
        "invoices.yaml",
        "POST /v1/accounts/{accountId}/invoices:batchDelete",
        "/body/invoiceIds",
        207,
        "invoice",
        true,
    ),
];

#[test]
fn other_vendors_documents_become_contracts_that_are_served() {
    let room = room("drafted");
    let mut folders = Vec::new();
    for (file, operation, ids, status, resource, tells) in DRAFTED {
        let folder = room.join(file.split('.').next().unwrap());
        let out = folder.to_str().unwrap().to_owned();
        let made = run(&["new", "--from", &document(file), "--operation", operation, "--out", &out]);
        let told = String::from_utf8_lossy(&[made.stdout, made.stderr].concat()).into_owned();
        assert_eq!(made.status.code(), Some(0), "{file}: {told}");
        let linted = run(&["lint", &out]);
        assert_eq!(String::from_utf8_lossy(&linted.stdout), "1 folder: nothing to say\n", "{file}");
        let policy = json(&folder.join("policy.json"));
        assert_eq!(policy["ids"]["at"], ids, "{file}");
        assert_eq!(policy["answers"]["done"]["status"], status, "{file}");
        assert_eq!(policy["resource"], resource, "{file}");
        assert_eq!(policy.get("silent").is_none(), tells, "{file}: {policy:#}");
        assert!(
            std::fs::read_to_string(folder.join("NOTES.md")).unwrap().contains("What to fill in"),
            "{file}"
        );
        folders.push(folder);
    }
    for (name, query, spelling) in
        [("salesforce", "ids", "commas"), ("airtable", "records", "brackets"), ("zendesk", "ids", "commas")]
    {
        let policy = json(&room.join(name).join("policy.json"));
        assert_eq!(policy["query"][query]["spellings"][0], spelling, "{name}");
    }
    // What is answered 202 goes on.
    let outcome =
        |name: &str| json(&room.join(name).join("policy.json"))["outcomes"]["deleted"]["is"].clone();
    assert_eq!((outcome("sendgrid"), outcome("gmail")), ("accepted".into(), "deleted".into()));
    let mut arguments = vec!["--port", "0", "--json", "--only"];
    arguments.extend(folders.iter().flat_map(|folder| ["--contract", folder.to_str().unwrap()]));
    let (_child, mut out) = serve(&arguments);
    let address = ready(&mut out);
    for folder in &folders {
        let example = json(&folder.join("examples/start.json"));
        let reply = ask(&address, folder, &example["request"]);
        assert_eq!(
            reply.status,
            u16::try_from(example["response"]["status"].as_u64().unwrap()).unwrap(),
            "{}: {reply:?}",
            folder.display()
        );
        assert_eq!(reply.body.is_empty(), example["response"].get("body").is_none(), "{}", folder.display());
    }
    // Each has deleted what it says: the first of its resources.
    let changes = control(&address, "GET", "changes", "");
    let deleted = changes.json()["deleted"].as_array().unwrap().len();
    assert!(deleted >= DRAFTED.len() - 1, "{deleted}: {}", changes.json());
}

#[test]
fn servers_of_an_operation_and_media_types_with_parameters_are_taken_as_they_are_meant() {
    let room = room("meant");
    let from = room.join("files.yaml");
    let out = room.join("files");
    let document = r#"
openapi: 3.0.3
info: { title: Files, version: "1" }
x-text: &text { type: string, minLength: 1 }
servers: [{ url: "https://example.com/old" }]
paths:
  /files.bulkDelete:
    servers: [{ url: "https://files.example.com/path" }]
    post:
      operationId: deleteFiles
      servers: [{ url: "https://{host}/new/", variables: { host: { default: files.example.com } } }]
      requestBody:
        content:
          application/x-ndjson: { schema: { type: array, items: *text } }
          application/json; charset=utf-8:
            schema:
              type: object
              required: [file_ids]
              properties: { file_ids: { type: array, items: { <<: *text, minLength: 3, example: F001 } } }
      responses:
        "200": { description: OK, content: { application/json: { schema: { type: object, properties: { ok: { type: boolean } } } } } }
"#;
    std::fs::write(&from, document).unwrap();
    let (from, given) = (from.to_str().unwrap(), out.to_str().unwrap());
    let made = run(&["new", "--from", from, "--operation", "deleteFiles", "--out", given]);
    let told = String::from_utf8_lossy(&[made.stdout, made.stderr].concat()).into_owned();
    assert_eq!(made.status.code(), Some(0), "{told}");
    assert!(told.contains("/paths/~1files.bulkDelete/post/servers/0/url: its path `/new`"), "{told}");
    let request = &json(&out.join("examples/start.json"))["request"];
    assert_eq!(request["path"], "/new/files.bulkDelete");
    assert_eq!(request["headers"]["Content-Type"], "application/json; charset=utf-8");
    let linted = run(&["lint", given]);
    assert_eq!(String::from_utf8_lossy(&linted.stdout), "1 folder: nothing to say\n");
}

/// How callers prove who they are, what holds the things, and what scope is needed, as the documents say it.
#[test]
fn credentials_and_containers_are_those_of_the_document() {
    let room = room("credentials");
    let bearer = ("token", "Authorization", Some("Bearer"));
    let basic = ("basic", "Authorization", Some("Basic"));
    for (file, (kind, header, scheme), container, scope) in [
        ("zendesk.yaml", basic, None, None),
        ("jira.json", bearer, None, Some("write:jira-work")),
        ("airtable.json", bearer, Some(("table", "/path/tableIdOrName")), None),
        ("gmail.json", bearer, Some(("user", "/path/userId")), None),
        ("discord.json", ("token", "Authorization", None), Some(("channel", "/path/channel_id")), None),
        ("pinecone.yaml", ("token", "Api-Key", None), None, None),
        (
            "invoices.yaml",
            ("jwt", "Authorization", Some("Bearer")),
            Some(("account", "/path/accountId")),
            None,
        ),
        // It wants its key in the query, which is told, and a Bearer token stands in for it.
        ("pipedrive.yaml", bearer, None, None),
        ("woocommerce.yaml", basic, None, None),
    ] {
        let operation = DRAFTED.iter().find(|(name, ..)| *name == file).unwrap().1;
        let folder = room.join(file.split('.').next().unwrap());
        let out = folder.to_str().unwrap();
        let made = run(&["new", "--from", &document(file), "--operation", operation, "--out", out]);
        let told = String::from_utf8_lossy(&made.stdout).into_owned();
        let policy = json(&folder.join("policy.json"));
        let credential = &policy["credentials"][0];
        assert_eq!(policy["credentials"].as_array().unwrap().len(), 1, "{file}");
        assert_eq!(
            (credential["kind"].as_str(), credential["header"].as_str(), credential["scheme"].as_str()),
            (Some(kind), Some(header), scheme),
            "{file}"
        );
        let held = (policy["container"]["kind"].as_str(), policy["container"]["id"].as_str());
        assert_eq!(held.0.zip(held.1), container, "{file}");
        let checks = policy["checks"]["caller"].as_array().unwrap();
        let asked = checks.iter().find(|check| check["check"] == "scope").map(|check| &check["any-of"][0]);
        assert_eq!(asked.and_then(Value::as_str), scope, "{file}");
        assert_eq!(
            told.contains("is not understood: a Bearer token is taken instead"),
            file == "pipedrive.yaml"
        );
    }
}

/// What nothing refers to does not matter, and a pattern that is not understood is left out and told.
#[test]
fn what_is_not_reached_does_not_matter_and_what_is_not_understood_gives_way() {
    let room = room("gives-way");
    let file = room.join("things.yaml");
    std::fs::write(
        &file,
        r##"
openapi: 3.0.3
paths:
  /boxes/{id}/things/delete:
    post:
      operationId: deleteThings
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [thing_ids]
              properties:
                label_ids: { type: array, items: { type: string } }
                thing_ids: { type: array, items: { $ref: "#/components/schemas/Id" } }
      responses: { "204": { description: Gone. } }
components:
  schemas:
    Id: { type: string, nullable: true, pattern: "^(?!x)[a-z0-9-]+$", example: "abc-1" }
    Never: { type: object, minProperties: 1, oneOf: [{ $ref: "elsewhere.yaml#/A" }], pattern: "(" }
"##,
    )
    .unwrap();
    // Without --out, the folder is called as the operation, where one stands.
    let made = std::process::Command::new(env!("CARGO_BIN_EXE_bulk-delete-mock"))
        .args(["new", "--from", "things.yaml", "--operation", "deleteThings"])
        .current_dir(&room)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&made.stdout).into_owned();
    assert_eq!(made.status.code(), Some(0), "{told}{}", String::from_utf8_lossy(&made.stderr));
    let folder = room.join("delete-things");
    // Of two lists of ids, it is the one that must be there; and what holds the things is called after the path.
    let policy = json(&folder.join("policy.json"));
    assert_eq!(
        (&policy["ids"]["at"], &policy["container"]["kind"]),
        (&"/body/thing_ids".into(), &"box".into())
    );
    let openapi = json(&folder.join("openapi.json"));
    let schemas = openapi["components"]["schemas"].as_object().unwrap();
    assert_eq!(schemas.keys().collect::<Vec<_>>(), ["Id"]);
    assert_eq!(schemas["Id"]["type"], serde_json::json!(["string", "null"]));
    assert!(schemas["Id"].get("pattern").is_none(), "{schemas:?}");
    assert!(told.contains("is not understood and was left out") && told.contains("(?!x)"), "{told}");
    assert!(!told.contains("minProperties") && !told.contains("elsewhere"), "{told}");
    // Nothing is left beside it.
    let left: Vec<_> = std::fs::read_dir(&room).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

fn ready(out: &mut BufReader<ChildStdout>) -> String {
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    ready["url"].as_str().unwrap().strip_prefix("http://").unwrap().to_owned()
}

fn control(address: &str, method: &str, call: &str, body: &str) -> crate::client::Reply {
    let mut client = Client::connect(address.parse().unwrap());
    client.write(
        format!(
            "{method} /__mock/{call} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
        .as_bytes(),
    );
    client.reply_to(method)
}

/// Sends what an example asks, with a credential for its caller.
fn ask(address: &str, folder: &Path, asked: &Value) -> crate::client::Reply {
    let policy = json(&folder.join("policy.json"));
    let credential = &policy["credentials"][0];
    let token = if credential["kind"] == "basic" {
        "YWRhQGV4YW1wbGUuY29tOmFkYS1wYXNzd29yZA==".to_owned()
    } else {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let form = format!(r#"{{"caller":"ada","contract":"{name}"}}"#);
        control(address, "POST", "tokens", &form).json()["token"].as_str().unwrap().to_owned()
    };
    let scheme = credential["scheme"].as_str().map(|scheme| format!("{scheme} ")).unwrap_or_default();
    let method = asked["method"].as_str().unwrap();
    let query = asked["query"].as_str().map(|query| format!("?{query}")).unwrap_or_default();
    let body = asked.get("body").map(Value::to_string).unwrap_or_default();
    let mut request = format!(
        "{method} {}{query} HTTP/1.1\r\nHost: {address}\r\n{}: {scheme}{token}\r\n",
        asked["path"].as_str().unwrap(),
        credential["header"].as_str().unwrap()
    );
    for (name, value) in asked["headers"].as_object().into_iter().flatten() {
        request.push_str(&format!("{name}: {}\r\n", value.as_str().unwrap()));
    }
    if !body.is_empty() {
        if asked["headers"].get("Content-Type").is_none() {
            request.push_str("Content-Type: application/json\r\n");
        }
        request.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    let mut client = Client::connect(address.parse().unwrap());
    client.write(format!("{request}\r\n{body}").as_bytes());
    client.reply_to(method)
}

#[test]
fn what_a_contract_cannot_express_is_said_and_nothing_is_written() {
    let room = room("refused");
    std::fs::write(room.join("old.yaml"), "swagger: '2.0'\npaths: {}\n").unwrap();
    std::fs::write(room.join("broken.yaml"), "openapi: 3.1.0\npaths:\n  /a: [\n").unwrap();
    std::fs::write(room.join("broken.json"), "{\n  \"openapi\": 3,,\n}").unwrap();
    let own = |name: &str| room.join(name).display().to_string();
    for (file, operation, told) in [
        (
            document("hubspot.yaml"),
            "archiveContacts",
            "the ids stand at `/body/inputs/*/id`, one object for each",
        ),
        (document("s3.json"), "DeleteObjects", "the ids stand at `/body/Objects/*/Key`, one object for each"),
        (
            document("cloudflare.yaml"),
            "workers-kv-namespace-delete-multiple-key-value-pairs",
            "the whole body is the list, and a contract takes ids only from a property of the body: choose another operation",
        ),
        (document("cloudflare.yaml"), "delete-by-form", "the body is not JSON"),
        (document("notion.json"), "delete-a-block", "takes no list of ids"),
        (
            document("notion.json"),
            "deleteBlocks",
            "there is no operation `deleteBlocks`: it has `delete-a-block`",
        ),
        (own("old.yaml"), "x", "Swagger 2 is not read"),
        (own("broken.yaml"), "x", "is not YAML"),
        (own("broken.json"), "x", "is not JSON"),
    ] {
        let out = own("out");
        let made = run(&["new", "--from", &file, "--operation", operation, "--out", &out]);
        let error = String::from_utf8_lossy(&made.stderr).into_owned();
        assert_eq!(made.status.code(), Some(1), "{file}: {error}");
        assert!(error.contains(told) && error.contains("Nothing was written."), "{file}: {error}");
        assert!(!Path::new(&out).exists(), "{file}");
    }
    assert_eq!(std::fs::read_dir(&room).unwrap().count(), 3);
}

#[test]
fn nothing_is_overwritten() {
    let room = room("there");
    let out = room.join("mine");
    std::fs::create_dir(&out).unwrap();
    let made = run(&[
        "new",
        "--from",
        &document("gmail.json"),
        "--operation",
        "gmail.users.messages.batchDelete",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(made.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&made.stderr).contains("is there already"));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 0);
    let made = run(&["new", "--from", "/nowhere", "--operation", "x"]);
    assert_eq!(made.status.code(), Some(2));
}

/// What was done about what is not understood is told with its place, on the way and in the notes.
#[test]
fn what_was_left_out_is_told() {
    let room = room("told");
    let out = room.join("pinecone");
    let made = run(&[
        "new",
        "--from",
        &document("pinecone.yaml"),
        "--operation",
        "deleteVectors",
        "--out",
        out.to_str().unwrap(),
    ]);
    let page = String::from_utf8_lossy(&made.stdout).into_owned();
    let notes = std::fs::read_to_string(out.join("NOTES.md")).unwrap();
    let place =
        "/paths/~1vectors~1delete/post/requestBody/content/application~1json/schema/properties/filter/oneOf";
    for text in [&page, &notes] {
        assert!(
            text.contains(place) && text.contains("`oneOf` is not understood and was left out"),
            "{text}"
        );
    }
    // A choice between a type and null is the type with null, and nothing is left out.
    let openapi = std::fs::read_to_string(out.join("openapi.json")).unwrap();
    assert!(openapi.contains(r#""type": ["string", "null"]"#) && !openapi.contains("oneOf"), "{openapi}");
}
