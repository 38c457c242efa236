//! Bytes for things that were worked out once, so that whoever runs them need not work them out again. Each kind of thing says
//! once, in a list of its parts, how it is written and read.
//!
//! Reading is total: bytes that were never written give some thing or other, and [`Reader::finish`] tells that they were
//! spoilt. So no part has to look for mistakes, which keeps readers small.

mod basic;
mod json;

/// Something with a form in bytes.
pub(crate) trait Code {
    /// Appends the form.
    fn write(&self, out: &mut Vec<u8>);
    /// Reads what [`Self::write`] wrote.
    fn read(from: &mut Reader<'_>) -> Self;
}

/// Parts nest no deeper in what is read. Documents nest up to 128, and each level takes two.
const DEEPEST: usize = 512;

/// Bytes that are read.
#[derive(Debug)]
pub(crate) struct Reader<'b> {
    rest: &'b [u8],
    spoilt: bool,
    depth: usize,
}

impl<'b> Reader<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes, spoilt: false, depth: 0 }
    }

    /// Whether all that was read was there and made sense, and nothing is left.
    pub(crate) fn finish(self) -> bool {
        !self.spoilt && self.rest.is_empty()
    }

    /// Whether all that was read was there and made sense, and this is what is left.
    pub(crate) fn is_at(&self, rest: &[u8]) -> bool {
        !self.spoilt && self.rest == rest
    }

    /// Notes that the bytes make no sense. From here on there is nothing but zeros.
    pub(crate) fn spoil(&mut self) {
        self.spoilt = true;
        self.rest = &[];
    }

    /// The next byte.
    #[inline(never)]
    pub(crate) fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((byte, rest)) => {
                self.rest = rest;
                *byte
            }
            None => {
                self.spoil();
                0
            }
        }
    }

    /// A number; seven bits to a byte, the lowest first, the highest bit set where more follow.
    #[inline(never)]
    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        self.spoil();
        0
    }

    /// A text, behind its length.
    #[inline(never)]
    fn text(&mut self) -> &'b str {
        let length = self.number();
        let split = usize::try_from(length).ok().and_then(|length| self.rest.split_at_checked(length));
        match split.and_then(|(text, rest)| Some((std::str::from_utf8(text).ok()?, rest))) {
            Some((text, rest)) => {
                self.rest = rest;
                text
            }
            None => {
                self.spoil();
                ""
            }
        }
    }

    /// How many parts follow; each takes a byte at least.
    #[inline(never)]
    fn count(&mut self) -> usize {
        let count = usize::try_from(self.number()).unwrap_or(usize::MAX);
        if count <= self.rest.len() {
            return count;
        }
        self.spoil();
        0
    }

    /// Begins a part inside another; tells whether it may be read.
    #[inline(never)]
    fn enter(&mut self) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.spoil();
        }
    }

    fn leave(&mut self) {
        self.depth -= 1;
    }
}

/// The form of a struct: its parts, one behind the other.
macro_rules! record {
    ($($type:ty { $($part:ident),+ $(,)? })+) => {
        $(impl $crate::code::Code for $type {
            fn write(&self, out: &mut Vec<u8>) {
                $($crate::code::Code::write(&self.$part, out);)+
            }

            fn read(from: &mut $crate::code::Reader<'_>) -> Self {
                $(let $part = $crate::code::Code::read(from);)+
                Self { $($part),+ }
            }
        })+
    };
}

/// The form of something without parts: nothing.
macro_rules! unit {
    ($($type:ty)+) => {
        $(impl $crate::code::Code for $type {
            fn write(&self, _: &mut Vec<u8>) {}

            fn read(_: &mut $crate::code::Reader<'_>) -> Self {
                Self
            }
        })+
    };
}

/// The form of an enum: a byte for the variant, and its parts. The byte 0 is that of a variant that does not hold another value
/// of the enum, because it is what is read where there is nothing.
macro_rules! choice {
    ($($type:ty { $($number:literal = $variant:ident $(($($part:ident),+))? $({$($field:ident),+})?),+ $(,)? })+) => {
        $(impl $crate::code::Code for $type {
            fn write(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($part),+))? $({$($field),+})? => {
                        out.push($number);
                        $($($crate::code::Code::write($part, out);)+)?
                        $($($crate::code::Code::write($field, out);)+)?
                    })+
                }
            }

            fn read(from: &mut $crate::code::Reader<'_>) -> Self {
                match from.byte() {
                    $($number => {
                        $($(let $part = $crate::code::Code::read(from);)+)?
                        $($(let $field = $crate::code::Code::read(from);)+)?
                        Self::$variant $(($($part),+))? $({$($field),+})?
                    })+
                    _ => {
                        from.spoil();
                        <Self as $crate::code::Code>::read(from)
                    }
                }
            }
        })+
    };
}

pub(crate) use {choice, record, unit};

#[cfg(test)]
mod tests {
    use super::{Code, Reader};

    fn round<T: Code>(thing: &T) -> (T, Vec<u8>) {
        let mut bytes = Vec::new();
        thing.write(&mut bytes);
        let mut reader = Reader::new(&bytes);
        let read = T::read(&mut reader);
        assert!(reader.finish());
        for length in 0..bytes.len() {
            let mut reader = Reader::new(&bytes[..length]);
            let _ = T::read(&mut reader);
            assert!(!reader.finish(), "{length} of {bytes:?}");
        }
        (read, bytes)
    }

    #[test]
    fn what_is_written_is_read() {
        for number in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            assert_eq!(round(&number).0, number);
        }
        for number in [0, 1, -1, 63, -64, i64::MAX, i64::MIN] {
            assert_eq!(round(&number).0, number);
        }
        assert_eq!(round(&-1_i64).1, [1]);
        let thing = vec![(Some("\u{e9}".to_owned()), true), (None, false)];
        assert_eq!(round(&thing).0, thing);
    }

    #[test]
    fn nonsense_is_noticed() {
        for bytes in [&[0x80; 10][..], &[0xFF; 12], &[2, 0xFF, 0xFF], &[9, b'a']] {
            let mut reader = Reader::new(bytes);
            let _ = String::read(&mut reader);
            assert!(!reader.finish(), "{bytes:?}");
        }
        let mut reader = Reader::new(&[7]);
        assert!(!bool::read(&mut reader) && !reader.finish());
    }
}
