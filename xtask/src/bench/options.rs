//! What can be said on the command line.

use std::path::PathBuf;

#[derive(Debug)]
pub(crate) struct Options {
    /// The program of the mock server.
    pub(crate) server: PathBuf,
    /// How long each load runs.
    pub(crate) seconds: u32,
    /// How long the load runs after which memory is read.
    pub(crate) memory_seconds: u32,
    /// Whether a missed target is a failure.
    pub(crate) check: bool,
    /// The measurements to make, by name; all if there is none.
    pub(crate) only: Vec<String>,
}

impl Options {
    pub(crate) fn read(arguments: &[String]) -> Result<Options, String> {
        let (mut server, mut seconds, mut check, mut only) = (None, None, false, Vec::new());
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--check" => check = true,
                "--server" => server = arguments.next().map(PathBuf::from),
                "--only" => {
                    only.push(arguments.next().cloned().ok_or("`--only` needs the name of a measurement")?)
                }
                "--seconds" => {
                    let number = arguments
                        .next()
                        .and_then(|text| text.parse::<u32>().ok())
                        .filter(|number| *number > 0);
                    seconds = Some(number.ok_or("`--seconds` needs a whole number of seconds")?);
                }
                other => {
                    return Err(format!(
                        "`bench` has no option `{other}`; there are --seconds N, --check, --only NAME"
                    ));
                }
            }
        }
        Ok(Options {
            server: server.ok_or("`--server` must name the program; `cargo xtask bench` does")?,
            seconds: seconds.unwrap_or(10),
            memory_seconds: seconds.unwrap_or(10).saturating_mul(6),
            check,
            only,
        })
    }
}
