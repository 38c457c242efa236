//! Opaque tokens: those that were made for a caller while the mock ran, by the control API or by a log-in. They outlive a
//! reset of the world. The tokens that the world itself names stay in the world; only their log-out is noted here.

use bulk_delete_core::names::Names;
use bulk_delete_core::time::Timestamp;
use std::collections::VecDeque;

/// How many made tokens are kept; beyond that the oldest are forgotten.
const KEPT: usize = 10_000;

/// Whose a made token is, what it may do, and until when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Made {
    /// The caller's id.
    pub(crate) caller: String,
    /// The scopes it was made with; `None` stands for whatever the world grants the caller.
    pub(crate) scopes: Option<Vec<String>>,
    /// From when on it no longer counts.
    pub(crate) expires: Timestamp,
}

/// What is known of a token that the world does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known<'t> {
    /// Nothing: it was never made here, or has logged out.
    Unknown,
    /// It was good, and no longer is.
    Expired,
    /// It is good.
    Good(&'t Made),
}

/// The tokens made while the mock ran.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens {
    made: Names<Made>,
    oldest_first: VecDeque<String>,
    logged_out: Names<()>,
    /// Counts whatever changes them.
    revision: u64,
}

impl Tokens {
    /// Adds a token.
    pub(crate) fn add(&mut self, token: String, made: Made) {
        self.revision += 1;
        if self.made.insert(token.clone(), made).is_none() {
            self.oldest_first.push_back(token);
        }
        while self.oldest_first.len() > KEPT {
            if let Some(oldest) = self.oldest_first.pop_front() {
                self.made.remove(&oldest);
            }
        }
    }

    /// Has a token that was made here count until another time. Tells whether it was.
    pub(crate) fn renew(&mut self, token: &str, expires: Timestamp) -> bool {
        let Some(made) = self.made.get_mut(token) else { return false };
        self.revision += 1;
        made.expires = expires;
        true
    }

    /// What is known of a token at this time.
    pub(crate) fn find(&self, token: &str, now: Timestamp) -> Known<'_> {
        match self.made.get(token) {
            None => Known::Unknown,
            Some(made) if made.expires <= now => Known::Expired,
            Some(made) => Known::Good(made),
        }
    }

    /// Whether a token of the world has logged out since the last reset.
    pub(crate) fn has_logged_out(&self, token: &str) -> bool {
        !self.logged_out.is_empty() && self.logged_out.contains_key(token)
    }

    /// Ends a token that was accepted just now. One that the world names counts again after a reset.
    pub(crate) fn log_out(&mut self, token: &str) {
        self.revision += 1;
        if self.made.remove(token).is_some() {
            self.oldest_first.retain(|other| other != token);
        } else {
            // Only accepted tokens come here, so this holds no more than the world has tokens.
            self.logged_out.insert(token.to_owned(), ());
        }
    }

    /// The world began anew: its tokens count again. Made tokens stay.
    pub(crate) fn reset(&mut self) {
        self.revision += 1;
        self.logged_out = Names::new();
    }

    /// Has a token of the world count as logged out, as it did before the process ended.
    pub(crate) fn stay_logged_out(&mut self, token: String) {
        self.revision += 1;
        self.logged_out.insert(token, ());
    }

    /// Those that were made and still count, the oldest first.
    pub(crate) fn good(&self, now: Timestamp) -> impl Iterator<Item = (&str, &Made)> {
        let made = self.oldest_first.iter().filter_map(|token| Some((&**token, self.made.get(token)?)));
        made.filter(move |(_, made)| now < made.expires)
    }

    /// The world's tokens that have logged out.
    pub(crate) fn logged_out(&self) -> impl Iterator<Item = &str> {
        self.logged_out.keys()
    }

    /// Counts on with every change.
    pub(crate) fn revision(&self) -> u64 {
        self.revision
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(expires: i64) -> Made {
        Made { caller: "ada".to_owned(), scopes: None, expires: Timestamp(expires) }
    }

    #[test]
    fn a_token_is_good_until_it_expires() {
        let mut tokens = Tokens::default();
        tokens.add("t".to_owned(), made(10));
        assert_eq!(tokens.find("t", Timestamp(9)), Known::Good(&made(10)));
        assert_eq!(tokens.find("t", Timestamp(10)), Known::Expired);
        assert_eq!(tokens.find("u", Timestamp(9)), Known::Unknown);
    }

    #[test]
    fn a_log_out_ends_it_and_a_reset_revives_only_the_worlds() {
        let mut tokens = Tokens::default();
        tokens.add("t".to_owned(), made(10));
        tokens.log_out("t");
        tokens.log_out("of-the-world");
        assert_eq!(tokens.find("t", Timestamp(0)), Known::Unknown);
        assert!(tokens.has_logged_out("of-the-world"));
        tokens.reset();
        assert!(!tokens.has_logged_out("of-the-world"));
        assert_eq!(tokens.find("t", Timestamp(0)), Known::Unknown);
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut tokens = Tokens::default();
        for number in 0..KEPT + 5 {
            tokens.add(format!("t{number}"), made(10));
        }
        assert_eq!(tokens.made.len(), KEPT);
        assert_eq!(tokens.find("t4", Timestamp(0)), Known::Unknown);
        assert_eq!(tokens.find("t5", Timestamp(0)), Known::Good(&made(10)));
    }
}
