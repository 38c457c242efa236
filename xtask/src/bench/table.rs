//! The figures as a Markdown table, and which of them miss their target.

use std::fmt;

#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: Vec<[String; 4]>,
    notes: Vec<String>,
    missed: Vec<String>,
}

/// One or two numbers, and what they should be.
#[derive(Debug)]
pub(crate) struct Figure {
    text: String,
    value: f64,
    target: Option<Target>,
}

#[derive(Clone, Copy, Debug)]
enum Target {
    AtLeast(f64),
    AtMost(f64),
}

impl Figure {
    /// A number with as many digits as it deserves.
    pub(crate) fn plain(value: f64) -> Figure {
        Figure { text: shown(value), value, target: None }
    }

    /// A count, with commas between thousands.
    pub(crate) fn count(value: f64) -> Figure {
        let digits = format!("{value:.0}");
        let mut text = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                text.push(',');
            }
            text.push(digit);
        }
        Figure { text, value, target: None }
    }

    /// Two numbers side by side.
    pub(crate) fn pair(one: f64, other: f64) -> Figure {
        Figure { text: format!("{} / {}", shown(one), shown(other)), value: other, target: None }
    }

    pub(crate) fn at_least(self, target: f64) -> Figure {
        Figure { target: Some(Target::AtLeast(target)), ..self }
    }

    pub(crate) fn at_most(self, target: f64) -> Figure {
        Figure { target: Some(Target::AtMost(target)), ..self }
    }
}

impl Target {
    fn met(self, value: f64) -> bool {
        match self {
            Target::AtLeast(least) => value >= least,
            Target::AtMost(most) => value <= most,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::AtLeast(least) => write!(f, "at least {}", shown(*least)),
            Target::AtMost(most) => write!(f, "at most {}", shown(*most)),
        }
    }
}

impl Table {
    pub(crate) fn row(&mut self, of: &str, what: &str, figure: Figure) {
        let target = figure.target.map(|target| target.to_string()).unwrap_or_default();
        if figure.target.is_some_and(|target| !target.met(figure.value)) {
            self.missed.push(format!("{of}: {what} is {}, should be {target}", figure.text));
        }
        self.rows.push([of.to_owned(), what.to_owned(), figure.text, target]);
    }

    /// A sentence under the table.
    pub(crate) fn note(&mut self, sentence: String) {
        self.notes.push(sentence);
    }

    /// What misses its target, a sentence each.
    pub(crate) fn missed(&self) -> &[String] {
        &self.missed
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| of | what | measured | target |\n|---|---|---:|---|")?;
        for [of, what, measured, target] in &self.rows {
            writeln!(f, "| {of} | {what} | {measured} | {target} |")?;
        }
        for note in &self.notes {
            writeln!(f, "\n{note}")?;
        }
        Ok(())
    }
}

fn shown(value: f64) -> String {
    if value >= 100.0 {
        format!("{value:.0}")
    } else if value >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

/// The middle one; of an even number, the upper of the two.
pub(crate) fn median(values: &[f64]) -> f64 {
    percentile(values, 50.0)
}

/// The one that this many of a hundred stand below.
pub(crate) fn percentile(values: &[f64], percent: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * percent / 100.0) as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missed_target_is_told() {
        let mut table = Table::default();
        table.row("a", "share", Figure::plain(0.6).at_least(0.6));
        table.row("b", "share", Figure::plain(0.59).at_least(0.6));
        table.row("c", "memory", Figure::plain(20.1).at_most(20.0));
        table.row("d", "nothing", Figure::plain(f64::NAN).at_most(20.0));
        let missed = [
            "b: share is 0.59, should be at least 0.60",
            "c: memory is 20.1, should be at most 20.0",
            "d: nothing is NaN, should be at most 20.0",
        ];
        assert_eq!(table.missed(), missed);
        assert!(table.to_string().contains("| a | share | 0.60 | at least 0.60 |"));
    }

    #[test]
    fn numbers_have_the_digits_that_they_deserve() {
        let shown = [0.0449, 9.999, 10.04, 123.4].map(shown);
        assert_eq!(shown, ["0.04", "10.00", "10.0", "123"]);
        let counts = [1.0, 123.4, 1234.0, 1_234_567.0].map(|count| Figure::count(count).text);
        assert_eq!(counts, ["1", "123", "1,234", "1,234,567"]);
        assert_eq!([median(&[3.0, 1.0, 2.0]), median(&[1.0, 2.0])], [2.0, 2.0]);
        assert!(median(&[]).is_nan());
        let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
        assert_eq!([50.0, 99.0].map(|percent| percentile(&hundred, percent)), [51.0, 100.0]);
    }
}
