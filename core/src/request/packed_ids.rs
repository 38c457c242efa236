//! Ids as bytes, for records of calls: written with each call, and read when somebody asks for it.

use super::ids::{Id, IdKind, IdList};

/// What is written of an id beside its text.
const LENGTH: usize = size_of::<u32>();

/// How many bytes [`pack`] writes.
pub fn room(ids: &IdList) -> usize {
    (ids.len() + 1) * LENGTH + ids.text().len()
}

/// Appends ids: how many they are, how long each is, and their texts. Of ids with more than two GiB of text only the first come back.
pub fn pack(ids: &IdList, out: &mut Vec<u8>) {
    out.extend_from_slice(&u32::try_from(ids.len()).unwrap_or(u32::MAX).to_le_bytes());
    let start = out.len();
    // All at once and then one by one, as it would be asked of each whether there is room.
    out.resize(start + ids.len() * LENGTH, 0);
    let (lengths, _) = out.get_mut(start..).unwrap_or_default().as_chunks_mut::<LENGTH>();
    for (to, (length, kind)) in lengths.iter_mut().zip(ids.lengths()) {
        let length = u32::try_from(length << 1).unwrap_or(u32::MAX);
        *to = (length | u32::from(kind == IdKind::Integer)).to_le_bytes();
    }
    out.extend_from_slice(ids.text().as_bytes());
}

/// The ids that were packed, in order.
pub fn unpack(bytes: &[u8]) -> impl Iterator<Item = Id<'_>> {
    let (count, rest) = bytes.split_first_chunk().unwrap_or((&[0; LENGTH], &[]));
    let count = usize::try_from(u32::from_le_bytes(*count)).unwrap_or(usize::MAX);
    let (lengths, texts) = rest.split_at_checked(count.saturating_mul(LENGTH)).unwrap_or_default();
    let mut texts = std::str::from_utf8(texts).unwrap_or_default();
    lengths.as_chunks::<LENGTH>().0.iter().map_while(move |length| {
        let length = u32::from_le_bytes(*length);
        let kind = if length & 1 == 0 { IdKind::Text } else { IdKind::Integer };
        let (text, rest) = texts.split_at_checked(usize::try_from(length >> 1).ok()?)?;
        texts = rest;
        Some(Id { text, kind })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_as_they_were() {
        let long = "x".repeat(200);
        for texts in [&[][..], &[""], &["a", "", "\u{e9}7", &long, "b"]] {
            let mut ids: IdList = texts.iter().map(|text| Id::text(text)).collect();
            ids.push(Id { text: "7", kind: IdKind::Integer });
            let mut bytes = Vec::new();
            pack(&ids, &mut bytes);
            assert_eq!(bytes.len(), room(&ids));
            assert_eq!(unpack(&bytes).collect::<IdList>(), ids);
        }
        let mut none = Vec::new();
        pack(&IdList::new(), &mut none);
        assert_eq!((unpack(&none).count(), unpack(&[]).count(), unpack(&[9]).count()), (0, 0, 0));
    }
}
