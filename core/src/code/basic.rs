//! The forms of numbers, texts, lists and options.

use super::{Code, Reader};
use crate::names::Names;
use std::sync::Arc;

fn write_number(mut number: u64, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

fn write_text(text: &str, out: &mut Vec<u8>) {
    write_count(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

fn write_count(count: usize, out: &mut Vec<u8>) {
    write_number(u64::try_from(count).unwrap_or(u64::MAX), out);
}

macro_rules! unsigned {
    ($($type:ty)+) => {
        $(impl Code for $type {
            fn write(&self, out: &mut Vec<u8>) {
                write_number(u64::from(*self), out);
            }

            fn read(from: &mut Reader<'_>) -> Self {
                Self::try_from(from.number()).unwrap_or_else(|_| {
                    from.spoil();
                    0
                })
            }
        })+
    };
}

unsigned! { u8 u16 u32 u64 }

impl Code for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        // The sign goes last, so that small numbers of either sign are short.
        write_number(((*self << 1) ^ (*self >> 63)).cast_unsigned(), out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let number = from.number();
        (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
    }
}

impl Code for i32 {
    fn write(&self, out: &mut Vec<u8>) {
        i64::from(*self).write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::try_from(i64::read(from)).unwrap_or_else(|_| {
            from.spoil();
            0
        })
    }
}

impl Code for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        match from.byte() {
            0 => false,
            1 => true,
            _ => {
                from.spoil();
                false
            }
        }
    }
}

macro_rules! texts {
    ($($type:ty)+) => {
        $(impl Code for $type {
            fn write(&self, out: &mut Vec<u8>) {
                write_text(self, out);
            }

            fn read(from: &mut Reader<'_>) -> Self {
                from.text().into()
            }
        })+
    };
}

texts! { String Box<str> Arc<str> }

impl<T: Code> Code for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        write_count(self.len(), out);
        self.iter().for_each(|part| part.write(out));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.enter();
        let count = from.count();
        let mut parts = Self::new();
        for _ in 0..count {
            parts.push(T::read(from));
            // What is left of a spoilt list would be a long row of zeros.
            if from.spoilt {
                break;
            }
        }
        from.leave();
        parts
    }
}

impl<T: Code> Code for Box<[T]> {
    fn write(&self, out: &mut Vec<u8>) {
        write_count(self.len(), out);
        self.iter().for_each(|part| part.write(out));
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Vec::read(from).into()
    }
}

impl<T: Code> Code for Box<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_ref().write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        from.enter();
        let thing = Self::new(T::read(from));
        from.leave();
        thing
    }
}

impl<T: Code> Code for Arc<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.as_ref().write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::new(T::read(from))
    }
}

impl<T: Code> Code for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(thing) = self {
            thing.write(out);
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        if bool::read(from) { Some(T::read(from)) } else { None }
    }
}

impl<A: Code, B: Code> Code for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        let first = A::read(from);
        (first, B::read(from))
    }
}

impl<T: Code> Code for Names<T> {
    fn write(&self, out: &mut Vec<u8>) {
        write_count(self.len(), out);
        for (name, thing) in self.iter() {
            write_text(name, out);
            thing.write(out);
        }
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Vec::<(String, T)>::read(from).into_iter().collect()
    }
}
