//! Whatever is asked in one session, and in whatever order, another never shows it: each answers as a mock of its own does.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use bulk_delete_core::request::call::{Body, Request};
use bulk_delete_core::time::Timestamp;
use bulk_delete_mock::builtin;
use bulk_delete_mock::folder::{self, Loaded};
use bulk_delete_mock::mock::{Chance, Clock, Mock};

const MODELS: &str = "/2/0/workspaces/75A40874E6B64FA3AE0743278996850F/bulkDeleteModels";
const ROUNDS: usize = 40;
const STEPS: usize = 60;

struct Asked {
    method: &'static str,
    path: &'static str,
    body: String,
}

fn mock() -> Mock {
    let Loaded { contracts, seed, .. } = folder::load(&builtin::folders(), None).unwrap();
    Mock::new(contracts, seed, Clock::frozen(Timestamp(0)), Chance::new([7; 32])).unwrap()
}

/// Numbers that look drawn by lot (xorshift), the same on each run.
struct Lot(u64);

impl Lot {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

fn draw(lot: &mut Lot, models: &[String]) -> Asked {
    let asked = |method, path, body: String| Asked { method, path, body };
    match lot.below(12) {
        0 => asked("POST", "/__mock/reset", String::new()),
        1 => asked("POST", "/__mock/clock", format!(r#"{{"advance":{}}}"#, lot.below(100))),
        2 => asked("PATCH", "/__mock/world", r#"{"resources":[{"kind":"model","id":"NEW","container":"workspace/75A40874E6B64FA3AE0743278996850F"}]}"#.to_owned()),
        3 => asked("PUT", "/__mock/world?contract=anaplan-models", "{}".to_owned()),
        _ => {
            let ids: Vec<String> =
                (0..1 + lot.below(3)).map(|_| format!("{:?}", models[lot.below(models.len())])).collect();
            asked("POST", MODELS, format!(r#"{{"modelIdsToDelete":[{}]}}"#, ids.join(",")))
        }
    }
}

fn ask(mock: &Mock, session: Option<&str>, asked: &Asked) -> (u16, String) {
    let mut headers: Vec<(&str, &[u8])> =
        vec![("authorization", b"AnaplanAuthToken ada-token"), ("content-type", b"application/json")];
    if let Some(session) = session {
        headers.push(("x-mock-session", session.as_bytes()));
    }
    let (path, query) =
        asked.path.split_once('?').map_or((asked.path, None), |(path, query)| (path, Some(query)));
    let body = Body::Bytes(asked.body.as_bytes());
    let answer = mock.answer(&Request { method: asked.method, path, query, headers: &headers, body });
    (answer.status, String::from_utf8(answer.body.unwrap_or_default()).unwrap())
}

#[test]
fn sessions_never_touch_each_other() {
    let get = |path| Asked { method: "GET", path, body: String::new() };
    let mut lot = Lot(0x5eed);
    let (mut deletions, mut compared) = (0, 0);
    for round in 0..ROUNDS {
        let together = mock();
        let names = [None, Some("one"), Some("two"), Some("three")];
        let apart = names.map(|_| mock());
        let (_, world) = ask(&together, None, &get("/__mock/world"));
        let world: serde_json::Value = serde_json::from_str(&world).unwrap();
        let of_models = |row: &&serde_json::Value| row["kind"] == "model";
        let rows = world["resources"].as_array().unwrap().iter().filter(of_models);
        let mut models: Vec<String> = rows.map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        models.push("NEW".to_owned());
        for step in 0..STEPS {
            let which = lot.below(names.len());
            let asked = draw(&mut lot, &models);
            let (here, there) = (ask(&together, names[which], &asked), ask(&apart[which], None, &asked));
            assert_eq!(
                here, there,
                "round {round}, step {step}: {} {} {}",
                asked.method, asked.path, asked.body
            );
            deletions += usize::from(here.1.contains(r#""modelsDeleted":1"#));
            compared += 1;
        }
        for (name, own) in names.iter().zip(&apart) {
            for path in ["/__mock/world", "/__mock/changes", "/__mock/audit", "/__mock/clock"] {
                let without_ids = |(status, text): (u16, String)| {
                    let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
                    for row in value["entries"].as_array_mut().into_iter().flatten() {
                        row["request-id"].take();
                    }
                    (status, value)
                };
                assert_eq!(
                    without_ids(ask(&together, *name, &get(path))),
                    without_ids(ask(own, None, &get(path))),
                    "round {round}, {name:?}: {path}"
                );
            }
        }
    }
    assert!(deletions > 100 && compared == ROUNDS * STEPS, "{deletions} of {compared} deleted something");
}
