//! A request's and an answer's texts in one piece of memory: one allocation and one copy are all that they cost while they are
//! noted.

use bulk_delete_core::answer::render::Response;
use bulk_delete_core::request::call::{Body, Request};

/// How many bytes of all headers of a request, or of an answer, are kept.
const HEADERS: usize = 4 << 10;
/// How many bytes of a path and of a query are kept.
const TARGET: usize = 4 << 10;

/// How many bytes of a method are kept.
const METHOD: usize = 32;

/// The parts, in the order in which they lie.
const PARTS: usize = 7;

/// The texts of an exchange.
#[derive(Debug)]
pub(super) struct Packed {
    all: Vec<u8>,
    /// Where each part ends.
    ends: [u32; PARTS],
    has_query: bool,
    /// How long the bodies were.
    asked: Option<usize>,
    answered: Option<usize>,
    /// How long the query was.
    query: usize,
}

/// A body, or its beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept<'p> {
    pub(super) text: &'p [u8],
    /// How long it was.
    pub(super) length: usize,
}

impl Packed {
    pub(super) fn new(request: &Request<'_>, response: &Response, body: usize) -> Self {
        let asked = match request.body {
            Body::Bytes(bytes) => Some(bytes),
            Body::TooLarge | Body::TimedOut => None,
        };
        let answered = response.body.as_deref();
        let query = request.query.unwrap_or_default();
        let (asked_kept, answered_kept) =
            (beginning(asked.unwrap_or_default(), body), beginning(answered.unwrap_or_default(), body));
        let lengths = |names: &mut dyn Iterator<Item = usize>| {
            names.map(|length| length + 2).sum::<usize>().min(HEADERS)
        };
        let room = request.method.len().min(METHOD)
            + request.path.len().min(TARGET)
            + query.len().min(TARGET)
            + lengths(&mut request.headers.iter().map(|(name, value)| name.len() + value.len()))
            + asked_kept.len()
            + lengths(&mut response.headers.iter().map(|(name, value)| name.len() + value.len()))
            + answered_kept.len();
        let mut all = Vec::with_capacity(room);
        let mut ends = [0; PARTS];
        let mut parts = ends.iter_mut();
        let mut end = |all: &Vec<u8>| {
            if let Some(end) = parts.next() {
                *end = u32::try_from(all.len()).unwrap_or(u32::MAX);
            }
        };
        all.extend_from_slice(beginning(request.method.as_bytes(), METHOD));
        end(&all);
        all.extend_from_slice(beginning(request.path.as_bytes(), TARGET));
        end(&all);
        all.extend_from_slice(beginning(query.as_bytes(), TARGET));
        end(&all);
        headers(&mut all, request.headers.iter().map(|(name, value)| (name.as_bytes(), *value)));
        end(&all);
        all.extend_from_slice(asked_kept);
        end(&all);
        headers(&mut all, response.headers.iter().map(|(name, value)| (name.as_bytes(), value.as_bytes())));
        end(&all);
        all.extend_from_slice(answered_kept);
        end(&all);
        Self {
            all,
            ends,
            has_query: request.query.is_some(),
            asked: asked.map(<[u8]>::len),
            answered: answered.map(<[u8]>::len),
            query: query.len(),
        }
    }

    /// How many bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        self.all.capacity()
    }

    /// How long the request's body and query were.
    pub(super) fn asked_bytes(&self) -> usize {
        self.asked.unwrap_or_default() + self.query
    }

    fn part(&self, part: usize) -> &[u8] {
        let place = |end: u32| usize::try_from(end).unwrap_or(usize::MAX);
        let start = part.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| place(*end));
        let end = self.ends.get(part).map_or(0, |end| place(*end));
        self.all.get(start..end).unwrap_or_default()
    }

    pub(super) fn method(&self) -> &[u8] {
        self.part(0)
    }

    pub(super) fn path(&self) -> &[u8] {
        self.part(1)
    }

    pub(super) fn query(&self) -> Option<&[u8]> {
        self.has_query.then(|| self.part(2))
    }

    /// The request's headers, in order.
    pub(super) fn asked_headers(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        pairs(self.part(3))
    }

    /// The request's body; `None` where it did not arrive.
    pub(super) fn asked(&self) -> Option<Kept<'_>> {
        self.asked.map(|length| Kept { text: self.part(4), length })
    }

    /// The answer's headers, in order.
    pub(super) fn answered_headers(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        pairs(self.part(5))
    }

    /// The answer's body; `None` where it had none.
    pub(super) fn answered(&self) -> Option<Kept<'_>> {
        self.answered.map(|length| Kept { text: self.part(6), length })
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
