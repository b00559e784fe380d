//! What the API answers when it does not do what was asked: `application/problem+json` (RFC 9457) in the caller's
//! language.
//!
//! A handler returns [`Failure`]; its response carries the failure along unsaid, and [`crate::speak`] says it, because
//! only there the caller's language is known. No sentence stands in this file: they are the `web-...` texts.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use sarafan_app::posts::PostView;
use sarafan_app::texts::Texts;
use sarafan_app::view::ProblemView;
use sarafan_app::{App, AppError};
use sarafan_domain::language::Lang;
use sarafan_domain::problem::{Arg, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::rates::TooMany;

mod kinds;

use kinds::Kind;

/// A handler's result.
pub(crate) type Answer<T> = Result<T, Failure>;

/// Why not.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// The use case refused.
    App(Arc<AppError>),
    /// Somebody else changed the post meanwhile: here it is.
    Changed(Box<PostView>),
    /// Another site's page asks.
    CrossOrigin,
    /// There is no such route, or its path holds no id.
    NoRoute,
    /// The route exists, not with this method.
    NoMethod,
    /// The body or the query cannot be read at all.
    Malformed {
        /// What the reader said.
        reason: String,
    },
    /// It can be read and is not what was expected.
    Wrong {
        /// Where: `content.media[0].asset`.
        field: String,
        /// What the reader said.
        reason: String,
    },
    /// The body is not of the media type that is wanted here.
    MediaType {
        /// What is wanted.
        wanted: &'static str,
    },
    /// The body is larger than allowed here.
    TooLarge {
        /// How many bytes are allowed.
        max: u64,
    },
    /// More is asked than is allowed.
    TooOften(TooMany),
    /// It took too long.
    Timeout,
    /// A handler broke off.
    Panicked,
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self::App(Arc::new(error))
    }
}

/// An error as the API tells it (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProblemDetails)]
pub struct Details {
    /// `urn:sarafan:` and the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:sarafan:not_found")]
    pub kind: String,
    /// The kind of error in words, in the caller's language.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// The kind of error for programs.
    #[schema(example = "not_found")]
    pub code: &'static str,
    /// What happened, in the caller's language.
    pub detail: String,
    /// What helps, in the caller's language.
    pub remedy: Option<String>,
    /// The field of the form or of the body that is to be mended.
    pub field: Option<String>,
    /// All that is to be mended.
    pub problems: Vec<ProblemView>,
    /// The post as it stands now, where somebody else changed it meanwhile.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub current: Option<Box<PostView>>,
}

impl Failure {
    fn kind(&self) -> &'static Kind {
        match self {
            Self::App(error) => match error.as_ref() {
                AppError::SignedOut => &kinds::SIGNED_OUT,
                AppError::MayNot { .. } => &kinds::MAY_NOT,
                AppError::BadToken => &kinds::BAD_TOKEN,
                AppError::OutOfScope { .. } => &kinds::OUT_OF_SCOPE,
                AppError::NotForTokens => &kinds::NOT_FOR_TOKENS,
                AppError::NotFound => &kinds::NOT_FOUND,
                AppError::Conflict => &kinds::CONFLICT,
                AppError::Invalid(_) => &kinds::INVALID,
                AppError::Refused(_) => &kinds::REFUSED,
                AppError::TooMany { .. } => &kinds::TOO_MANY,
                AppError::Unavailable(_) => &kinds::UNAVAILABLE,
                AppError::Broken(_) => &kinds::INTERNAL,
            },
            Self::Changed(_) => &kinds::CONFLICT,
            Self::CrossOrigin => &kinds::CROSS_ORIGIN,
            Self::NoRoute => &kinds::NOT_FOUND,
            Self::NoMethod => &kinds::NO_METHOD,
            Self::Malformed { .. } => &kinds::MALFORMED,
            Self::Wrong { .. } => &kinds::WRONG,
            Self::MediaType { .. } => &kinds::MEDIA_TYPE,
            Self::TooLarge { .. } => &kinds::TOO_LARGE,
            Self::TooOften(_) => &kinds::TOO_OFTEN,
            Self::Timeout => &kinds::TIMEOUT,
            Self::Panicked => &kinds::INTERNAL,
        }
    }

    /// Writes what is our fault, or the machine's, into the log with its whole chain; once, here.
    pub(crate) fn log(&self) {
        match self {
            Self::App(error) => match error.as_ref() {
                AppError::Broken(why) => tracing::error!(why, "broken"),
                AppError::Unavailable(why) => tracing::warn!(why, "unavailable"),
                _ => {}
            },
            Self::Panicked => tracing::error!("a handler broke off"),
            _ => {}
        }
    }

    /// In words. `request` is the number that an administrator finds in the log.
    pub(crate) fn explain(&self, app: &App, lang: Lang, request: &str) -> Details {
        let kind = self.kind();
        let texts = app.texts();
        let args = self.args(request);
        let problems: Vec<ProblemView> =
            self.problems().iter().map(|problem| ProblemView::new(texts, lang, problem)).collect();
        let first = problems.first();
        let (detail, remedy) = match first {
            Some(only) if problems.len() == 1 => (only.message.clone(), only.remedy.clone()),
            Some(first) => (many(texts, lang, problems.len(), &first.message), first.remedy.clone()),
            None => (texts.say(lang, kind.detail, &args), kind.remedy.map(|key| texts.say(lang, key, &args))),
        };
        let field = match self {
            Self::Wrong { field, .. } => Some(field.clone()).filter(|field| !field.is_empty()),
            _ => first.map(|problem| problem.field.clone()).filter(|field| !field.is_empty()),
        };
        let current = match self {
            Self::Changed(post) => Some(post.clone()),
            _ => None,
        };
        Details {
            kind: format!("urn:sarafan:{}", kind.code),
            title: texts.say(lang, kind.title, &[]),
            status: kind.status.as_u16(),
            code: kind.code,
            detail,
            remedy,
            field,
            problems,
            current,
        }
    }

    /// The answer.
    pub(crate) fn say(&self, app: &App, lang: Lang, request: &str) -> Response {
        let body = serde_json::to_vec(&self.explain(app, lang, request)).unwrap_or_default();
        let mut response = (self.kind().status, Body::from(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code()));
        if let Self::App(error) = self
            && let AppError::TooMany { seconds } = error.as_ref()
        {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        if let Self::TooOften(over) = self {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(over.seconds));
        }
        if self.kind().code == kinds::BAD_TOKEN.code {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""));
        } else if self.kind().code == kinds::SIGNED_OUT.code {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }

    fn problems(&self) -> &[Problem] {
        match self {
            Self::App(error) => match error.as_ref() {
                AppError::Invalid(problems) => problems,
                AppError::Refused(problem) => std::slice::from_ref(problem),
                _ => &[],
            },
            _ => &[],
        }
    }

    fn args(&self, request: &str) -> Vec<(&'static str, Arg)> {
        match self {
            Self::App(error) => match error.as_ref() {
                AppError::TooMany { seconds } => vec![("seconds", Arg::from(*seconds))],
                AppError::OutOfScope { scope } => vec![("scope", Arg::from(scope.code()))],
                _ => vec![("request", Arg::from(request))],
            },
            Self::TooOften(over) => vec![("limit", Arg::from(over.limit)), ("seconds", Arg::from(over.seconds))],
            Self::Malformed { reason } => vec![("reason", Arg::from(reason.as_str()))],
            Self::Wrong { field, reason } => {
                vec![
                    ("field", Arg::from(if field.is_empty() { "none" } else { field.as_str() })),
                    ("reason", Arg::from(reason.as_str())),
                ]
            }
            Self::MediaType { wanted } => vec![("wanted", Arg::from(*wanted))],
            Self::TooLarge { max } => vec![("megabytes", Arg::from(max.div_ceil(1024 * 1024)))],
            _ => vec![("request", Arg::from(request))],
        }
    }
}

fn many(texts: &Texts, lang: Lang, count: usize, first: &str) -> String {
    texts.say(lang, "web-invalid-many", &[("count", Arg::from(count)), ("first", Arg::from(first))])
}

impl IntoResponse for Failure {
    /// The status alone; the failure rides along and is said by [`crate::speak`].
    fn into_response(self) -> Response {
        let mut response = self.kind().status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
