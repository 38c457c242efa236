//! Contracts as a user would write them, and those of this repository.

use super::{Folder, alike, folders, make, make_of, mocked};
use bulk_delete_core::contract::{Contract, Documents};

const OPENAPI: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Files", "version": "1"},
  "paths": {
    "/folders/{folder}/delete": {
      "parameters": [{"$ref": "#/components/parameters/Folder"}],
      "post": {
        "operationId": "deleteFiles",
        "summary": "Deletes files",
        "parameters": [
          {"name": "Authorization", "in": "header", "schema": {"type": "string"}},
          {"name": "X-Reason", "in": "header", "schema": {"type": "string", "example": "none"}},
          {"name": "force", "in": "query", "required": true, "schema": {"type": "boolean", "default": false}}
        ],
        "requestBody": {
          "description": "Which",
          "required": true,
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Which"}, "example": {"ids": [1]}}}
        },
        "responses": {"200": {"description": "Done"}}
      },
      "get": {"operationId": "listFiles", "responses": {"200": {"description": "Files"}}}
    }
  },
  "components": {
    "parameters": {"Folder": {"name": "folder", "in": "path", "required": true, "description": "Where", "schema": {"type": "string"}}},
    "schemas": {
      "Which": {
        "title": "Which",
        "type": "object",
        "required": ["ids"],
        "properties": {
          "ids": {"type": "array", "items": {"$ref": "#/components/schemas/Id"}, "x-note": "n"},
          "description": {"type": "string", "description": "A property, and no annotation"}
        }
      },
      "Id": {"type": "integer"},
      "Other": {"type": "string"}
    }
  }
}"##;

const POLICY: &str = r#"{
  "operation": "deleteFiles",
  "credentials": [{"kind": "token", "header": "Authorization", "scheme": "Bearer"}],
  "resource": "file",
  "ids": {"at": "/body/ids"},
  "container": {"kind": "folder", "id": "/path/folder"},
  "atomicity": "each",
  "checks": {
    "caller": [{"check": "authenticated", "else": "who"}, {"check": "valid", "else": "violations"}],
    "item": [{"check": "exists", "else": "unknown"}]
  },
  "outcomes": {"deleted": {"is": "deleted"}, "unknown": {"is": "not-found"}},
  "answers": {
    "done": {"status": 200, "body": {"missing": {"$each": "not-found", "item": "{item.id}"}}},
    "who": {"status": 401},
    "method": {"status": 405},
    "too-large": {"status": 413},
    "media-type": {"status": 415},
    "too-many": {"status": 429},
    "internal": {"status": 500}
  },
  "violations": {"answer": "merged", "status": 400, "body": {"wrong": {"$each": "violations", "item": "{violation.message}"}}}
}"#;

#[test]
fn keeps_what_the_engine_reads_and_nothing_else() {
    let documents = Documents { name: "files", openapi: OPENAPI.as_bytes(), policy: POLICY.as_bytes() };
    let (made, _) = make_of(documents).unwrap();
    let (_, module) = made.split_once("builtin(").unwrap();
    let openapi = concat!(
        r##""openapi":{"paths":{"/folders/{folder}/delete":{"##,
        r##""parameters":[{"name":"folder","in":"path","required":true,"schema":{"type":"string"}}],"##,
        r##""post":{"operationId":"deleteFiles","parameters":[{"name":"Authorization","in":"header","schema":{"type":"string"}},"##,
        r##"{"name":"X-Reason","in":"header","schema":{"type":"string"}},"##,
        r##"{"name":"force","in":"query","required":true,"schema":{"type":"boolean"}}],"##,
        r##""requestBody":{"required":true,"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Which"}}}}}}},"##,
        r##""components":{"schemas":{"Which":{"type":"object","required":["ids"],"##,
        r##""properties":{"ids":{"type":"array","items":{"$ref":"#/components/schemas/Id"}},"description":{"type":"string"}}},"##,
        r##""Id":{"type":"integer"}}}},"##,
    );
    assert!(module.starts_with(&format!(r#"{{"name":"files",{openapi}"policy":"#)), "{module}");
    // What was compiled follows: its text is in it as it is.
    let (_, compiled) = module.rsplit_once(", \"bdc1").unwrap();
    assert!(compiled.contains("files") && compiled.ends_with("\");\n"), "{compiled}");
}

#[test]
fn keeps_for_the_mock_what_the_policy_names_beside_the_bulk_delete() {
    let policy = POLICY.trim_end().strip_suffix('}').unwrap();
    let policy = format!(
        r#"{policy}, "companions": {{"listFiles": {{"do": "log-out", "credentials": [{{"kind": "token", "header": "Authorization"}}],
           "checks": [{{"check": "authenticated", "else": "who"}}], "answers": {{"done": {{"status": 204}}}}}}}}}}"#
    );
    let documents = Documents { name: "files", openapi: OPENAPI.as_bytes(), policy: policy.as_bytes() };
    let beside = mocked::Beside {
        world: Some(b"{\"callers\": []}".to_vec()),
        start: None,
        scenarios: [("empty".to_owned(), b"{ \"patch\": {} }".to_vec())].into(),
    };
    let script = mocked::script(documents, &beside).unwrap();
    for kept in [
        r#""get":{"operationId":"listFiles"}"#,
        r#""companions":{"listFiles""#,
        r#""world":"{\"callers\":[]}","scenarios":{"empty":"{\"patch\":{}}"}}"#,
    ] {
        assert!(script.contains(kept), "{kept}: {script}");
    }
    for left in ["summary", "\"start\"", "responses"] {
        assert!(!script.contains(left), "{left}: {script}");
    }
}

#[test]
fn tells_how_operations_are_followed_and_leaves_out_the_words_for_it() {
    let policy = POLICY.trim_end().strip_suffix('}').unwrap();
    let policy = format!(
        r#"{policy}, "words": {{"way": {{"succeeded": "Well"}}}}, "companions": {{"listFiles": {{"do": "list-operations",
           "checks": [{{"check": "authenticated", "else": "who"}}, {{"check": "valid", "else": "violations"}}],
           "answers": {{"done": {{"status": 200, "body": {{"$each": "operations", "item": ["{{operation.id}}", "{{way:operation.state}}"]}}}}}}}}}}}}"#
    );
    let documents = Documents { name: "files", openapi: OPENAPI.as_bytes(), policy: policy.as_bytes() };
    let (module, _) = make_of(documents).unwrap();
    let following = concat!(
        r#", {"path":"/folders/{folder}/delete","at":null,"spelling":null,"most":1,"list":"","id":"/0","state":"/1","#,
        r#""succeeded":"Well","failed":"failed","fail":null});"#
    );
    assert!(module.trim_end().ends_with(following), "{module}");
    assert!(!module.contains("words"), "{module}");
}

#[test]
fn types_what_a_call_may_be_given() {
    let documents = Documents { name: "files", openapi: OPENAPI.as_bytes(), policy: POLICY.as_bytes() };
    let (_, types) = make_of(documents).unwrap();
    let expected = r#"// Made by `cargo xtask wasm`.

import type { Documents } from "../../index.js";

declare const contract: Documents<{
  id: number | bigint;
  where: { folder: string };
  options: { "X-Reason"?: string; force: boolean; description?: string };
  body: { ids: (number | bigint)[]; description?: string; [name: string]: unknown };
  code: "deleted" | "unknown" | "who" | "method" | "too-large" | "media-type" | "too-many" | "internal" | "violations";
}>;

export default contract;
"#;
    assert_eq!(types, expected);
}

#[test]
fn tells_what_is_wrong_with_a_contract() {
    let policy = POLICY.replace("\"file\"", "7");
    let documents = Documents { name: "files", openapi: OPENAPI.as_bytes(), policy: policy.as_bytes() };
    let message = make_of(documents).unwrap_err();
    assert!(message.contains("policy.json/resource"), "{message}");
    let elsewhere = OPENAPI.replace("#/components/schemas/Id", "#/paths/x");
    let elsewhere = elsewhere.replace("\"paths\": {", "\"paths\": {\"x\": {\"type\": \"integer\"},");
    let documents = Documents { name: "files", openapi: elsewhere.as_bytes(), policy: POLICY.as_bytes() };
    let message = make_of(documents).unwrap_err();
    assert!(message.contains("move the schema there"), "{message}");
}

#[test]
fn sees_what_counts_and_was_taken_out() {
    let load = |openapi: &str| {
        let documents = Documents { name: "files", openapi: openapi.as_bytes(), policy: POLICY.as_bytes() };
        Contract::load(documents).unwrap()
    };
    let whole = load(OPENAPI);
    assert!(alike(&whole, &load(&OPENAPI.replace("A property", "One"))));
    assert!(!alike(
        &whole,
        &load(&OPENAPI.replace("\"Id\": {\"type\": \"integer\"}", "\"Id\": {\"type\": \"string\"}"))
    ));
}

#[test]
fn makes_every_contract_of_this_repository() {
    let schemas = concat!(env!("CARGO_MANIFEST_DIR"), "/../schemas");
    let folders: Vec<Folder> = folders(schemas.as_ref()).unwrap();
    assert!(!folders.is_empty());
    for folder in folders {
        let made = make(&folder).unwrap();
        assert!(made.types.contains("code: \"deleted\""), "{}: {}", folder.name, made.types);
    }
}
