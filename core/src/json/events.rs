//! What a reader of JSON tells a listener. The reader here reads bytes; another may walk values of another
//! language.

use super::{Items, SyntaxError};

/// Listens to one JSON value, part by part, in document order.
///
/// A reader promises to call in an order that makes a value: each `key` is followed by one value, each
/// beginning by its end. A listener may end the reading by returning its own kind of stop.
pub trait Events {
    /// Why the listener ends the reading.
    type Stop;

    /// The next value or key starts at this byte. Only readers that have bytes call it.
    #[inline]
    fn at(&mut self, _offset: usize) {}

    /// `null`.
    ///
    /// # Errors
    /// As every call here: when the listener ends the reading.
    fn null(&mut self) -> Result<(), Self::Stop>;

    /// `true` or `false`.
    ///
    /// # Errors
    /// When the listener ends the reading.
    fn boolean(&mut self, value: bool) -> Result<(), Self::Stop>;

    /// A number, as a text that fits the grammar of JSON.
    ///
    /// # Errors
    /// When the listener ends the reading.
    fn number(&mut self, text: &str) -> Result<(), Self::Stop>;

    /// A string, with its escapes resolved.
    ///
    /// # Errors
    /// When the listener ends the reading.
    fn string(&mut self, text: &str) -> Result<(), Self::Stop>;

    /// An array begins.
    ///
    /// # Errors
    /// When the listener ends the reading.
    fn begin_array(&mut self) -> Result<(), Self::Stop>;

    /// Items of the innermost array stand next. A listener may take such as are written plainly, and is told of the others; it
    /// needs not, and then it is told of all. Only readers that have bytes call it.
    #[inline]
    fn items(&mut self, _items: &mut Items<'_>) {}

    /// The innermost array ends.
    ///
    /// # Errors
    /// When the listener ends the reading.
    fn end_array(&mut self) -> Result<(), Self::Stop>;

    /// An object begins.
    ///
    /// # Errors
    /// When the listener ends the reading.
    fn begin_object(&mut self) -> Result<(), Self::Stop>;

    /// The name of the next property of the innermost object, with its escapes resolved.
    ///
    /// # Errors
    /// When the listener ends the reading.
    fn key(&mut self, name: &str) -> Result<(), Self::Stop>;

    /// The innermost object ends.
    ///
    /// # Errors
    /// When the listener ends the reading.
    fn end_object(&mut self) -> Result<(), Self::Stop>;
}

/// Why a reading did not reach the end of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanError<Stop> {
    /// The text is not JSON.
    Syntax(SyntaxError),
    /// The listener ended the reading; this many bytes were read before the array, object or key that it
    /// refused.
    Stopped(Stop, usize),
}
