//! Things by number; numbers of things that were forgotten are used again.

/// Things by number.
#[derive(Debug)]
pub(crate) struct Slots<T> {
    things: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self { things: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slots<T> {
    /// Puts a thing away and tells its number.
    pub(crate) fn put(&mut self, thing: T) -> u32 {
        if let Some(number) = self.free.pop()
            && let Some(slot) = self.slot(number)
        {
            *slot = Some(thing);
            return number;
        }
        self.things.push(Some(thing));
        u32::try_from(self.things.len() - 1).unwrap_or(u32::MAX)
    }

    /// The thing of this number.
    pub(crate) fn get(&self, number: u32) -> Option<&T> {
        self.things.get(usize::try_from(number).ok()?)?.as_ref()
    }

    /// Forgets the thing of this number.
    pub(crate) fn remove(&mut self, number: u32) {
        if self.slot(number).and_then(Option::take).is_some() {
            self.free.push(number);
        }
    }

    fn slot(&mut self, number: u32) -> Option<&mut Option<T>> {
        self.things.get_mut(usize::try_from(number).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::Slots;

    #[test]
    fn numbers_are_used_again_and_only_once() {
        let mut slots = Slots::default();
        let (one, two) = (slots.put("one"), slots.put("two"));
        slots.remove(one);
        slots.remove(one);
        assert_eq!((slots.get(one), slots.get(two)), (None, Some(&"two")));
        let (three, four) = (slots.put("three"), slots.put("four"));
        assert_eq!((three, four), (one, 2));
        assert_eq!((slots.get(three), slots.get(four), slots.get(9)), (Some(&"three"), Some(&"four"), None));
    }
}
