//! No sentence without a case: each normative sentence of the vendors' documents is quoted by at least one case or example of
//! its contract, and whatever a case quotes is such a sentence, or says that it is assumed.

use bulk_delete_core::json::Value;
use bulk_delete_tests::corpus::{self, Filed, Origin};
use std::collections::BTreeMap;

const ASSUMED: &str = "ASSUMED: ";

/// A vendor's document, sentence by sentence.
struct Document {
    contract: String,
    /// Each with whether it says what the API does.
    sentences: Vec<(String, bool)>,
}

fn documents() -> Vec<Document> {
    let read = |contract: String| {
        let file = corpus::root().join("tests/documents").join(format!("{contract}.json"));
        let document =
            Value::parse(&corpus::read(&file)).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let sentences = document.get("sentences").and_then(Value::as_array).expect("a list of sentences");
        let sentences = sentences.iter().map(|sentence| {
            let text = sentence.get("text").and_then(Value::as_str).expect("a text");
            let normative =
                sentence.get("normative").and_then(Value::as_bool).expect("whether it is normative");
            assert!(
                normative || sentence.get("why").is_some(),
                "{contract}: why is this not normative: {text}"
            );
            (text.to_owned(), normative)
        });
        Document { sentences: sentences.collect(), contract }
    };
    corpus::contracts().into_iter().map(read).collect()
}

fn filed() -> Vec<Filed> {
    corpus::load().unwrap_or_else(|wrong| panic!("these files are no cases:\n  {}", wrong.join("\n  ")))
}

#[test]
fn every_normative_sentence_has_a_case() {
    let (filed, mut missing) = (filed(), Vec::new());
    let (mut normative, mut others) = (0, 0);
    for document in documents() {
        let own: Vec<&Filed> = filed.iter().filter(|filed| filed.contract == document.contract).collect();
        let mut count = 0;
        for (text, is_normative) in &document.sentences {
            if !is_normative {
                others += 1;
                continue;
            }
            count += 1;
            if !own.iter().any(|filed| filed.case.documents.contains(text)) {
                missing.push(format!("{}: {text}", document.contract));
            }
        }
        normative += count;
        println!(
            "{}: {count} normative sentences, {} cases, {} examples",
            document.contract,
            own.iter().filter(|filed| filed.origin == Origin::Case).count(),
            own.iter().filter(|filed| filed.origin == Origin::Example).count()
        );
    }
    println!("{normative} normative sentences in all, {others} others");
    assert!(missing.is_empty(), "{} sentences without a case:\n  {}", missing.len(), missing.join("\n  "));
}

#[test]
fn every_quotation_is_a_sentence_or_assumed() {
    let documents = documents();
    let (mut quotations, mut assumed, mut wrong) = (0, 0, Vec::new());
    for filed in filed() {
        for quoted in &filed.case.documents {
            if let Some(reading) = quoted.strip_prefix(ASSUMED) {
                assumed += 1;
                if reading.trim().is_empty() {
                    wrong.push(format!("{}: assumes nothing", filed.file));
                }
                continue;
            }
            quotations += 1;
            let own = documents.iter().find(|document| document.contract == filed.contract);
            let known = own.is_some_and(|document| document.sentences.iter().any(|(text, _)| text == quoted));
            if !known {
                wrong.push(format!("{}: not a sentence of its document: {quoted}", filed.file));
            }
        }
    }
    println!("{quotations} quotations, {assumed} assumptions");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// An example may show what a case of the corpus shows: the two lists are apart.
#[test]
fn every_case_has_a_name_of_its_own() {
    let mut named: BTreeMap<(String, bool, String), Vec<String>> = BTreeMap::new();
    for filed in filed() {
        named
            .entry((filed.contract, filed.origin == Origin::Case, filed.case.name))
            .or_default()
            .push(filed.file);
    }
    let twice: Vec<String> = named
        .into_iter()
        .filter(|(_, files)| files.len() > 1)
        .map(|((_, _, name), files)| format!("{name}: {}", files.join(", ")))
        .collect();
    assert!(twice.is_empty(), "names that several cases have:\n  {}", twice.join("\n  "));
}
