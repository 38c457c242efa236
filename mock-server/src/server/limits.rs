//! How much of a request the server takes, and how long it waits.

use std::time::Duration;

/// Bounds on a request. The defaults suit tests and development.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body for a contract; beyond that its own answer for a body that is too large is given. 16 MiB.
    pub body: usize,
    /// Bytes of a body for the control API, which takes whole worlds. 1 GiB.
    pub control_body: usize,
    /// How long a body may take to arrive. 10 seconds.
    pub body_timeout: Duration,
    /// How long a connection may ask nothing, or send headers without an end, before it is closed; it may be up to twice as
    /// long. A minute.
    pub idle_timeout: Duration,
    /// Bytes of all headers together; beyond that 431. 1 MiB, as a single token may have 20,000 characters.
    pub header_bytes: usize,
    /// Header lines; beyond that 431. 100, which is also what HTTP/1 itself stops at here.
    pub headers: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 16 << 20,
            control_body: 1 << 30,
            body_timeout: Duration::from_secs(10),
            idle_timeout: Duration::from_secs(60),
            header_bytes: 1 << 20,
            headers: 100,
        }
    }
}
