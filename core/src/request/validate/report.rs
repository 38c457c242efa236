//! The violations found so far, bounded in number and size.

use super::Listing;
use crate::request::limits::Limits;
use crate::request::violation::{Rule, Violation};

/// Texts out of a request are cut behind so many bytes where they only illustrate.
const ACTUAL_LENGTH: usize = 200;

/// Collects violations.
#[derive(Debug)]
pub(super) struct Report {
    violations: Vec<Violation>,
    listing: Listing,
    /// How many bytes of text may still be told.
    bytes: usize,
    most: usize,
}

/// The particulars of a violation; see [`Violation`].
#[derive(Default)]
pub(super) struct Particulars {
    pub(super) limit: Option<String>,
    pub(super) actual: Option<String>,
    pub(super) property: Option<String>,
}

impl Particulars {
    pub(super) fn limit(limit: impl ToString) -> Self {
        Self { limit: Some(limit.to_string()), ..Self::default() }
    }

    pub(super) fn actual(self, actual: impl ToString) -> Self {
        self.having(actual.to_string())
    }

    #[inline(never)]
    fn having(mut self, mut actual: String) -> Self {
        if actual.len() > ACTUAL_LENGTH {
            actual.truncate(actual.floor_char_boundary(ACTUAL_LENGTH));
            actual.push('…');
        }
        self.actual = Some(actual);
        self
    }

    pub(super) fn property(property: &str) -> Self {
        Self { property: Some(property.to_owned()), ..Self::default() }
    }
}

impl Report {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            violations: Vec::new(),
            listing: Listing::Complete,
            bytes: limits.violation_bytes,
            most: limits.violations,
        }
    }

    /// Adds a violation. The pointer and the particulars are made only where there is room for them.
    #[cold]
    pub(super) fn add(
        &mut self,
        rule: Rule,
        pointer: impl FnOnce() -> String,
        particulars: impl FnOnce() -> Particulars,
    ) {
        if self.has_room() {
            self.tell(rule, pointer(), particulars());
        }
    }

    /// Whether one more may be told; notes that the listing is cut short where not.
    #[inline(never)]
    fn has_room(&mut self) -> bool {
        if self.violations.len() >= self.most {
            self.listing = Listing::CutShort;
        }
        self.listing == Listing::Complete
    }

    /// Adds a violation where its text has room. Nothing is told twice, as two schemas for one value may say the same.
    /// Apart from [`Self::add`], so that it is compiled once and not for each rule.
    #[inline(never)]
    fn tell(&mut self, rule: Rule, pointer: String, particulars: Particulars) {
        let Particulars { limit, actual, property } = particulars;
        let violation = Violation { pointer, rule, limit, actual, property };
        let parts = [&violation.limit, &violation.actual, &violation.property];
        let size = violation.pointer.len() + parts.into_iter().flatten().map(String::len).sum::<usize>();
        // The first is always told: without it, an invalid value would look valid.
        if size > self.bytes && !self.violations.is_empty() {
            self.listing = Listing::CutShort;
            return;
        }
        self.bytes = self.bytes.saturating_sub(size);
        let told = self
            .violations
            .iter()
            .rev()
            .take_while(|told| told.pointer == violation.pointer)
            .any(|told| *told == violation);
        if !told {
            self.violations.push(violation);
        }
    }

    pub(super) fn finish(self) -> (Vec<Violation>, Listing) {
        (self.violations, self.listing)
    }
}
