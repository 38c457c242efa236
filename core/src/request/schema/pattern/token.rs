//! Reads an expression in ECMA's syntax into a row of tokens.

use super::set::CharSet;
use crate::code::{choice, record};
use std::iter::Peekable;
use std::str::Chars;

/// Counts above this are refused: no id is so long.
const MOST: u32 = 100_000;

/// A part of an expression.
#[derive(Clone, Debug)]
pub(super) enum Token {
    /// One character out of a set.
    Set(CharSet),
    /// How often the part before it may come.
    Repeat(Count),
    /// Anything else.
    Mark(Mark),
}

/// A repetition.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) minimum: u32,
    pub(super) maximum: Option<u32>,
}

impl Count {
    pub(super) const ONCE: Self = Self { minimum: 1, maximum: Some(1) };
}

/// A part that takes no character.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mark {
    Start,
    End,
    WordBoundary,
    NoWordBoundary,
    Or,
    Open,
    Close,
}

/// Reads an expression. Groups capture nothing here, and repetitions are never lazy, as only whether there is
/// a match counts.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut reader = Reader { rest: text.chars().peekable(), tokens: Vec::new(), depth: 0 };
    while let Some(character) = reader.rest.next() {
        reader.token(character)?;
    }
    if reader.depth > 0 { Err("has a group that does not end".to_owned()) } else { Ok(reader.tokens) }
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    tokens: Vec<Token>,
    depth: usize,
}

impl Reader<'_> {
    fn token(&mut self, character: char) -> Result<(), String> {
        let token = match character {
            '^' => Token::Mark(Mark::Start),
            '$' => Token::Mark(Mark::End),
            '|' => Token::Mark(Mark::Or),
            '.' => Token::Set(CharSet::dot()),
            '[' => Token::Set(self.class()?),
            '(' => self.group()?,
            ')' => {
                self.depth = self.depth.checked_sub(1).ok_or("ends a group that did not begin")?;
                Token::Mark(Mark::Close)
            }
            '*' => self.repeat(Count { minimum: 0, maximum: None })?,
            '+' => self.repeat(Count { minimum: 1, maximum: None })?,
            '?' => self.repeat(Count { minimum: 0, maximum: Some(1) })?,
            '{' => {
                let count = self.count()?;
                self.repeat(count)?
            }
            '\\' => self.escape()?,
            other => Token::Set(CharSet::one(other)),
        };
        self.tokens.push(token);
        Ok(())
    }

    fn group(&mut self) -> Result<Token, String> {
        self.depth += 1;
        if self.take('?') {
            match self.rest.next() {
                Some(':') => {}
                Some('<') if !matches!(self.rest.peek(), Some('=' | '!')) => {
                    // A name only matters to back-references, which are refused.
                    if !self.rest.by_ref().any(|character| character == '>') {
                        return Err("has a group whose name does not end".to_owned());
                    }
                }
                Some('=' | '!' | '<') => return Err("must not look ahead or behind".to_owned()),
                _ => return Err("has a group of a kind that is not supported here".to_owned()),
            }
        }
        Ok(Token::Mark(Mark::Open))
    }

    fn repeat(&mut self, count: Count) -> Result<Token, String> {
        if !matches!(self.tokens.last(), Some(Token::Set(_) | Token::Mark(Mark::Close))) {
            return Err("repeats nothing".to_owned());
        }
        self.take('?');
        Ok(Token::Repeat(count))
    }

    /// Reads `2}`, `2,}` or `2,3}`.
    fn count(&mut self) -> Result<Count, String> {
        const WRONG: &str = "has a `{` that begins no repetition; write `\\{` for the character";
        let minimum = self.decimal().ok_or(WRONG)?;
        let maximum = if self.take(',') {
            if self.rest.peek() == Some(&'}') { None } else { Some(self.decimal().ok_or(WRONG)?) }
        } else {
            Some(minimum)
        };
        if !self.take('}') {
            return Err(WRONG.to_owned());
        }
        if minimum > MOST || maximum.is_some_and(|maximum| maximum > MOST || maximum < minimum) {
            return Err(format!("repeats more than {MOST} times, or more often at least than at most"));
        }
        Ok(Count { minimum, maximum })
    }

    fn decimal(&mut self) -> Option<u32> {
        let mut value = None::<u32>;
        while let Some(digit) = self.rest.peek().and_then(|character| character.to_digit(10)) {
            value = Some(value.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            self.rest.next();
        }
        value
    }

    /// Reads an escape outside a class, behind its backslash.
    fn escape(&mut self) -> Result<Token, String> {
        let letter = self.rest.next().ok_or("ends with a backslash")?;
        match letter {
            'b' => return Ok(Token::Mark(Mark::WordBoundary)),
            'B' => return Ok(Token::Mark(Mark::NoWordBoundary)),
            '1'..='9' | 'k' => return Err("must not refer back to a group".to_owned()),
            _ => {}
        }
        match CharSet::named(letter) {
            Some(set) => Ok(Token::Set(set)),
            None => Ok(Token::Set(CharSet::one(self.character(letter)?))),
        }
    }

    /// The character that an escape stands for.
    fn character(&mut self, letter: char) -> Result<char, String> {
        let code = match letter {
            't' => 0x09,
            'n' => 0x0A,
            'v' => 0x0B,
            'f' => 0x0C,
            'r' => 0x0D,
            '0' if !self.rest.peek().is_some_and(char::is_ascii_digit) => 0,
            'c' => match self.rest.next() {
                Some(control) if control.is_ascii_alphabetic() => u32::from(control) % 32,
                _ => return Err("has `\\c` without a letter".to_owned()),
            },
            'x' => self.hexadecimal(2)?,
            'u' if self.take('{') => {
                let mut code = 0_u32;
                while let Some(digit) = self.rest.peek().and_then(|character| character.to_digit(16)) {
                    code = code.saturating_mul(16).saturating_add(digit);
                    self.rest.next();
                }
                if !self.take('}') {
                    return Err("has `\\u{` without an end".to_owned());
                }
                code
            }
            'u' => self.unit()?,
            'p' | 'P' => {
                return Err("uses `\\p`, Unicode properties, which are not supported here".to_owned());
            }
            other if other.is_ascii_punctuation() => u32::from(other),
            other => return Err(format!("has `\\{other}`, which is not supported here")),
        };
        char::from_u32(code).ok_or_else(|| "names a code that is no character".to_owned())
    }

    /// Reads four digits, and the second half of a surrogate pair behind a first.
    fn unit(&mut self) -> Result<u32, String> {
        let first = self.hexadecimal(4)?;
        if !(0xD800..0xDC00).contains(&first) {
            return Ok(first);
        }
        let second = if self.take('\\') && self.take('u') { self.hexadecimal(4)? } else { 0 };
        if (0xDC00..0xE000).contains(&second) {
            Ok(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00))
        } else {
            Err("has half of a surrogate pair".to_owned())
        }
    }

    fn hexadecimal(&mut self, digits: usize) -> Result<u32, String> {
        (0..digits).try_fold(0, |code, _| {
            let digit = self.rest.next().and_then(|character| character.to_digit(16));
            Ok(code * 16 + digit.ok_or("has an escape with too few hexadecimal digits")?)
        })
    }

    /// Reads a class, behind its opening bracket.
    fn class(&mut self) -> Result<CharSet, String> {
        const OPEN: &str = "has a class that does not end";
        let negated = self.take('^');
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        loop {
            let first = self.rest.next().ok_or(OPEN)?;
            if first == ']' {
                break;
            }
            let start = self.member(first)?;
            // A hyphen at the end of the class is the character.
            let mut ahead = self.rest.clone();
            if ahead.next() != Some('-') || matches!(ahead.next(), Some(']') | None) {
                ranges.extend(start.ranges());
                continue;
            }
            self.rest.next();
            let last = self.rest.next().ok_or(OPEN)?;
            let end = self.member(last)?;
            match (start.ranges(), end.ranges()) {
                (&[(start, same)], &[(end, alike)]) if start == same && end == alike && start <= end => {
                    ranges.push((start, end));
                }
                _ => {
                    return Err("has a range in a class that does not lead from one character up to another"
                        .to_owned());
                }
            }
        }
        let set = CharSet::new(ranges);
        let set = if negated { set.negated() } else { set };
        if set.ranges().is_empty() { Err("has a class without characters".to_owned()) } else { Ok(set) }
    }

    /// A character or a named set inside a class.
    fn member(&mut self, first: char) -> Result<CharSet, String> {
        if first != '\\' {
            return Ok(CharSet::one(first));
        }
        let letter = self.rest.next().ok_or("ends with a backslash")?;
        match CharSet::named(letter) {
            Some(set) => Ok(set),
            None if letter == 'b' => Ok(CharSet::one('\u{8}')),
            None => Ok(CharSet::one(self.character(letter)?)),
        }
    }

    fn take(&mut self, wanted: char) -> bool {
        self.rest.next_if_eq(&wanted).is_some()
    }
}

record! { Count { minimum, maximum } }
choice! {
    Mark { 0 = Start, 1 = End, 2 = WordBoundary, 3 = NoWordBoundary, 4 = Or, 5 = Open, 6 = Close }
}
