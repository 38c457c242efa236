//! Which operation of which contract a request is for, by its method and path.

use crate::contract::Contract;
use crate::contract::companion::Companion;
use crate::contract::operation::Operation;
use crate::contract::path::Fit;
use crate::order::{arranged, sorted};
use crate::problem::Problem;

/// The operations of many contracts, the most particular paths first.
#[derive(Debug, Default)]
pub struct Routes {
    entries: Vec<Entry>,
}

/// A contract's place in its service, and which of its operations is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Entry {
    contract: usize,
    companion: Option<usize>,
}

/// What an operation is to its contract.
#[derive(Clone, Copy, Debug)]
pub enum Target<'c> {
    /// The bulk delete.
    BulkDelete,
    /// An operation beside it.
    Companion(&'c Companion),
}

/// What a route leads to.
#[derive(Clone, Debug)]
pub enum End<'r> {
    /// An operation, with the raw values of its path's parameters.
    Found(Vec<&'r str>),
    /// The path is right, the method is not.
    OtherMethod,
    /// The path lacks its final slash.
    SlashMissing,
}

/// A route that leads somewhere.
#[derive(Clone, Debug)]
pub struct Routed<'c, 'r> {
    /// The contract.
    pub contract: &'c Contract,
    /// The operation.
    pub target: Target<'c>,
    /// Where it ends.
    pub end: End<'r>,
}

impl Target<'_> {
    /// The operation.
    pub fn operation<'o>(&'o self, contract: &'o Contract) -> &'o Operation {
        match self {
            Self::BulkDelete => &contract.operation,
            Self::Companion(companion) => &companion.operation,
        }
    }
}

impl Routes {
    /// Gathers the operations of contracts.
    ///
    /// # Errors
    /// Two of them answer the same method on the same path.
    pub fn new(contracts: &[Contract]) -> Result<Self, Vec<Problem>> {
        let mut entries = Vec::new();
        for (index, contract) in contracts.iter().enumerate() {
            entries.push(Entry { contract: index, companion: None });
            entries.extend(
                (0..contract.companions.len()).map(|at| Entry { contract: index, companion: Some(at) }),
            );
        }
        let mut routes = Self { entries };
        let problems = routes.collisions(contracts);
        if !problems.is_empty() {
            return Err(problems);
        }
        let literals = |place: usize| {
            let entry = routes.entries.get(place).copied();
            entry
                .and_then(|entry| operation(contracts, entry))
                .map_or(0, |operation| operation.path.literals())
        };
        let places = sorted(routes.entries.len(), &|one, two| literals(two).cmp(&literals(one)));
        routes.entries = arranged(routes.entries, &places);
        Ok(routes)
    }

    fn collisions(&self, contracts: &[Contract]) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            for other in self.entries.iter().skip(index + 1) {
                let (Some(one), Some(two)) = (operation(contracts, *entry), operation(contracts, *other))
                else {
                    continue;
                };
                if one.method == two.method && one.path.collides_with(&two.path) {
                    let name = |entry: &Entry| {
                        contracts.get(entry.contract).map_or("", |contract| &contract.name).to_owned()
                    };
                    problems.push(Problem {
                        document: "openapi.json".to_owned(),
                        pointer: "/paths".to_owned(),
                        message: format!(
                            "`{} {}` of `{}` is also `{} {}` of `{}`: serve them apart, or change one path",
                            two.method,
                            two.path.as_str(),
                            name(other),
                            one.method,
                            one.path.as_str(),
                            name(entry)
                        ),
                    });
                }
            }
        }
        problems
    }

    /// Finds the operation for a method and a raw path. The most particular path that fits is meant, as OpenAPI has it; where
    /// several are as particular, the method decides.
    pub fn find<'c, 'r>(
        &self,
        contracts: &'c [Contract],
        method: &str,
        path: &'r str,
    ) -> Option<Routed<'c, 'r>> {
        let mut second_best: Option<Routed<'c, 'r>> = None;
        let mut literals = None;
        for entry in &self.entries {
            let Some((contract, target)) = resolve(contracts, *entry) else { continue };
            let operation = target.operation(contract);
            let end = match operation.path.fit(path) {
                Fit::Whole(values) if operation.method == method => End::Found(values),
                Fit::Whole(_) => End::OtherMethod,
                Fit::SlashMissing => End::SlashMissing,
                Fit::No => continue,
            };
            if !matches!(end, End::SlashMissing)
                && *literals.get_or_insert(operation.path.literals()) != operation.path.literals()
            {
                break;
            }
            let routed = Routed { contract, target, end };
            match routed.end {
                End::Found(_) => return Some(routed),
                End::OtherMethod if !matches!(second_best, Some(Routed { end: End::OtherMethod, .. })) => {
                    second_best = Some(routed);
                }
                _ => second_best = second_best.or(Some(routed)),
            }
        }
        second_best
    }

    /// The methods that are answered on a raw path.
    pub fn methods<'c>(&self, contracts: &'c [Contract], path: &str) -> Vec<&'c str> {
        let mut methods: Vec<&str> = Vec::new();
        let mut literals = None;
        for entry in &self.entries {
            let Some(operation) = operation(contracts, *entry) else { continue };
            if matches!(operation.path.fit(path), Fit::No) {
                continue;
            }
            if *literals.get_or_insert(operation.path.literals()) != operation.path.literals() {
                break;
            }
            if !methods.contains(&operation.method.as_str()) {
                methods.push(&operation.method);
            }
        }
        methods
    }
}

fn resolve(contracts: &[Contract], entry: Entry) -> Option<(&Contract, Target<'_>)> {
    let contract = contracts.get(entry.contract)?;
    let target = match entry.companion {
        None => Target::BulkDelete,
        Some(at) => Target::Companion(contract.companions.get(at)?),
    };
    Some((contract, target))
}

fn operation(contracts: &[Contract], entry: Entry) -> Option<&Operation> {
    let (contract, target) = resolve(contracts, entry)?;
    Some(match target {
        Target::BulkDelete => &contract.operation,
        Target::Companion(companion) => &companion.operation,
    })
}
