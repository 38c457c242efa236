//! `lint`: what it finds in contract folders, where, and how it says so.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn lint(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_bulk-delete-mock")).arg("lint").args(arguments).output().unwrap()
}

fn schemas() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../schemas")
}

/// A copy of a built-in folder, with a text of a document replaced by another.
fn copy(name: &str, contract: &str, document: &str, good: &str, bad: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lint").join(name).join(contract);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(folder.join("examples")).unwrap();
    let from = schemas().join(contract);
    let documents = ["openapi.json", "policy.json", "world.json"].map(PathBuf::from).into_iter();
    std::fs::create_dir_all(folder.join("scenarios")).unwrap();
    let others = ["examples", "scenarios"].into_iter().flat_map(|within| {
        let entries = std::fs::read_dir(from.join(within)).unwrap();
        entries.map(move |entry| Path::new(within).join(entry.unwrap().file_name()))
    });
    let mut edited = false;
    for file in documents.chain(others) {
        let mut text = std::fs::read_to_string(from.join(&file)).unwrap();
        if file == Path::new(document) {
            assert!(text.contains(good), "{document} of {contract} has no {good}");
            text = text.replacen(good, bad, 1);
            edited = true;
        }
        std::fs::write(folder.join(file), text).unwrap();
    }
    assert!(edited, "{contract} has no {document}");
    folder
}

#[test]
fn nothing_is_wrong_with_what_is_built_in() {
    let folders: Vec<String> = std::fs::read_dir(schemas())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.display().to_string())
        .collect();
    let output = lint(&folders.iter().map(String::as_str).collect::<Vec<_>>());
    let told = String::from_utf8_lossy(&output.stdout);
    assert_eq!((output.status.code(), &*told), (Some(0), "5 folders: nothing to say\n"));
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_document() {
    let folder = copy("mark", "anaplan-models", "policy.json", "\"format\": 1", "\"format\": 1");
    let written =
        ["examples", "scenarios", "."].map(|within| std::fs::read_dir(folder.join(within)).unwrap());
    for path in written.into_iter().flatten().map(|entry| entry.unwrap().path()).filter(|path| path.is_file())
    {
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("\u{feff}{text}").replace('\n', "\r\n")).unwrap();
    }
    let output = lint(&[folder.to_str().unwrap()]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "1 folder: nothing to say\n");
}

#[test]
fn a_first_check_that_is_wrong_is_not_told_to_be_another() {
    let good = "\"check\": \"exists\",\n        \"else\": \"unknown\"";
    let folder =
        copy("first", "anaplan-models", "policy.json", good, "\"check\": \"exists\", \"else\": \"unknwon\"");
    let output = lint(&[folder.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("there is no outcome `unknwon`") && !told.contains("must be `exists`"), "{told}");
}

/// Each mistake is told in its document, on its line, at its pointer, with what to do; and once for programs.
#[test]
fn each_mistake_is_told_with_its_place() {
    let same = r#""message": "Model ID does not exist.""#;
    for (name, contract, document, good, bad, line, pointer, told) in [
        (
            "syntax",
            "anaplan-models",
            "policy.json",
            "\"format\": 1,",
            "\"format\": 1",
            3,
            "",
            "expected a comma",
        ),
        (
            "format",
            "anaplan-models",
            "policy.json",
            "\"format\": 1",
            "\"format\": 2",
            2,
            "/format",
            "only format 1 is known: write 1",
        ),
        (
            "key",
            "anaplan-models",
            "policy.json",
            "\"atomicity\"",
            "\"atomicty\"",
            1,
            "",
            "`atomicity` is missing",
        ),
        (
            "outcome",
            "anaplan-models",
            "policy.json",
            "\"else\": \"open\"",
            "\"else\": \"opne\"",
            64,
            "/checks/item/2/else",
            "there is no outcome `opne`",
        ),
        (
            "operation",
            "anaplan-models",
            "policy.json",
            "\"bulkDeleteModels\"",
            "\"deleteModels\"",
            0,
            "/paths",
            "`deleteModels`",
        ),
        (
            "path",
            "anaplan-models",
            "openapi.json",
            "\"/2/0/workspaces/{workspaceId}/bulkDeleteModels\"",
            "\"/__mock/{workspaceId}\"",
            0,
            "/paths/~1__mock~1{workspaceId}",
            "belongs to the control API",
        ),
        (
            "keyword",
            "anaplan-models",
            "openapi.json",
            "\"minItems\"",
            "\"minContains\"",
            0,
            "",
            "minContains",
        ),
        (
            "reads-the-same",
            "anaplan-models",
            "policy.json",
            "Model is open. Please close the model before trying again.",
            "Model ID does not exist.",
            0,
            "/answers/done",
            "reads the same as one with",
        ),
        (
            "world",
            "anaplan-models",
            "world.json",
            "\"containers\": [",
            "\"containers\": [ 7,",
            0,
            "/containers/0",
            "object",
        ),
        (
            "world-text",
            "anaplan-models",
            "world.json",
            "\"kind\": \"model\",",
            "\"kind\": \"model\", \"on-delete\": { \"fail\": \"Model ID does not exist.\" },",
            0,
            "/on-delete/fail",
            "a reader could not tell them apart",
        ),
        (
            "example",
            "anaplan-models",
            "examples/start.json",
            same,
            "\"message\": \"?\"",
            0,
            "/response/body/bulkDeleteModelsFailures/1/message",
            "the contract does otherwise than this says: expected \"?\", got \"Model ID does not exist.\"",
        ),
        (
            "example-key",
            "anaplan-models",
            "examples/start.json",
            "\"response\"",
            "\"respons\"",
            1,
            "",
            "`respons`",
        ),
        (
            "example-caller",
            "anaplan-models",
            "examples/start.json",
            "\"caller\": \"",
            "\"caller\": \"no",
            0,
            "/caller",
            "the world has no caller `no",
        ),
        (
            "scenario-syntax",
            "anaplan-models",
            "scenarios/all-models-closed.json",
            "\"description\":",
            "\"description\"",
            2,
            "",
            "is not JSON",
        ),
        (
            "scenario-key",
            "anaplan-models",
            "scenarios/all-models-closed.json",
            "\"description\"",
            "\"colour\": 1,\n  \"description\"",
            2,
            "/colour",
            "is not known here",
        ),
        (
            "scenario-patch",
            "anaplan-models",
            "scenarios/all-models-closed.json",
            "\"kind\": \"model\",",
            "\"kind\": \"model\", \"planet\": 1,",
            0,
            "/patch/resources/0/planet",
            "`planet` is not known here",
        ),
        (
            "scenario-text",
            "anaplan-models",
            "scenarios/all-models-closed.json",
            "\"kind\": \"model\",",
            "\"kind\": \"model\", \"on-delete\": { \"fail\": \"Model ID does not exist.\" },",
            0,
            "/patch/resources/0/on-delete/fail",
            "a reader could not tell them apart",
        ),
        (
            "scenario-fault",
            "anaplan-models",
            "scenarios/server-busy.json",
            "\"status\": 503",
            "\"status\": 503, \"session\": \"w1\"",
            0,
            "/session",
            "leave `session` out",
        ),
        (
            "unused",
            "anaplan-models",
            "policy.json",
            "\"outcomes\": {",
            "\"outcomes\": { \"lost\": { \"is\": \"failed\", \"reason\": \"Lost.\" },",
            0,
            "/outcomes/lost",
            "nothing ever comes to `lost`",
        ),
    ] {
        let folder = copy(name, contract, document, good, bad);
        let folder = folder.to_str().unwrap();
        let (plain, json) = (lint(&[folder]), lint(&["--json", folder]));
        let page = String::from_utf8_lossy(&plain.stdout).into_owned();
        let all: Value = serde_json::from_slice(&json.stdout).unwrap();
        let found = all["findings"].as_array().unwrap().iter().find(|finding| {
            finding["message"].as_str().unwrap().contains(told)
                && finding["pointer"].as_str().unwrap().ends_with(pointer)
        });
        let found = found.unwrap_or_else(|| panic!("{name}: {all:#}"));
        let expected = if found["severity"] == "error" { 1 } else { 0 };
        assert_eq!((plain.status.code(), json.status.code()), (Some(expected), Some(expected)), "{name}");
        if line > 0 {
            assert_eq!(found["line"], line, "{name}: {found:#}");
        }
        assert!(found["column"].as_u64().unwrap() > 0 && found["end-line"].as_u64().unwrap() > 0, "{name}");
        let place =
            format!("--> {}:{}:{}\n", found["file"].as_str().unwrap(), found["line"], found["column"]);
        assert!(page.contains(&place) && page.contains(told) && page.contains('^'), "{name}: {page}");
    }
}

/// Errors stand before warnings, and what is wrong with an example is told beside a contract that cannot be loaded.
#[test]
fn all_is_told_at_once_and_the_worst_first() {
    let severities = |folder: &Path| {
        let output = lint(&["--json", folder.to_str().unwrap()]);
        let all: Value = serde_json::from_slice(&output.stdout).unwrap();
        let row = |found: &Value| (found["severity"].clone(), found["file"].as_str().unwrap().to_owned());
        all["findings"].as_array().unwrap().iter().map(row).collect::<Vec<_>>()
    };
    let lost = "\"outcomes\": { \"lost\": { \"is\": \"failed\", \"reason\": \"Lost.\" },";
    let folder = copy("order", "anaplan-models", "policy.json", "\"outcomes\": {", lost);
    let start = folder.join("examples/start.json");
    let text = std::fs::read_to_string(&start).unwrap();
    std::fs::write(&start, text.replacen("Model ID does not exist.", "?", 1)).unwrap();
    let found = severities(&folder);
    assert_eq!((&found[0].0, &found[found.len() - 1].0), (&"error".into(), &"warning".into()), "{found:?}");
    let folder = copy("both", "anaplan-models", "policy.json", "\"format\": 1", "\"format\": 2");
    std::fs::write(folder.join("examples/start.json"), "{").unwrap();
    let found = severities(&folder);
    for file in ["policy.json", "start.json"] {
        assert!(found.iter().any(|(_, place)| place.ends_with(file)), "{file}: {found:?}");
    }
}

#[test]
fn what_cannot_be_read_ends_with_2() {
    let empty = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lint/empty");
    std::fs::create_dir_all(&empty).unwrap();
    for arguments in [&["/nowhere"][..], &[empty.to_str().unwrap()], &[], &["--colour"]] {
        let output = lint(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn what_is_missing_is_warned_of() {
    let folder = copy("missing", "anaplan-models", "policy.json", "format", "format");
    std::fs::remove_file(folder.join("world.json")).unwrap();
    std::fs::remove_dir_all(folder.join("examples")).unwrap();
    // They change a world that is not there.
    std::fs::remove_dir_all(folder.join("scenarios")).unwrap();
    let output = lint(&[folder.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert!(
        told.contains("world.json") && told.contains("start.json") && told.contains("2 warnings"),
        "{told}"
    );
}

#[test]
fn what_no_request_can_name_is_warned_of() {
    let folder = copy(
        "unfindable",
        "aisquare-experiences",
        "world.json",
        "\"resources\": [",
        "\"resources\": [ { \"kind\": \"experience\", \"id\": \"1024\" },",
    );
    let output = lint(&["--json", folder.to_str().unwrap()]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &told["warnings"]), (Some(0), &1.into()), "{told}");
    let finding = &told["findings"][0];
    assert_eq!(finding["pointer"], "/resources/0/id");
    assert!(finding["message"].as_str().unwrap().contains("the contract takes integers only"), "{told}");
}

#[test]
fn a_path_that_nothing_is_served_below_is_warned_of() {
    let folder = copy(
        "servers",
        "anaplan-models",
        "openapi.json",
        "\"url\": \"https://api.anaplan.com\"",
        "\"url\": \"https://api.anaplan.com/{version}/\", \"variables\": { \"version\": { \"default\": \"v7\" } }",
    );
    let output = lint(&["--json", folder.to_str().unwrap()]);
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &told["warnings"]), (Some(0), &1.into()), "{told}");
    let finding = &told["findings"][0];
    assert_eq!(finding["pointer"], "/servers/0/url");
    assert!(finding["message"].as_str().unwrap().contains("its path `/v7` is not served"), "{told}");
}
