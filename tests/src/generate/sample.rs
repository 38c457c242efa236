//! Texts that a pattern matches, or nearly.

use super::Random;

/// A text that a simple pattern matches: characters, classes and repetitions in a row. For others it only
/// comes near.
pub(super) fn sample(pattern: &str, random: &mut Random) -> String {
    let mut text = String::new();
    let mut rest = pattern.chars().peekable();
    while let Some(character) = rest.next() {
        let choices: Vec<char> = match character {
            '^' | '$' | '(' | ')' => continue,
            '|' => break,
            '.' => vec!['x', ' ', '\u{e9}'],
            '[' => class(&mut rest),
            '\\' => match rest.next() {
                Some('d') => ('0'..='9').collect(),
                Some('w') => vec!['a', 'Z', '5', '_'],
                Some('s') => vec![' ', '\u{a0}'],
                Some(other) => vec![other],
                None => vec![],
            },
            other => vec![other],
        };
        let count = match rest.peek() {
            Some('*') => random.below(4),
            Some('+') => 1 + random.below(4),
            Some('?') => random.below(2),
            Some('{') => {
                let inside: String = rest.by_ref().skip(1).take_while(|own| *own != '}').collect();
                let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
                let least = least.parse().unwrap_or(1_usize);
                let most = most.parse().unwrap_or(least + 3).max(least);
                text.extend(
                    (0..least + random.below((most - least).min(6) + 1)).map(|_| random.pick(&choices)),
                );
                continue;
            }
            _ => 1,
        };
        rest.next_if(|own| matches!(own, '*' | '+' | '?'));
        if !choices.is_empty() {
            text.extend((0..count).map(|_| random.pick(&choices)));
        }
    }
    text
}

/// Some characters of a class, behind its opening bracket.
fn class(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Vec<char> {
    let negated = rest.next_if_eq(&'^').is_some();
    let mut choices: Vec<char> = Vec::new();
    while let Some(character) = rest.next() {
        match character {
            ']' => break,
            '\\' => choices.extend(match rest.next() {
                Some('d') => ['0', '9'],
                Some('w') => ['a', '_'],
                Some('s') => [' ', '\t'],
                other => [other.unwrap_or('\\'); 2],
            }),
            '-' if !choices.is_empty() && rest.peek() != Some(&']') => {
                let from = choices[choices.len() - 1];
                choices.extend(rest.next().into_iter().flat_map(|to| from..=to));
            }
            other => choices.push(other),
        }
    }
    if negated {
        ['a', 'Z', '0', ' ', '\u{e9}', '~'].into_iter().filter(|own| !choices.contains(own)).collect()
    } else {
        choices
    }
}
