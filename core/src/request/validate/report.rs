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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_violation_is_told_where_its_text_has_just_room_and_the_first_one_always() {
        // A pointer of three bytes and a limit of one.
        for (violation_bytes, count, listing) in [
            (8, 2, Listing::Complete),
            (7, 1, Listing::CutShort),
            (4, 1, Listing::CutShort),
            (0, 1, Listing::CutShort),
        ] {
            let mut report = Report::new(&Limits { violation_bytes, ..Limits::default() });
            for pointer in ["/ab", "/cd"] {
                report.add(Rule::MinLength, || pointer.to_owned(), || Particulars::limit(9));
            }
            let (violations, told) = report.finish();
            assert_eq!((violations.len(), told), (count, listing), "{violation_bytes}");
        }
    }

    #[test]
    fn what_illustrates_is_cut_where_it_is_longer_than_is_told() {
        for (length, told) in [(199, 199), (200, 200), (201, 200), (400, 200)] {
            let Particulars { actual, .. } = Particulars::default().actual("x".repeat(length));
            let whole = if told < length { format!("{}…", "x".repeat(told)) } else { "x".repeat(length) };
            assert_eq!(actual, Some(whole), "{length}");
        }
    }
}
