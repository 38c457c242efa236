//! Expressions of any form, searched by following all ways through them at once: linear in the text, whatever the expression.

use super::set::CharSet;
use super::token::{Count, Mark, Token};
use crate::code::{choice, record};

/// More instructions than this are refused; it bounds the time per character of the text.
const MOST: usize = 1 << 15;

/// An expression as instructions. A way that comes behind the last one has found a match.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    pub(super) sets: Box<[CharSet]>,
    pub(super) code: Box<[Step]>,
}

/// What a way through the expression does next. Distances are counted from the instruction itself.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Takes a character of the set of this number.
    Take(u32),
    /// Goes on if this mark stands here.
    Check(Mark),
    /// Goes on there.
    Jump(i32),
    /// Goes on with the next, and there.
    Fork(i32),
}

impl Automaton {
    /// The instructions of an expression; nothing where there would be too many.
    pub(super) fn of(tokens: &[Token]) -> Option<Self> {
        let mut writer = Writer::default();
        let mut outermost = Group::begin(&mut writer.code);
        let mut open: Vec<Group> = Vec::new();
        for token in tokens {
            let here = writer.code.len();
            match token {
                Token::Set(set) => {
                    let number = writer.sets.iter().position(|known| known == set).unwrap_or_else(|| {
                        writer.sets.push(set.clone());
                        writer.sets.len() - 1
                    });
                    writer.code.push(Step::Take(u32::try_from(number).ok()?));
                    writer.last = here;
                }
                Token::Repeat(count) => writer.repeat(*count)?,
                Token::Mark(Mark::Open) => open.push(Group::begin(&mut writer.code)),
                Token::Mark(Mark::Close) => {
                    let group = open.pop()?;
                    group.end(&mut writer.code);
                    writer.last = group.start;
                }
                Token::Mark(Mark::Or) => open.last_mut().unwrap_or(&mut outermost).or(&mut writer.code),
                Token::Mark(mark) => writer.code.push(Step::Check(*mark)),
            }
            if writer.code.len() > MOST {
                return None;
            }
        }
        outermost.end(&mut writer.code);
        Some(Self { sets: writer.sets.into(), code: writer.code.into() })
    }

    /// Whether the expression matches anywhere in the text.
    pub(super) fn search(&self, text: &str) -> bool {
        let mut ways = Ways { marks: vec![usize::MAX; self.code.len()], taking: Vec::new() };
        let mut open: Vec<usize> = Vec::new();
        let (mut before, mut rest) = (None, text.chars());
        for position in 0.. {
            let next = rest.next();
            // A match may begin here as well.
            open.push(0);
            if ways.follow(&self.code, &mut open, position, before, next) {
                return true;
            }
            let Some(character) = next else { break };
            for (place, set) in ways.taking.drain(..) {
                if self.sets.get(set as usize).is_some_and(|set| set.contains(character)) {
                    open.push(place + 1);
                }
            }
            before = next;
        }
        false
    }
}

/// The ways that are open between two characters.
struct Ways {
    /// By instruction: the position at which a way last came to it.
    marks: Vec<usize>,
    /// Instructions at which a way takes the next character, and the sets that they take it from.
    taking: Vec<(usize, u32)>,
}

impl Ways {
    /// Follows ways until each takes a character; tells whether one came to the end.
    fn follow(
        &mut self,
        code: &[Step],
        open: &mut Vec<usize>,
        position: usize,
        before: Option<char>,
        next: Option<char>,
    ) -> bool {
        while let Some(place) = open.pop() {
            let (Some(step), Some(mark)) = (code.get(place), self.marks.get_mut(place)) else { return true };
            if std::mem::replace(mark, position) == position {
                continue;
            }
            match *step {
                Step::Take(set) => self.taking.push((place, set)),
                Step::Check(mark) => {
                    if mark.stands(before, next) {
                        open.push(place + 1);
                    }
                }
                Step::Jump(distance) => open.push(place.saturating_add_signed(distance as isize)),
                Step::Fork(distance) => {
                    open.push(place.saturating_add_signed(distance as isize));
                    open.push(place + 1);
                }
            }
        }
        false
    }
}

impl Mark {
    /// Whether the mark stands between these two characters.
    fn stands(self, before: Option<char>, next: Option<char>) -> bool {
        // ECMA's words are made of ASCII letters, digits and `_`.
        let is_word = |character: Option<char>| {
            character.is_some_and(|character| character.is_ascii_alphanumeric() || character == '_')
        };
        match self {
            Self::Start => before.is_none(),
            Self::End => next.is_none(),
            Self::WordBoundary => is_word(before) != is_word(next),
            Self::NoWordBoundary => is_word(before) == is_word(next),
            Self::Or | Self::Open | Self::Close => false,
        }
    }
}

/// Instructions while they are written.
#[derive(Default)]
struct Writer {
    sets: Vec<CharSet>,
    code: Vec<Step>,
    /// Where the part begins that may be repeated next.
    last: usize,
}

impl Writer {
    /// Writes the last part as often as it may come. Parts have their distances inside, so that they may be copied.
    fn repeat(&mut self, count: Count) -> Option<()> {
        let part = self.code.split_off(self.last);
        let times = count.maximum.unwrap_or(count.minimum + 1) as usize;
        if (part.len() + 2).saturating_mul(times) > MOST {
            return None;
        }
        for _ in 0..count.minimum {
            self.code.extend_from_slice(&part);
        }
        let length = i32::try_from(part.len()).ok()?;
        match count.maximum {
            None => {
                self.code.push(Step::Fork(length + 2));
                self.code.extend_from_slice(&part);
                self.code.push(Step::Jump(-length - 1));
            }
            Some(maximum) => {
                for left in (1..=maximum - count.minimum).rev() {
                    self.code.push(Step::Fork(i32::try_from(left).ok()? * (length + 1)));
                    self.code.extend_from_slice(&part);
                }
            }
        }
        Some(())
    }
}

/// A group while it is open. Each alternative begins with an instruction that leads to the next one, where there is one.
struct Group {
    start: usize,
    /// Where the present alternative begins.
    alternative: usize,
    /// Instructions that lead from the end of an alternative behind the group.
    exits: Vec<usize>,
}

impl Group {
    fn begin(code: &mut Vec<Step>) -> Self {
        code.push(Step::Jump(1));
        Self { start: code.len() - 1, alternative: code.len() - 1, exits: Vec::new() }
    }

    fn or(&mut self, code: &mut Vec<Step>) {
        self.exits.push(code.len());
        code.push(Step::Jump(1));
        set(code, self.alternative, Step::Fork);
        self.alternative = code.len();
        code.push(Step::Jump(1));
    }

    fn end(&self, code: &mut [Step]) {
        for exit in &self.exits {
            set(code, *exit, Step::Jump);
        }
    }
}

/// Lets an instruction lead behind the last one.
fn set(code: &mut [Step], place: usize, make: fn(i32) -> Step) {
    // There are fewer instructions than `MOST` by far.
    let distance = i32::try_from(code.len() - place).unwrap_or(1);
    if let Some(step) = code.get_mut(place) {
        *step = make(distance);
    }
}

record! { Automaton { sets, code } }
choice! { Step { 0 = Take(set), 1 = Check(mark), 2 = Jump(distance), 3 = Fork(distance) } }
