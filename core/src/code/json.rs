//! The form of JSON values: their text would have to be scanned.

use super::{Code, Reader, choice};
use crate::json::{Number, Object, Value};

choice! {
    Value { 0 = Null, 1 = Bool(truth), 2 = Number(number), 3 = String(text), 4 = Array(items), 5 = Object(properties) }
}

impl Code for Number {
    fn write(&self, out: &mut Vec<u8>) {
        self.to_string().write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        Self::parse(from.text()).unwrap_or_else(|| {
            from.spoil();
            Self::from(0_i64)
        })
    }
}

impl Code for Object {
    fn write(&self, out: &mut Vec<u8>) {
        let properties: Vec<(String, Value)> =
            self.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
        properties.write(out);
    }

    fn read(from: &mut Reader<'_>) -> Self {
        // Where the bytes name a property twice, the later one counts.
        Vec::<(String, Value)>::read(from).into_iter().collect()
    }
}
