//! Makes request bodies for a schema: valid ones, nearly valid ones, and texts that are no JSON. The same
//! seed gives the same bodies.
//!
//! Knows schemas only as JSON, so that nothing of the project under test takes part in choosing what it is
//! tested with. What a body should be answered is left to an oracle.

mod maker;
mod random;
mod sample;

use maker::Maker;
pub use random::Random;
use serde_json::Value;

/// Bodies for a schema whose references lead into itself. Never ends.
pub fn bodies(schema: &Value, seed: u64) -> impl Iterator<Item = Vec<u8>> {
    bodies_at(schema, "", seed)
}

/// Bodies for the schema at a pointer of a document, in which its references lead. Never ends.
pub fn bodies_at<'a>(document: &'a Value, pointer: &str, seed: u64) -> impl Iterator<Item = Vec<u8>> + 'a {
    let schema = document.pointer(pointer).unwrap_or(&Value::Bool(true));
    let mut random = Random::new(seed);
    std::iter::repeat_with(move || {
        let wild = if random.chance(50) { 0 } else { 1 + random.below(14) };
        let spaced = random.chance(20);
        let mut maker = Maker::new(document, Random::new(random.draw()), wild, spaced);
        maker.value(&[schema], 0);
        let out = maker.finish();
        if random.chance(4) { spoil(out.into_bytes(), &mut random) } else { out.into_bytes() }
    })
}

/// Breaks a text in one of the ways in which texts break on their way.
fn spoil(mut text: Vec<u8>, random: &mut Random) -> Vec<u8> {
    let place = random.below(text.len() + 1);
    match random.below(6) {
        0 => text.truncate(place),
        1 => text.insert(place, random.pick(b"{}[],:\"\\0-xe. \n\0\x7F\x80\xC3\xED\xFF")),
        2 if place < text.len() => drop(text.remove(place)),
        3 if place < text.len() => text[place] = random.below(256) as u8,
        4 => drop(text.splice(
            place..place,
            random.pick(&[&b"\\uD800"[..], b"\\uDC00", b"\\u0000", b"\\x", b"1e", b"//"]).iter().copied(),
        )),
        _ => {
            let depth = 60 + random.below(80);
            text = [vec![b'['; depth], text, vec![b']'; depth]].concat();
        }
    }
    text
}
