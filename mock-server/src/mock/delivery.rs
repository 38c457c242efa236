//! How an answer is to reach the client: at once and whole, as a rule, or as a fault wants it. Carrying that out is the
//! shell's.

use bulk_delete_core::answer::render::Response;

/// An answer, and how it is to reach the client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivered {
    /// What is sent.
    pub response: Response,
    /// How.
    pub delivery: Delivery,
}

/// How an answer is to reach the client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// For how many milliseconds the shell waits before it sends anything. What the answer tells has happened by then.
    pub delay: u64,
    /// How it is sent after that.
    pub sending: Sending,
}

/// How an answer is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sending {
    /// As it is.
    #[default]
    Whole,
    /// Its head promises all of it; of the body come so many bytes, and then the connection ends.
    Cut {
        /// How many bytes of the body are sent.
        after: usize,
    },
    /// Its body comes bit by bit.
    Slow {
        /// In how many pieces of about the same size, at least 1.
        pieces: u32,
        /// How many milliseconds pass before each piece but the first.
        pause: u64,
    },
    /// It is not: the connection ends without an answer.
    Dropped,
}

impl From<Response> for Delivered {
    fn from(response: Response) -> Self {
        Self { response, delivery: Delivery::default() }
    }
}
