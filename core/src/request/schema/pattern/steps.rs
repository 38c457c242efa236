//! Patterns that are nothing but sets of characters in a row, from the start of the text to its end:
//! `^[0-9a-f]{8}-[0-9a-f]{4}$`. One walk decides, without trying anything twice.

use super::set::CharSet;
use super::token::{Count, Mark, Token};
use crate::code::record;

/// Sets in a row. INVARIANT: where the number of characters of a step is open, the next step takes at least
/// one character and none of its set, so that taking as many as there are is the only way that can succeed.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    steps: Box<[Step]>,
}

#[derive(Clone, Debug)]
struct Step {
    set: CharSet,
    count: Count,
}

impl Steps {
    /// The steps of an expression that has this form.
    pub(super) fn of(tokens: &[Token]) -> Option<Self> {
        let [Token::Mark(Mark::Start), middle @ .., Token::Mark(Mark::End)] = tokens else { return None };
        let mut steps: Vec<Step> = Vec::new();
        for token in middle {
            match token {
                Token::Set(set) => steps.push(Step { set: set.clone(), count: Count::ONCE }),
                Token::Repeat(count) => steps.last_mut()?.count = *count,
                Token::Mark(_) => return None,
            }
        }
        let decided = steps.windows(2).all(|pair| match pair {
            [step, next] => {
                step.count.maximum == Some(step.count.minimum)
                    || next.count.minimum > 0 && step.set.is_apart_from(&next.set)
            }
            _ => true,
        });
        decided.then(|| Self { steps: steps.into() })
    }

    /// Whether the steps take the whole text.
    pub(super) fn match_whole(&self, text: &str) -> bool {
        let mut rest = text.chars();
        for Step { set, count } in &self.steps {
            let most = count.maximum.unwrap_or(u32::MAX);
            let mut taken = 0;
            while taken < most {
                let mut ahead = rest.clone();
                if !ahead.next().is_some_and(|character| set.contains(character)) {
                    break;
                }
                rest = ahead;
                taken += u32::from(count.maximum.is_some() || taken < count.minimum);
            }
            if taken < count.minimum {
                return false;
            }
        }
        rest.next().is_none()
    }
}

record! { Steps { steps } Step { set, count } }
