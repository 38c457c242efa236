//! `pattern`: the regular expressions of ECMA-262 in Unicode mode, without look-around and back-references,
//! so that searching is linear in the text.
//!
//! An expression is read into tokens whose meaning is ECMA's, and run in one of two ways: most patterns of
//! ids are a few character sets in a row, which are walked along directly; in the rest, all ways are followed at
//! once.

mod automaton;
mod set;
mod steps;
mod token;

use self::automaton::Automaton;
use self::steps::Steps;
use self::token::tokens;
use crate::code::{choice, record};

/// A compiled `pattern`.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    /// The expression as the schema writes it.
    pub(crate) text: Box<str>,
    machine: Machine,
}

#[derive(Clone, Debug)]
enum Machine {
    Steps(Steps),
    Automaton(Automaton),
}

impl Pattern {
    /// Compiles an expression.
    ///
    /// # Errors
    /// Why it is not supported, to be read after the keyword's name.
    pub(super) fn compile(text: &str) -> Result<Self, String> {
        let tokens = tokens(text)?;
        let machine = match Steps::of(&tokens) {
            Some(steps) => Machine::Steps(steps),
            None => Machine::Automaton(Automaton::of(&tokens).ok_or("takes too many steps; repeat less")?),
        };
        Ok(Self { text: text.into(), machine })
    }

    /// Whether the expression matches anywhere in the text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        match &self.machine {
            Machine::Steps(steps) => steps.match_whole(text),
            Machine::Automaton(automaton) => automaton.search(text),
        }
    }
}

record! { Pattern { text, machine } }
choice! { Machine { 0 = Steps(steps), 1 = Automaton(automaton) } }

#[cfg(test)]
mod tests {
    use super::set::CharSet;
    use super::token::{Mark, Token};
    use super::*;
    use regex_lite::Regex;

    fn compile(text: &str) -> Pattern {
        Pattern::compile(text).unwrap_or_else(|reason| panic!("`{text}` {reason}"))
    }

    #[test]
    fn matches_as_ecma_does() {
        for (pattern, yes, no) in [
            ("^a*$", &["", "aaa"][..], &["b", "aab", "a\n"][..]),
            ("a+", &["xaay"], &["", "b"]),
            ("", &["", "x"], &[]),
            ("^[^,]+$", &["a", "\u{e9}\n"], &["", "a,b"]),
            (
                "^[0-9a-f]{8}-[0-9A-F]{2,3}$",
                &["0123abcd-AB", "0123abcd-ABC"],
                &["0123abcd-A", "0123abcd-ABCD", "0123abc-AB"],
            ),
            ("^\\d{2}$", &["42"], &["4", "\u{664}\u{662}"]),
            ("^\\w+\\W$", &["a_1-", "a\u{e9}"], &["a", "a\u{e9}b"]),
            ("^\\s\\S$", &["\u{a0}a", "\u{feff}b", "\tc", "\u{2028}d"], &["a ", "\u{85}a", "  "]),
            ("^.$", &["x", "\u{1F600}", "\u{85}"], &["\n", "\r", "\u{2028}", "ab"]),
            ("^[\\d\\-a-c.]+$", &["1-b."], &["d", "\\"]),
            ("^[^\\d\\s]$", &["x"], &["1", " "]),
            ("^[\\D]$", &["x"], &["1"]),
            ("^[a[&&b]$", &["a", "[", "&", "b"], &["c"]),
            ("^[-a]$", &["-", "a"], &["b"]),
            ("^[a-]$", &["-", "a"], &["b"]),
            ("^[\\w-]$", &["-", "a"], &["+"]),
            ("^[^]$", &["\n"], &[""]),
            ("^\\u0041\\x42\\u{43}\\cA\\0\\t\\/\\.$", &["ABC\u{1}\0\t/."], &["ABC\u{1}\0\t/x"]),
            ("^\\uD83D\\uDE00$", &["\u{1F600}"], &["x"]),
            ("^[\\uD83D\\uDE00-\\u{1F602}]$", &["\u{1F601}"], &["\u{1F603}"]),
            ("^(ab|c)?d$", &["abd", "cd", "d"], &["abcd", "ad"]),
            ("^(?:ab){2}$", &["abab"], &["ab"]),
            ("^(?<year>\\d{4})$", &["2026"], &["26"]),
            ("cat|dog", &["a dog", "cats"], &["cow"]),
            ("^cat|dog$", &["cats", "a dog"], &["a cat", "dogs"]),
            ("\\bend\\b", &["the end.", "end"], &["bend", "ending"]),
            ("\\Bend", &["bend"], &["end"]),
            ("^a{2,}b??$", &["aa", "aaab"], &["a"]),
            ("^a+a$", &["aa", "aaa"], &["a"]),
            ("^a?ab$", &["ab", "aab"], &["b", "aaab"]),
            ("^a*b*a$", &["a", "aba", "bba", "aaa"], &["ab"]),
            ("^a{0,2}[^a]$", &["aab", "b"], &["aaab", "aa"]),
            ("^\u{e9}\u{1F600}]}$", &["\u{e9}\u{1F600}]}"], &["e"]),
            ("^a{3}$", &["aaa"], &["aa", "aaaa"]),
            ("a$", &["ba"], &["ab", "a\n"]),
            ("^$", &[""], &["x", "\n"]),
        ] {
            let compiled = compile(pattern);
            for text in yes {
                assert!(compiled.matches(text), "`{pattern}` matches {text:?}");
            }
            for text in no {
                assert!(!compiled.matches(text), "`{pattern}` does not match {text:?}");
            }
        }
    }

    #[test]
    fn refuses_what_it_cannot_mean() {
        for pattern in [
            "(?=a)",
            "(?!a)",
            "(?<=a)",
            "(?<!a)",
            "(a)\\1",
            "\\k<a>",
            "\\p{L}",
            "\\P{L}",
            "(",
            ")",
            "a)",
            "[a",
            "[b-a]",
            "a{2,1}",
            "a{",
            "*a",
            "+",
            "a**",
            "^*",
            "\\",
            "\\a",
            "\\A",
            "\\z",
            "(?i)a",
            "(?P<a>b)",
            "\\u12",
            "\\x1",
            "\\uD800",
            "[]",
            "[\\d-x]",
            "a{99999999}",
            "((a{500}){500}){500}",
            "\\c1",
            "\\01",
            "\\u{110000}",
        ] {
            assert!(Pattern::compile(pattern).is_err(), "`{pattern}` is refused");
        }
    }

    /// Writes a token in the syntax of `regex-lite`.
    fn write(token: &Token) -> String {
        match token {
            Token::Set(set) => written(set),
            Token::Mark(mark) => match mark {
                Mark::Start => "^",
                Mark::End => "$",
                // ECMA's words are made of ASCII letters; so are the library's.
                Mark::WordBoundary => r"\b",
                Mark::NoWordBoundary => r"\B",
                Mark::Or => "|",
                Mark::Open => "(?:",
                Mark::Close => ")",
            }
            .to_owned(),
            Token::Repeat(count) => match count.maximum {
                Some(maximum) => format!("{{{},{maximum}}}", count.minimum),
                None => format!("{{{},}}", count.minimum),
            },
        }
    }

    /// A set as a class of `regex-lite`, in code points, so that no character has a meaning there.
    fn written(set: &CharSet) -> String {
        let ranges = set.ranges().iter().filter_map(|&(start, end)| {
            // No character has the code of a surrogate; ranges may begin or end among them all the same.
            let start = if (0xD800..0xE000).contains(&start) { 0xE000 } else { start };
            let end = if (0xD800..0xE000).contains(&end) { 0xD7FF } else { end };
            (start <= end).then(|| format!("\\u{{{start:x}}}-\\u{{{end:x}}}"))
        });
        format!("[{}]", ranges.collect::<String>())
    }

    #[test]
    fn both_ways_of_running_agree_with_another_library() {
        let parts = [
            "a",
            "b",
            "[ab]",
            "[^a]",
            ".",
            "\\d",
            "[b-d]",
            "-",
            "(a|b)",
            "(?:ab|c|)",
            "(a*b)",
            "((a|-)?b)",
            "\\b",
            "\\B",
            "|",
            "^",
            "$",
            "(a|(b|c)+)",
        ];
        let counts = ["", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}", "{0}", "{0,3}"];
        let mut state = 7_u32;
        let mut below = |bound: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % bound
        };
        let (mut walked, mut searched) = (0, 0);
        for round in 0..20_000 {
            let simple = round % 2 == 0;
            let middle: String = (0..below(if simple { 4 } else { 6 }))
                .map(|_| {
                    let part = parts[below(if simple { 8 } else { parts.len() })];
                    let repeatable = !["\\b", "\\B", "|", "^", "$"].contains(&part);
                    [part, if repeatable { counts[below(counts.len())] } else { "" }].concat()
                })
                .collect();
            let middle = if simple { format!("^{middle}$") } else { middle };
            let tokens = tokens(&middle).expect("the parts are supported");
            let source: String = tokens.iter().map(write).collect();
            let regex = Regex::new(&source).expect("the parts are supported");
            let automaton = Automaton::of(&tokens).expect("few steps");
            let steps = Steps::of(&tokens);
            walked += usize::from(steps.is_some());
            for _ in 0..20 {
                let text: String =
                    (0..below(7)).map(|_| ['a', 'b', 'c', '7', '-', '\n', '\u{e9}'][below(7)]).collect();
                let expected = regex.is_match(&text);
                searched += usize::from(expected);
                assert_eq!(automaton.search(&text), expected, "{middle} {text:?}");
                if let Some(steps) = &steps {
                    assert_eq!(steps.match_whole(&text), expected, "{middle} {text:?}");
                }
            }
        }
        assert!(walked > 1000 && searched > 10_000, "{walked} patterns are walked, {searched} texts found");
    }

    #[test]
    fn long_texts_take_linear_time() {
        let text = "a".repeat(200_000);
        assert!(!compile("^(a|a)*b$").matches(&text));
        assert!(!compile("^(a*)*b$").matches(&text));
        assert!(compile("^a*$").matches(&text));
    }
}
