//! What can be said on the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::IpAddr;
use std::path::PathBuf;

/// A mock of bulk-delete APIs that answers from state.
#[derive(Debug, Parser)]
#[command(name = "bulk-delete-mock", version, about)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve the contracts on their documented paths, and a control API under /__mock/
    Serve(Serve),
    /// Check contract folders as a compiler would: documents, worlds, and examples, which are carried out
    ///
    /// Ends with 0 where there are no errors, with 1 where there are, and with 2 where a folder cannot be read.
    Lint(Lint),
    /// Draft a contract folder from an OpenAPI document, to be filled in
    ///
    /// Ends with 1, and writes nothing, where the operation asks for something that a contract cannot express.
    New(New),
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// An OpenAPI document, 3.0 or 3.1, in YAML or JSON
    #[arg(long, value_name = "FILE")]
    pub(super) from: PathBuf,

    /// The operation: its operationId, or its method and path ("DELETE /v1/things")
    #[arg(long, value_name = "ID")]
    pub(super) operation: String,

    /// The folder to write, which must not be there yet; its name is the contract's [default: the operation's name]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Lint {
    /// Contract folders: openapi.json, policy.json, world.json, examples/*.json
    #[arg(value_name = "DIR", required = true)]
    pub(super) folders: Vec<PathBuf>,

    /// Print one line of JSON, for editors
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Clone, Debug, Args)]
pub(super) struct Serve {
    /// The port; 0 takes a free one and prints it
    #[arg(long, default_value_t = 4010)]
    pub(super) port: u16,

    /// The address to listen on; 0.0.0.0 lets other machines in, and answers to any Host name
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDRESS", value_parser = address)]
    pub(super) host: IpAddr,

    /// A contract folder with openapi.json and policy.json (world.json, examples/start.json), served beside the built-in
    /// ones; one of the same name takes the place of the built-in one. May be given several times
    #[arg(long = "contract", value_name = "DIR", group = "given")]
    pub(super) contracts: Vec<PathBuf>,

    /// Serve only the contracts given with --contract
    #[arg(long, requires = "contracts")]
    pub(super) only: bool,

    /// Read the folders of --contract and the file of --world again when they change. What is wrong is told, and what was
    /// served before goes on
    #[arg(long, requires = "given")]
    pub(super) watch: bool,

    /// A world.json that takes the place of the worlds of all contracts, and of their scenarios
    #[arg(long, value_name = "FILE", group = "given")]
    pub(super) world: Option<PathBuf>,

    /// The named starting point that every session begins with: GET /__mock/scenarios lists them
    #[arg(long, value_name = "NAME", conflicts_with = "world")]
    pub(super) scenario: Option<String>,

    /// Keep the world in this file, and go on from it the next time: what was deleted stays deleted, and who was logged in stays
    /// so. Not for sessions, which begin as copies of the seed; a reset goes back to the seed, too
    #[arg(long, value_name = "FILE", conflicts_with = "require_session")]
    pub(super) state: Option<PathBuf>,

    /// Whether time runs, or stands still until POST /__mock/clock moves it
    #[arg(long, value_enum, default_value_t = Clock::Real)]
    pub(super) clock: Clock,

    /// The largest body of a call that is taken; a larger one gets the contract's answer for it
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20)]
    pub(super) max_body: usize,

    /// How long a body may take to arrive
    #[arg(long, value_name = "MILLISECONDS", default_value_t = 10_000)]
    pub(super) body_timeout: u64,

    /// Answer 400 to requests that name no session, instead of sharing one world among them
    #[arg(long)]
    pub(super) require_session: bool,

    /// How long a session may be left alone before it is forgotten, by this machine's time
    #[arg(long, value_name = "SECONDS", default_value_t = 3_600)]
    pub(super) session_idle: u64,

    /// How many sessions there may be at a time
    #[arg(long, value_name = "COUNT", default_value_t = 20_000)]
    pub(super) max_sessions: usize,

    /// How many requests and answers the journal keeps of a session; 0 keeps none
    #[arg(long, value_name = "COUNT", default_value_t = 1_000)]
    pub(super) journal: usize,

    /// How many bytes the journal of a session has
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 20)]
    pub(super) journal_bytes: usize,

    /// How many bytes the journals of all sessions have together
    #[arg(long, value_name = "BYTES", default_value_t = 8 << 20)]
    pub(super) journal_total_bytes: usize,

    /// How many bytes of a body the journal keeps
    #[arg(long, value_name = "BYTES", default_value_t = 2 << 10)]
    pub(super) journal_body: usize,

    /// A folder with a page to serve at /, such as `cargo xtask page` makes. It is read once, at the start
    #[arg(long, value_name = "DIR")]
    pub(super) page: Option<PathBuf>,

    /// Print one line of JSON when ready, instead of a page for people
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Clock {
    /// The time of this machine
    Real,
    /// The time at the start, until it is moved
    Frozen,
}

fn address(text: &str) -> Result<IpAddr, String> {
    if text == "localhost" {
        return Ok(IpAddr::from([127, 0, 0, 1]));
    }
    text.trim_matches(['[', ']'])
        .parse()
        .map_err(|_| "give an IP address, such as 127.0.0.1 or ::1".to_owned())
}
