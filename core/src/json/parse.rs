//! Builds a tree from what a reader tells.

use super::{Events, Mistake, Number, Object, Seen, Value};

/// Documents nest at most this deep, so that walking a tree may call itself.
const DEPTH: usize = 128;

/// Builds one value. May be used again after [`Builder::take`].
#[derive(Debug)]
pub(crate) struct Builder {
    open: Vec<Open>,
    /// Names of each open object, by depth; kept for the next object of that depth.
    names: Vec<Seen>,
    done: Option<Value>,
}

#[derive(Debug)]
enum Open {
    Array(Vec<Value>),
    Object(Object, String),
}

impl Builder {
    pub(crate) fn new() -> Self {
        Self { open: Vec::new(), names: Vec::new(), done: None }
    }

    /// The value that was completed last, wherever it stands in the one being built.
    pub(crate) fn last(&self) -> Option<&Value> {
        match self.open.last() {
            Some(Open::Array(items)) => items.last(),
            Some(Open::Object(object, _)) => object.iter().next_back().map(|(_, value)| value),
            None => self.done.as_ref(),
        }
    }

    /// The value, when it is complete.
    pub(crate) fn take(&mut self) -> Option<Value> {
        self.done.take()
    }

    fn add(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(Open::Array(items)) => items.push(value),
            // The reader has been checked for names that come twice.
            Some(Open::Object(object, name)) => object.push(std::mem::take(name), value),
            None => self.done = Some(value),
        }
    }

    fn open(&mut self, open: Open) -> Result<(), Mistake> {
        if self.open.len() >= DEPTH {
            return Err(Mistake::Depth);
        }
        match self.names.get_mut(self.open.len()) {
            Some(names) => names.clear(),
            None => self.names.push(Seen::default()),
        }
        self.open.push(open);
        Ok(())
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Open::Array(items)) => self.add(Value::Array(items)),
            Some(Open::Object(object, _)) => self.add(Value::Object(object)),
            None => {}
        }
    }
}

impl Events for Builder {
    type Stop = Mistake;

    fn null(&mut self) -> Result<(), Mistake> {
        self.add(Value::Null);
        Ok(())
    }

    fn boolean(&mut self, value: bool) -> Result<(), Mistake> {
        self.add(Value::Bool(value));
        Ok(())
    }

    fn number(&mut self, text: &str) -> Result<(), Mistake> {
        self.add(Value::Number(Number::parse(text).ok_or(Mistake::Number)?));
        Ok(())
    }

    fn string(&mut self, text: &str) -> Result<(), Mistake> {
        self.add(Value::String(text.to_owned()));
        Ok(())
    }

    fn begin_array(&mut self) -> Result<(), Mistake> {
        self.open(Open::Array(Vec::new()))
    }

    fn end_array(&mut self) -> Result<(), Mistake> {
        self.close();
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), Mistake> {
        self.open(Open::Object(Object::new(), String::new()))
    }

    fn key(&mut self, name: &str) -> Result<(), Mistake> {
        if let Some(Open::Object(_, next)) = self.open.last_mut() {
            name.clone_into(next);
        }
        let depth = self.open.len().saturating_sub(1);
        let new = self.names.get_mut(depth).is_none_or(|names| names.insert(name.as_bytes()).is_ok());
        if new { Ok(()) } else { Err(Mistake::Duplicate) }
    }

    fn end_object(&mut self) -> Result<(), Mistake> {
        self.close();
        Ok(())
    }
}
