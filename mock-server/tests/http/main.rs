//! The mock over HTTP: the control API, the limits, what comes in over a raw connection, and the command line. What the
//! contracts answer is shown by the corpus; here they only have something to answer.

#[cfg(test)]
mod bytes;
#[cfg(test)]
mod client;
#[cfg(test)]
mod command;
#[cfg(test)]
mod control;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod http2;
#[cfg(test)]
mod journal;
#[cfg(test)]
mod lint;
#[cfg(test)]
mod new;
#[cfg(test)]
mod options;
#[cfg(test)]
mod page;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod running;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod state;
#[cfg(test)]
mod watch;
