//! Every kind of failure the API knows: its status, its code and its texts. `docs/api.md` shows the same table.

use axum::http::StatusCode;

/// A kind of failure.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    /// Key of its name.
    pub(crate) title: &'static str,
    /// Key of the sentence; said only where no problem says it better.
    pub(crate) detail: &'static str,
    /// Key of what helps.
    pub(crate) remedy: Option<&'static str>,
}

/// Sign in first.
pub(crate) const SIGNED_OUT: Kind = Kind {
    status: StatusCode::UNAUTHORIZED,
    code: "signed_out",
    title: "web-signed-out-title",
    detail: "web-signed-out",
    remedy: Some("web-signed-out-remedy"),
};

/// The role does not allow it.
pub(crate) const MAY_NOT: Kind = Kind {
    status: StatusCode::FORBIDDEN,
    code: "may_not",
    title: "web-may-not-title",
    detail: "web-may-not",
    remedy: Some("web-may-not-remedy"),
};

/// The token opens nothing.
pub(crate) const BAD_TOKEN: Kind = Kind {
    status: StatusCode::UNAUTHORIZED,
    code: "bad_token",
    title: "web-bad-token-title",
    detail: "web-bad-token",
    remedy: Some("web-bad-token-remedy"),
};

/// The token lacks the scope.
pub(crate) const OUT_OF_SCOPE: Kind = Kind {
    status: StatusCode::FORBIDDEN,
    code: "out_of_scope",
    title: "web-out-of-scope-title",
    detail: "web-out-of-scope",
    remedy: Some("web-out-of-scope-remedy"),
};

/// No token may do it.
pub(crate) const NOT_FOR_TOKENS: Kind = Kind {
    status: StatusCode::FORBIDDEN,
    code: "not_for_tokens",
    title: "web-not-for-tokens-title",
    detail: "web-not-for-tokens",
    remedy: Some("web-not-for-tokens-remedy"),
};

/// Another site's page asks, or nobody says which.
pub(crate) const CROSS_ORIGIN: Kind = Kind {
    status: StatusCode::FORBIDDEN,
    code: "cross_origin",
    title: "web-cross-origin-title",
    detail: "web-cross-origin",
    remedy: Some("web-cross-origin-remedy"),
};

/// It does not exist, or not for this person.
pub(crate) const NOT_FOUND: Kind = Kind {
    status: StatusCode::NOT_FOUND,
    code: "not_found",
    title: "web-not-found-title",
    detail: "web-not-found",
    remedy: Some("web-not-found-remedy"),
};

/// The route exists, not with this method.
pub(crate) const NO_METHOD: Kind = Kind {
    status: StatusCode::METHOD_NOT_ALLOWED,
    code: "no_method",
    title: "web-no-method-title",
    detail: "web-no-method",
    remedy: None,
};

/// It took too long.
pub(crate) const TIMEOUT: Kind = Kind {
    status: StatusCode::REQUEST_TIMEOUT,
    code: "timeout",
    title: "web-timeout-title",
    detail: "web-timeout",
    remedy: Some("web-timeout-remedy"),
};

/// Somebody else changed it meanwhile.
pub(crate) const CONFLICT: Kind = Kind {
    status: StatusCode::CONFLICT,
    code: "conflict",
    title: "web-conflict-title",
    detail: "web-conflict",
    remedy: Some("web-conflict-remedy"),
};

/// It cannot be done in the present state.
pub(crate) const REFUSED: Kind = Kind {
    status: StatusCode::CONFLICT,
    code: "refused",
    title: "web-refused-title",
    detail: "web-refused",
    remedy: None,
};

/// The body is larger than allowed.
pub(crate) const TOO_LARGE: Kind = Kind {
    status: StatusCode::PAYLOAD_TOO_LARGE,
    code: "too_large",
    title: "web-too-large-title",
    detail: "web-too-large",
    remedy: None,
};

/// The body is of another media type than is wanted.
pub(crate) const MEDIA_TYPE: Kind = Kind {
    status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
    code: "media_type",
    title: "web-media-type-title",
    detail: "web-media-type",
    remedy: None,
};

/// The body cannot be read at all.
pub(crate) const MALFORMED: Kind = Kind {
    status: StatusCode::BAD_REQUEST,
    code: "malformed",
    title: "web-malformed-title",
    detail: "web-malformed",
    remedy: None,
};

/// A field of the body or the query is not what is expected.
pub(crate) const WRONG: Kind = Kind {
    status: StatusCode::UNPROCESSABLE_ENTITY,
    code: "wrong",
    title: "web-wrong-title",
    detail: "web-wrong",
    remedy: None,
};

/// What was given must be mended first.
pub(crate) const INVALID: Kind = Kind {
    status: StatusCode::UNPROCESSABLE_ENTITY,
    code: "invalid",
    title: "web-invalid-title",
    detail: "web-invalid",
    remedy: None,
};

/// Too many tries.
pub(crate) const TOO_MANY: Kind = Kind {
    status: StatusCode::TOO_MANY_REQUESTS,
    code: "too_many",
    title: "web-too-many-title",
    detail: "web-too-many",
    remedy: None,
};

/// More is asked than is allowed.
pub(crate) const TOO_OFTEN: Kind = Kind {
    status: StatusCode::TOO_MANY_REQUESTS,
    code: "too_often",
    title: "web-too-often-title",
    detail: "web-too-often",
    remedy: Some("web-too-often-remedy"),
};

/// The database, the disk or a network does not answer.
pub(crate) const UNAVAILABLE: Kind = Kind {
    status: StatusCode::SERVICE_UNAVAILABLE,
    code: "unavailable",
    title: "web-unavailable-title",
    detail: "web-unavailable",
    remedy: Some("web-unavailable-remedy"),
};

/// Our mistake.
pub(crate) const INTERNAL: Kind = Kind {
    status: StatusCode::INTERNAL_SERVER_ERROR,
    code: "internal",
    title: "web-internal-title",
    detail: "web-internal",
    remedy: Some("web-internal-remedy"),
};
