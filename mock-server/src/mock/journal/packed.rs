//! The texts of a request, of what was decided of it and of its answer, one behind the other on the journal's tape: a copy is all
//! that they cost while they are noted.

use super::{Exchanged, Noted};
use bulk_delete_core::request::call::Body;
use bulk_delete_core::request::ids::Id;
use bulk_delete_core::request::packed_ids;
use bulk_delete_core::tape::{Span, Tape};

/// How many bytes of all headers of a request, or of an answer, are kept.
const HEADERS: usize = 4 << 10;
/// How many bytes of a path and of a query are kept.
const TARGET: usize = 4 << 10;

/// How many bytes of a method are kept.
const METHOD: usize = 32;

/// The parts, in the order in which they lie.
#[derive(Clone, Copy)]
enum Part {
    Method,
    Path,
    Query,
    AskedHeaders,
    Asked,
    Ids,
    Outcomes,
    AnsweredHeaders,
    Answered,
}

const PARTS: usize = Part::Answered as usize + 1;

/// Where the texts of an exchange lie.
#[derive(Debug)]
pub(super) struct Packed {
    span: Span,
    /// Where each part ends.
    ends: [u32; PARTS],
    has_query: bool,
    /// How long the bodies were.
    asked: Option<usize>,
    answered: Option<usize>,
}

/// The texts of an exchange.
#[derive(Clone, Copy, Debug)]
pub(super) struct Texts<'p> {
    packed: &'p Packed,
    all: &'p [u8],
}

/// A body, or its beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept<'p> {
    pub(super) text: &'p [u8],
    /// How long it was.
    pub(super) length: usize,
}

/// How many bytes [`Packed::write`] writes, nearly.
pub(super) fn room(exchanged: &Exchanged<'_>, noted: &Noted, body: usize) -> usize {
    let Exchanged { request, response, .. } = exchanged;
    let headers = |lengths: &mut dyn Iterator<Item = usize>| {
        lengths.map(|length| length + 2).sum::<usize>().min(HEADERS)
    };
    let kept = |bytes: Option<&[u8]>| bytes.map_or(0, <[u8]>::len).min(body);
    request.method.len().min(METHOD)
        + request.path.len().min(TARGET)
        + request.query.map_or(0, str::len).min(TARGET)
        + headers(&mut request.headers.iter().map(|(name, value)| name.len() + value.len()))
        + kept(arrived(&request.body))
        + noted.ids.as_ref().map_or(0, |ids| packed_ids::room(ids))
        + noted.outcomes.len()
        + headers(&mut response.headers.iter().map(|(name, value)| name.len() + value.len()))
        + kept(response.body.as_deref())
}

fn arrived<'b>(body: &Body<'b>) -> Option<&'b [u8]> {
    match *body {
        Body::Bytes(bytes) => Some(bytes),
        Body::TooLarge | Body::TimedOut | Body::Broken => None,
    }
}

impl Packed {
    /// Writes an exchange, and of its bodies at most so much.
    pub(super) fn write(
        tape: &mut Tape,
        room: usize,
        exchanged: &Exchanged<'_>,
        noted: &Noted,
        body: usize,
    ) -> Self {
        let Exchanged { request, response, .. } = exchanged;
        let (asked, answered) = (arrived(&request.body), response.body.as_deref());
        let mut ends = [0; PARTS];
        let span = tape.write(room, |all| {
            let start = all.len();
            let mut places = ends.iter_mut();
            let mut end = |all: &Vec<u8>| {
                if let Some(place) = places.next() {
                    *place = u32::try_from(all.len().saturating_sub(start)).unwrap_or(u32::MAX);
                }
            };
            all.extend_from_slice(beginning(request.method.as_bytes(), METHOD));
            end(all);
            all.extend_from_slice(beginning(request.path.as_bytes(), TARGET));
            end(all);
            all.extend_from_slice(beginning(request.query.unwrap_or_default().as_bytes(), TARGET));
            end(all);
            headers(all, request.headers.iter().map(|(name, value)| (name.as_bytes(), *value)));
            end(all);
            all.extend_from_slice(beginning(asked.unwrap_or_default(), body));
            end(all);
            if let Some(ids) = &noted.ids {
                packed_ids::pack(ids, all);
            }
            end(all);
            all.extend(noted.outcomes.iter().map(|outcome| outcome.0));
            end(all);
            headers(all, response.headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())));
            end(all);
            all.extend_from_slice(beginning(answered.unwrap_or_default(), body));
            end(all);
        });
        let (asked, answered) = (asked.map(<[u8]>::len), answered.map(<[u8]>::len));
        Self { span, ends, has_query: request.query.is_some(), asked, answered }
    }

    /// Where they lie on the tape.
    pub(super) fn span(&self) -> Span {
        self.span
    }

    /// The texts themselves.
    pub(super) fn read<'p>(&'p self, tape: &'p Tape) -> Texts<'p> {
        Texts { packed: self, all: tape.read(self.span) }
    }
}

impl<'p> Texts<'p> {
    fn part(self, part: Part) -> &'p [u8] {
        let place = |end: u32| usize::try_from(end).unwrap_or(usize::MAX);
        let ends = &self.packed.ends;
        let part = part as usize;
        let start = part.checked_sub(1).and_then(|before| ends.get(before)).map_or(0, |end| place(*end));
        let end = ends.get(part).map_or(0, |end| place(*end));
        self.all.get(start..end).unwrap_or_default()
    }

    pub(super) fn method(self) -> &'p [u8] {
        self.part(Part::Method)
    }

    pub(super) fn path(self) -> &'p [u8] {
        self.part(Part::Path)
    }

    pub(super) fn query(self) -> Option<&'p [u8]> {
        self.packed.has_query.then(|| self.part(Part::Query))
    }

    /// The request's headers, in order.
    pub(super) fn asked_headers(self) -> impl Iterator<Item = (&'p [u8], &'p [u8])> {
        pairs(self.part(Part::AskedHeaders))
    }

    /// The request's body; `None` where it did not arrive.
    pub(super) fn asked(self) -> Option<Kept<'p>> {
        self.packed.asked.map(|length| Kept { text: self.part(Part::Asked), length })
    }

    /// What the request names.
    pub(super) fn ids(self) -> impl Iterator<Item = Id<'p>> {
        packed_ids::unpack(self.part(Part::Ids))
    }

    /// For each of them, the place of its outcome in the contract; none where they were not looked at.
    pub(super) fn outcomes(self) -> &'p [u8] {
        self.part(Part::Outcomes)
    }

    /// The answer's headers, in order.
    pub(super) fn answered_headers(self) -> impl Iterator<Item = (&'p [u8], &'p [u8])> {
        pairs(self.part(Part::AnsweredHeaders))
    }

    /// The answer's body; `None` where it had none.
    pub(super) fn answered(self) -> Option<Kept<'p>> {
        self.packed.answered.map(|length| Kept { text: self.part(Part::Answered), length })
    }
}

fn beginning(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

/// Names and values; neither can hold a line feed. Beyond the limit they are left out.
fn headers<'h>(all: &mut Vec<u8>, headers: impl Iterator<Item = (&'h [u8], &'h [u8])>) {
    let most = all.len() + HEADERS;
    for (name, value) in headers {
        let room = most.saturating_sub(all.len());
        if name.len() + 2 > room {
            return;
        }
        all.extend_from_slice(name);
        all.push(b':');
        all.extend_from_slice(beginning(value, room - name.len() - 2));
        all.push(b'\n');
    }
}

fn pairs(block: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    block.split(|byte| *byte == b'\n').filter_map(|line| {
        let colon = line.iter().position(|byte| *byte == b':')?;
        Some((line.get(..colon)?, line.get(colon + 1..)?))
    })
}
