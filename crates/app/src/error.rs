//! Why a use case did not do what was asked, named by what the caller does next.

use sarafan_domain::member::Action;
use sarafan_domain::post::PostState;
use sarafan_domain::problem::Problem;
use sarafan_domain::token::Scope;
use sarafan_store::StoreError;

/// Why not.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Sign in first.
    #[error("signed out")]
    SignedOut,
    /// The role does not allow it.
    #[error("not allowed: {}", .action.code())]
    MayNot {
        /// What was tried.
        action: Action,
    },
    /// The token is unknown, revoked, or has expired.
    #[error("a token that opens nothing")]
    BadToken,
    /// The role allows it, the token does not.
    #[error("out of scope: {}", .scope.code())]
    OutOfScope {
        /// What the token lacks.
        scope: Scope,
    },
    /// Only the person themselves may do it.
    #[error("not for tokens")]
    NotForTokens,
    /// It does not exist, or not for this person.
    #[error("not found")]
    NotFound,
    /// Somebody else changed it meanwhile: load it again, nothing was overwritten.
    #[error("changed meanwhile")]
    Conflict,
    /// What was given must be mended first.
    #[error("invalid: {}", codes(.0))]
    Invalid(Vec<Problem>),
    /// It cannot be done in the present state.
    #[error("refused: {}", .0.code)]
    Refused(Problem),
    /// Too many tries: wait.
    #[error("too many tries")]
    TooMany {
        /// Come back after so many seconds.
        seconds: u64,
    },
    /// The database, the disk or a network does not answer now; nothing was lost.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// Our mistake.
    #[error("broken: {0}")]
    Broken(String),
}

fn codes(problems: &[Problem]) -> String {
    problems.iter().map(|problem| problem.code.as_ref()).collect::<Vec<_>>().join(", ")
}

impl From<Problem> for AppError {
    fn from(problem: Problem) -> Self {
        Self::Invalid(vec![problem])
    }
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound => Self::NotFound,
            StoreError::Conflict { .. } => Self::Conflict,
            StoreError::Unavailable { .. }
            | StoreError::Full { .. }
            | StoreError::ReadOnly { .. }
            | StoreError::Damaged { .. } => Self::Unavailable(error.to_string()),
            other => Self::Broken(other.to_string()),
        }
    }
}

impl AppError {
    /// The post cannot be changed like that in this state.
    pub(crate) fn post_state(state: PostState) -> Self {
        Self::Refused(Problem::error("post-state", "state").with("state", state.code()))
    }
}
