//! What is known, and what is not. "Unknown" is not "no".

/// A fact that somebody was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact<T> {
    /// It is known to be this.
    Known(T),
    /// Nobody here knows it.
    Unknown,
}

impl<T> Fact<T> {
    /// What follows from the fact, if it is known.
    pub fn map<U>(self, follow: impl FnOnce(T) -> U) -> Fact<U> {
        match self {
            Self::Known(value) => Fact::Known(follow(value)),
            Self::Unknown => Fact::Unknown,
        }
    }
}

impl Fact<bool> {
    /// Whether any of these holds: one that is known to hold suffices, whatever else is unknown.
    pub fn any(facts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::Known(false);
        for fact in facts {
            match fact {
                Self::Known(true) => return fact,
                Self::Known(false) => {}
                Self::Unknown => all = Self::Unknown,
            }
        }
        all
    }

    /// Whether all of these hold: one that is known not to hold decides it, whatever else is unknown.
    pub fn all(facts: impl IntoIterator<Item = Self>) -> Self {
        let mut all = Self::Known(true);
        for fact in facts {
            match fact {
                Self::Known(false) => return fact,
                Self::Known(true) => {}
                Self::Unknown => all = Self::Unknown,
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::Fact::{self, Known, Unknown};

    #[test]
    fn joins_three_values() {
        for (facts, any, all) in [
            (vec![], Known(false), Known(true)),
            (vec![Known(true), Unknown], Known(true), Unknown),
            (vec![Unknown, Known(true)], Known(true), Unknown),
            (vec![Known(false), Unknown], Unknown, Known(false)),
            (vec![Unknown, Known(false)], Unknown, Known(false)),
            (vec![Known(false), Known(true)], Known(true), Known(false)),
            (vec![Known(false)], Known(false), Known(false)),
            (vec![Known(true)], Known(true), Known(true)),
            (vec![Unknown], Unknown, Unknown),
        ] {
            assert_eq!((Fact::any(facts.clone()), Fact::all(facts.clone())), (any, all), "{facts:?}");
        }
    }

    #[test]
    fn follows_only_from_what_is_known() {
        assert_eq!(Known(2).map(|number| number + 1), Known(3));
        assert_eq!(Unknown.map(|number: i32| number + 1), Unknown);
    }
}
