#![no_main]
//! The items of an array that are taken as they are written, beside those that are told one by one: both ways meet the same, or
//! stop at the same place.
//!
//! An input is a letter, which says how items are taken (`s`: one by one, `c`: counted) and, in upper case, that long ones are
//! left to the reader; and a text.

use bulk_delete_core::json::{Events, Items, scan};
use libfuzzer_sys::fuzz_target;
use std::convert::Infallible;

/// What was met, in order. A text is left out where items are counted.
#[derive(Debug, PartialEq, Eq)]
enum Met {
    Null,
    Boolean(bool),
    Number(String),
    String(String),
    Key(String),
    Begin(char),
    End(char),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Taking {
    Nothing,
    Each,
    Counted,
}

struct Listener {
    taking: Taking,
    /// The longest item that is taken.
    longest: usize,
    /// Whether the texts of items are kept.
    texts: bool,
    met: Vec<Met>,
}

impl Listener {
    fn text(&self, text: &str) -> String {
        if self.texts { text.to_owned() } else { String::new() }
    }

    fn meet(&mut self, met: Met) -> Result<(), Infallible> {
        self.met.push(met);
        Ok(())
    }
}

impl Events for Listener {
    type Stop = Infallible;

    fn null(&mut self) -> Result<(), Infallible> {
        self.meet(Met::Null)
    }
    fn boolean(&mut self, value: bool) -> Result<(), Infallible> {
        self.meet(Met::Boolean(value))
    }
    fn number(&mut self, text: &str) -> Result<(), Infallible> {
        let text = self.text(text);
        self.meet(Met::Number(text))
    }
    fn string(&mut self, text: &str) -> Result<(), Infallible> {
        let text = self.text(text);
        self.meet(Met::String(text))
    }
    fn begin_array(&mut self) -> Result<(), Infallible> {
        self.meet(Met::Begin('['))
    }
    fn items(&mut self, items: &mut Items<'_>) {
        let longest = self.longest;
        let fits = |length: usize| length <= longest;
        loop {
            let before = self.met.len();
            match self.taking {
                Taking::Nothing => {}
                Taking::Each => {
                    while let Some(text) = items.string(fits) {
                        self.met.push(Met::String(self.text(text)));
                    }
                    while let Some(text) = items.integer(fits) {
                        self.met.push(Met::Number(self.text(text)));
                    }
                }
                Taking::Counted => {
                    let strings = items.strings(fits);
                    self.met.extend((0..strings).map(|_| Met::String(String::new())));
                    let integers = items.integers(fits);
                    self.met.extend((0..integers).map(|_| Met::Number(String::new())));
                }
            }
            if self.met.len() == before {
                return;
            }
        }
    }
    fn end_array(&mut self) -> Result<(), Infallible> {
        self.meet(Met::End(']'))
    }
    fn begin_object(&mut self) -> Result<(), Infallible> {
        self.meet(Met::Begin('{'))
    }
    fn key(&mut self, name: &str) -> Result<(), Infallible> {
        self.meet(Met::Key(name.to_owned()))
    }
    fn end_object(&mut self) -> Result<(), Infallible> {
        self.meet(Met::End('}'))
    }
}

fuzz_target!(|input: &[u8]| {
    let Some((letter, text)) = input.split_first() else { return };
    let taking = match letter.to_ascii_lowercase() {
        b's' => Taking::Each,
        b'c' => Taking::Counted,
        _ => return,
    };
    let longest = if letter.is_ascii_uppercase() { 12 } else { usize::MAX };
    let listen = |taking| {
        let texts = letter.eq_ignore_ascii_case(&b's');
        let mut listener = Listener { taking, longest, texts, met: Vec::new() };
        let ended = scan(text, &mut listener);
        (ended, listener.met)
    };
    let (ended, told) = listen(Taking::Nothing);
    let (fast_ended, taken) = listen(taking);
    assert_eq!(fast_ended, ended);
    assert_eq!(taken, told);
});
