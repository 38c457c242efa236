//! One stable sort for everything, over places instead of values: the standard one is compiled anew for every type, and is
//! larger each time than all that a browser needs of sorting.

use std::cmp::Ordering;

/// The places of so many things, sorted by a comparison of two places. Equal things keep their order. Takes `n log n` comparisons.
pub fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let mut width = 1;
    while width < count {
        merged.clear();
        for pair in places.chunks(width.saturating_mul(2)) {
            let (left, right) = pair.split_at_checked(width).unwrap_or((pair, &[]));
            let (mut left, mut right) = (left.iter().copied().peekable(), right.iter().copied().peekable());
            while let (Some(&one), Some(&two)) = (left.peek(), right.peek()) {
                let first = if compare(one, two) == Ordering::Greater { &mut right } else { &mut left };
                merged.extend(first.next());
            }
            merged.extend(left);
            merged.extend(right);
        }
        std::mem::swap(&mut places, &mut merged);
        width = width.saturating_mul(2);
    }
    places
}

/// Sorts things. Equal ones keep their order.
pub fn sort<T>(things: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    if things.len() > 1 {
        let thing = |place: usize| things.get(place);
        let places = sorted(things.len(), &|one, two| match (thing(one), thing(two)) {
            (Some(one), Some(two)) => compare(one, two),
            _ => Ordering::Equal,
        });
        *things = arranged(std::mem::take(things), &places);
    }
}

/// Puts things in the order of these places, each of which stands there once.
pub fn arranged<T>(things: Vec<T>, places: &[usize]) -> Vec<T> {
    let mut things: Vec<Option<T>> = things.into_iter().map(Some).collect();
    places.iter().filter_map(|place| things.get_mut(*place)?.take()).collect()
}

#[cfg(test)]
mod tests {
    use super::{arranged, sort, sorted};

    #[test]
    fn agrees_with_the_standard_sort() {
        let mut state = 7_u32;
        for count in (0..40).chain([100, 1000]) {
            let things: Vec<(u32, usize)> = (0..count)
                .map(|place| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 28, place)
                })
                .collect();
            let places = sorted(count, &|one, two| things[one].0.cmp(&things[two].0));
            let mut expected = things.clone();
            expected.sort_by_key(|(key, _)| *key);
            assert_eq!(arranged(things.clone(), &places), expected);
            let mut own = things;
            sort(&mut own, |(one, _), (two, _)| one.cmp(two));
            assert_eq!(own, expected);
        }
    }
}
