//! A naive model of the five APIs: plain lists, searched from the front, and each API's rules written by hand from its document
//! and the readings that the project takes. Nothing here looks at a policy or at the engine, so that both can be wrong only
//! in different ways.
//!
//! | module | holds |
//! |---|---|
//! | [`ground`] | who and what exists |
//! | [`wish`] | what is asked, and how each API is asked for it |
//! | [`rules`] | what each API answers |
//! | [`make`] | generated worlds and wishes |
//! | [`known`] | the model as a place where the core's checks look facts up, with some of them missing |

pub mod ground;
pub mod known;
pub mod make;
pub mod rules;
pub mod wish;

/// One of the five APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    /// Models of a workspace, each by itself.
    Anaplan,
    /// Experiences of the caller, each by itself.
    Aisquare,
    /// Applications of a project, each by itself.
    Codearts,
    /// Programs of a space, all or none, later.
    Seismic,
    /// Scheduled tasks of a project, without a word about each.
    Workspace,
}

impl Api {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Anaplan, Self::Aisquare, Self::Codearts, Self::Seismic, Self::Workspace];

    /// The name of its contract.
    pub const fn contract(self) -> &'static str {
        match self {
            Self::Anaplan => "anaplan-models",
            Self::Aisquare => "aisquare-experiences",
            Self::Codearts => "codearts-applications",
            Self::Seismic => "seismic-programs",
            Self::Workspace => "workspace-scheduled-tasks",
        }
    }

    /// The kind of what it deletes.
    pub const fn thing(self) -> &'static str {
        match self {
            Self::Anaplan => "model",
            Self::Aisquare => "experience",
            Self::Codearts => "application",
            Self::Seismic => "program",
            Self::Workspace => "scheduled-task",
        }
    }

    /// The kind of container that its things are in.
    pub const fn container(self) -> Option<&'static str> {
        match self {
            Self::Anaplan => Some("workspace"),
            Self::Aisquare => None,
            Self::Codearts | Self::Workspace => Some("project"),
            Self::Seismic => Some("space"),
        }
    }

    /// Whether ids and the container's id are compared without regard to case.
    pub const fn ignores_case(self) -> bool {
        matches!(self, Self::Anaplan)
    }

    /// Whether two ids are the same to it.
    pub fn same(self, one: &str, two: &str) -> bool {
        if self.ignores_case() { one.eq_ignore_ascii_case(two) } else { one == two }
    }
}
