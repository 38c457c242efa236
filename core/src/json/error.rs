//! What is wrong with a text that should be JSON, and where. Plain English; which answer it earns is left to
//! others.

use std::fmt;

/// The first place at which a text stops being JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Bytes before the place.
    pub offset: usize,
    /// Line of the place, from 1. Lines end with a line feed.
    pub line: usize,
    /// Column of the place in characters, from 1.
    pub column: usize,
    /// What is wrong there.
    pub mistake: Mistake,
}

/// The ways in which a text fails to be JSON that this project reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// No value where one must be.
    Value,
    /// No property name where one must be.
    Name,
    /// No colon after a property name.
    Colon,
    /// Neither a comma nor the end of the array after an item.
    CommaOrBracket,
    /// Neither a comma nor the end of the object after a property.
    CommaOrBrace,
    /// Something after the value.
    Trailing,
    /// The text ends inside a value.
    End,
    /// A number that breaks off or starts with a superfluous zero.
    Number,
    /// A control character inside a string.
    Control,
    /// A backslash followed by something that is not an escape.
    Escape,
    /// An escaped half of a surrogate pair without the other half.
    Surrogate,
    /// Bytes that are not UTF-8.
    Utf8,
    /// An object that names a property twice (only where a whole document is read).
    Duplicate,
    /// Arrays and objects nested too deeply (only where a whole document is read).
    Depth,
}

impl SyntaxError {
    /// Names a mistake at an offset, and finds line and column. An offset behind the end counts as the end.
    pub(crate) fn at(bytes: &[u8], offset: usize, mistake: Mistake) -> Self {
        let before = bytes.get(..offset).unwrap_or(bytes);
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |place| place + 1);
        let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
        // Characters are counted by their first bytes, which also works in front of bytes that are not UTF-8.
        let characters = before.get(start..).unwrap_or_default().iter().filter(|&&byte| byte & 0xC0 != 0x80);
        Self { offset, line, column: 1 + characters.count(), mistake }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} at line {}, column {}", self.mistake, self.line, self.column)
    }
}

impl std::error::Error for SyntaxError {}

impl fmt::Display for Mistake {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Value => "expected a value",
            Self::Name => "expected a property name in double quotes",
            Self::Colon => "expected a colon after the property name",
            Self::CommaOrBracket => "expected a comma or the end of the array",
            Self::CommaOrBrace => "expected a comma or the end of the object",
            Self::Trailing => "expected nothing after the value",
            Self::End => "the text ends too early",
            Self::Number => "expected a complete number",
            Self::Control => "a control character in a string must be escaped",
            Self::Escape => "expected an escape such as \\n or \\u0041 after the backslash",
            Self::Surrogate => "half of a surrogate pair stands alone",
            Self::Utf8 => "bytes are not UTF-8",
            Self::Duplicate => "a property is named twice in one object",
            Self::Depth => "arrays and objects are nested too deeply",
        })
    }
}
