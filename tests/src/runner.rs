//! Runs a case through a door, and checks what holds of every case: an answer is as the contract's document describes it, what
//! is refused has changed nothing, and the answer reads back without contradiction.

use crate::case::{Case, Fault, Step};
use crate::corpus::{self, Filed};
use crate::described::Described;
use crate::door::direct::{Headers, request, told};
use crate::door::{Ask, Door};
use crate::matching::{Answer, compare, differences, row};
use crate::round_trip;
use bulk_delete_core::answer::report::Report;
use bulk_delete_core::contract::{Contract, Documents};
use bulk_delete_core::json::{Object, Value};
use bulk_delete_core::service::Service;
use std::collections::BTreeMap;

/// What every case needs: the contracts, their documents and their worlds.
#[derive(Debug)]
pub struct Runner {
    /// All contracts, served together.
    pub service: Service,
    described: BTreeMap<String, Described>,
    worlds: BTreeMap<String, Value>,
}

impl Runner {
    /// Loads every contract.
    ///
    /// # Panics
    /// Where one of them, or its world, is not right.
    #[expect(clippy::new_without_default, reason = "it loads every contract, which a default should not")]
    pub fn new() -> Self {
        let (mut contracts, mut described, mut worlds) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
        for name in corpus::contracts() {
            let [openapi, policy, world] = ["openapi.json", "policy.json", "world.json"]
                .map(|document| corpus::contract_document(&name, document));
            let documents = Documents { name: &name, openapi: &openapi, policy: &policy };
            let contract =
                Contract::load(documents).unwrap_or_else(|problems| panic!("{name}: {}", told(&problems)));
            // The core's door is run with contracts that were compiled, the others with those that were loaded.
            let contract =
                Contract::decode(&contract.encode()).unwrap_or_else(|error| panic!("{name}: {error}"));
            let world = Value::parse(&world).unwrap_or_else(|error| panic!("{name}/world.json: {error}"));
            contracts.push(contract);
            described.insert(name.clone(), Described::read(&name));
            worlds.insert(name, world);
        }
        let service = Service::new(contracts).unwrap_or_else(|problems| panic!("{}", told(&problems)));
        Self { service, described, worlds }
    }

    /// Runs a case.
    ///
    /// # Errors
    /// Everything that is not as it should be, for people.
    pub fn run(&self, filed: &Filed, door: &mut dyn Door) -> Result<(), String> {
        let contract = &filed.contract;
        let own = self.worlds.get(contract).ok_or_else(|| format!("there is no contract `{contract}`"))?;
        door.begin(filed.case.world.as_ref().unwrap_or(own))?;
        let steps = filed.case.steps.len();
        for (index, step) in filed.case.steps.iter().enumerate() {
            let found = self.step(contract, &filed.case, step, door).unwrap_or_else(|error| vec![error]);
            if !found.is_empty() {
                let which =
                    if steps > 1 { format!("exchange {} of {steps}\n", index + 1) } else { String::new() };
                return Err(format!("{}: {}\n{which}  {}", filed.file, filed.case.name, found.join("\n  ")));
            }
        }
        Ok(())
    }

    fn step(
        &self,
        contract: &str,
        case: &Case,
        step: &Step,
        door: &mut dyn Door,
    ) -> Result<Vec<String>, String> {
        if step.advance_seconds > 0 {
            door.advance(step.advance_seconds)?;
        }
        let ask = Ask {
            contract,
            caller: step.caller.as_deref(),
            scopes: step.scopes.as_deref(),
            request: &step.request,
        };
        let before = door.world()?;
        let audited = door.audit()?.len();
        let answer = match case.fault {
            Some(Fault::Internal) => door.fail(&ask)?,
            None => door.exchange(&ask)?,
        };
        let mut found = differences(&step.response, &answer);
        if answer.status >= 400 && door.world()? != before {
            found.push(format!("an answer {} has changed the world", answer.status));
        }
        found.extend(self.undescribed(&ask, &answer));
        if let Some(changes) = &step.changes {
            let now = door.changes()?;
            for (list, expected) in [("deleted", &changes.deleted), ("orphaned", &changes.orphaned)] {
                if let Some(expected) = expected {
                    let (expected, got) = (Value::Array(expected.clone()), Value::Array(ids_of(&now, list)));
                    compare(&format!("changes/{list}"), &expected, &got, &mut found);
                }
            }
        }
        let report = self.report(&ask, &answer);
        if let Some(report) = report.as_ref().filter(|_| answer.status < 300) {
            let audit = door.audit()?;
            check_audit(&ask, report, audit.get(audited..).unwrap_or_default(), &mut found);
        }
        check_report(report.as_ref(), step, &mut found);
        Ok(found)
    }

    /// Everything in an answer that the contract's document does not describe.
    pub fn undescribed(&self, ask: &Ask<'_>, answer: &Answer) -> Vec<String> {
        match self.described.get(ask.contract) {
            Some(described) => described.check(&ask.request.method, &ask.request.path, answer),
            None => vec![format!("there is no contract `{}`", ask.contract)],
        }
    }

    /// What a reader of the answer concludes.
    fn report(&self, ask: &Ask<'_>, answer: &Answer) -> Option<Report> {
        let headers = Headers::of(ask);
        let headers = headers.borrowed();
        let request = request(ask, &headers);
        let routed = self.service.route(request.method, request.path)?;
        round_trip::read(&self.service.call(routed, &request), answer)
    }
}

/// Holds what the answer means against what the case expects of it.
fn check_report(report: Option<&Report>, step: &Step, found: &mut Vec<String>) {
    let contradictions = report.map_or(&[][..], |report| &report.contradictions);
    found.extend(
        contradictions.iter().map(|what| format!("the answer reads back with a contradiction: {what}")),
    );
    let Some(expected) = &step.report else { return };
    let Some(report) = report else {
        return found.push("there is nothing to report of this call".to_owned());
    };
    if report.items.len() != expected.len() {
        found.push(format!("report: expected {} items, got {}", expected.len(), report.items.len()));
    }
    for (index, (expected, item)) in expected.iter().zip(&report.items).enumerate() {
        let got = row(item);
        for (key, value) in expected.as_object().into_iter().flat_map(Object::iter) {
            let got = got.get(key).unwrap_or(&Value::Null);
            compare(&format!("report/{index}/{key}"), value, got, found);
        }
    }
}

/// What was carried out is in the audit trail: who, when, by which request, each item in order, and its outcome.
fn check_audit(ask: &Ask<'_>, report: &Report, rows: &[Value], found: &mut Vec<String>) {
    let items: Vec<Value> = report.items.iter().map(|item| item.id.to_value()).collect();
    let audited: Vec<Value> = rows.iter().filter_map(|row| row.get("item").cloned()).collect();
    compare("audit", &Value::Array(items), &Value::Array(audited), found);
    for row in rows {
        let has = |key: &str| row.get(key).and_then(Value::as_str).is_some_and(|text| !text.is_empty());
        let by = row.get("caller").and_then(Value::as_str);
        let of = row.get("contract").and_then(Value::as_str);
        let named = ask.caller.is_none() || by == ask.caller;
        if !(named && of == Some(ask.contract) && ["time", "request-id", "outcome"].into_iter().all(has)) {
            found.push(format!(
                "the audit trail does not tell who, when, and with what outcome: {}",
                row.to_text()
            ));
        }
    }
}

fn ids_of(changes: &Value, list: &str) -> Vec<Value> {
    let rows = changes.get(list).and_then(Value::as_array).unwrap_or_default();
    rows.iter().filter_map(|row| row.get("id").cloned()).collect()
}
