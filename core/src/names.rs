//! A map by name. There are few of each kind as a rule, so that a sorted list is as quick as a tree, and much less code; where there
//! are ten thousand, moving those behind a new one takes some microseconds.

/// Things by name, in the order of their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names<T>(Vec<(String, T)>);

impl<T> Names<T> {
    /// A map without anything.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// The thing of this name.
    pub fn get(&self, name: &str) -> Option<&T> {
        let place = self.place(name).ok()?;
        self.0.get(place).map(|(_, thing)| thing)
    }

    /// The thing of this name, which may be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let place = self.place(name).ok()?;
        self.0.get_mut(place).map(|(_, thing)| thing)
    }

    /// Whether there is a thing of this name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Sets the thing of this name. Gives the former one back.
    pub fn insert(&mut self, name: String, thing: T) -> Option<T> {
        match self.place(&name) {
            Ok(place) => self.0.get_mut(place).map(|(_, old)| std::mem::replace(old, thing)),
            Err(place) => {
                self.0.insert(place, (name, thing));
                None
            }
        }
    }

    /// Takes the thing of this name out.
    pub fn remove(&mut self, name: &str) -> Option<T> {
        let place = self.place(name).ok()?;
        Some(self.0.remove(place).1)
    }

    /// Keeps only the things of which this holds.
    pub fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        self.0.retain(|(_, thing)| keep(thing));
    }

    /// Names and things.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.0.iter().map(|(name, thing)| (name.as_str(), thing))
    }

    /// Names and things, which may be changed.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut T)> {
        self.0.iter_mut().map(|(name, thing)| (name.as_str(), thing))
    }

    /// Names.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Things.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.0.iter().map(|(_, thing)| thing)
    }

    /// Things, without their names.
    pub fn into_values(self) -> impl Iterator<Item = T> {
        self.0.into_iter().map(|(_, thing)| thing)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(own, _)| own.as_str().cmp(name))
    }
}

impl<T> Default for Names<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> FromIterator<(String, T)> for Names<T> {
    /// Later things replace earlier ones of the same name.
    fn from_iter<I: IntoIterator<Item = (String, T)>>(things: I) -> Self {
        let mut names = Self::new();
        for (name, thing) in things {
            names.insert(name, thing);
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn keeps_the_order_of_names() {
        let mut names: Names<u8> = [("b", 1), ("a", 2), ("c", 3), ("b", 4)]
            .map(|(name, thing)| (name.to_owned(), thing))
            .into_iter()
            .collect();
        assert_eq!(names.iter().collect::<Vec<_>>(), [("a", &2), ("b", &4), ("c", &3)]);
        assert_eq!((names.get("b"), names.get("d"), names.contains_key("a")), (Some(&4), None, true));
        assert_eq!(
            (names.insert("a".to_owned(), 5), names.remove("b"), names.remove("b")),
            (Some(2), Some(4), None)
        );
        for (_, thing) in names.iter_mut() {
            *thing += 1;
        }
        assert_eq!(names.values().collect::<Vec<_>>(), [&6, &4]);
        if let Some(thing) = names.get_mut("c") {
            *thing = 7;
        }
        let mut few = names.clone();
        few.retain(|thing| *thing > 6);
        assert_eq!(few.get_mut("a"), None);
        assert_eq!(few.iter().collect::<Vec<_>>(), [("c", &7)]);
        assert_eq!(names.clone().into_values().collect::<Vec<_>>(), [6, 7]);
        assert_eq!(
            (names.keys().collect::<Vec<_>>(), names.len(), names.is_empty()),
            (vec!["a", "c"], 2, false)
        );
        assert!(Names::<u8>::default().is_empty());
    }
}
