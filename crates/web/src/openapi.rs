//! The OpenAPI document: what the handlers declare, and what is true of all of them, said once here: problems, the
//! cookie, the address. `docs/openapi.json` is its golden copy.

use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{ContentBuilder, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder};
use utoipa::{OpenApi as _, ToSchema};

use crate::problem::Details;
use crate::{api, cookie, programs};

mod answers;

const SESSION: &str = "session";
const TOKEN: &str = "token";
const PROBLEM: &str = "Problem";

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Sarafan",
        description = "The JSON API of Sarafan. The browser application uses nothing else.\n\nInstants are RFC 3339 in UTC \
with milliseconds. Wall-clock times have no zone: `2026-12-01T10:00`. Ids are UUIDs. Lists come in pages: send `next` \
of one page as `cursor` of the following. Errors are problems (RFC 9457) in the caller's language: that of the signed-in \
person, else of `Accept-Language`. A change made with the session cookie needs a same-origin `Origin` header, which every \
browser sends; a program sends a token instead: `Authorization: Bearer sfn_…`.",
        license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later")
    ),
    servers((url = "/api/v1")),
    components(schemas(Details)),
    tags(
        (name = "setup", description = "The first owner of a new installation"),
        (name = "sessions", description = "Signing in and out"),
        (name = "factors", description = "What a person shows beside the password"),
        (name = "profile", description = "The signed-in person"),
        (name = "tokens", description = "Tokens of programs"),
        (name = "brands", description = "Brands, their rubrics and their pause"),
        (name = "members", description = "Who belongs to a brand, and invitations"),
        (name = "channels", description = "Networks and connected channels"),
        (name = "posts", description = "Posts of the content plan"),
        (name = "approvals", description = "Asking for a yes, giving it, asking for changes"),
        (name = "deliveries", description = "The queue: each post on its way to each channel"),
        (name = "comments", description = "What people wrote under posts"),
        (name = "assets", description = "The media library"),
        (name = "plan", description = "Import and export of the content plan"),
        (name = "webhooks", description = "Programs elsewhere that are told what happens"),
        (name = "calendar", description = "Posts by date"),
        (name = "today", description = "What needs somebody now"),
        (name = "numbers", description = "What came of it"),
        (name = "audit", description = "Who did what"),
        (name = "live", description = "What happens, as it happens"),
    )
)]
struct Base;

/// The OpenAPI document of `/api/v1`.
pub fn document() -> OpenApi {
    finish(api::described(Base::openapi()))
}

/// Adds what is true of every operation.
fn finish(mut document: OpenApi) -> OpenApi {
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    let components = document.components.get_or_insert_default();
    let token = ApiKey::Cookie(ApiKeyValue::with_description(cookie::NAME, "Set by POST /session."));
    components.add_security_scheme(SESSION, SecurityScheme::ApiKey(token));
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("sfn_…");
    let bearer = bearer.description(Some("The token of a program, made by POST /tokens or `sarafan token create`."));
    components.add_security_scheme(TOKEN, SecurityScheme::Http(bearer.build()));
    components.responses.insert(PROBLEM.to_owned(), RefOr::T(problem()));
    for (path, item) in &mut document.paths.paths {
        for operation in item.get.iter_mut() {
            protect(path, operation, false);
        }
        let changes = [&mut item.post, &mut item.put, &mut item.patch, &mut item.delete];
        for operation in changes.into_iter().flatten() {
            protect(path, operation, true);
            repeatable(operation);
        }
    }
    answers::complete(&mut document);
    document
}

/// Every operation may answer with a problem; all need the cookie, or a token where programs may go, but those that say
/// otherwise.
fn protect(path: &str, operation: &mut Operation, changes: bool) {
    let open = operation.security.is_some();
    if !open {
        let ways = if programs::may_go(path) { &[SESSION, TOKEN][..] } else { &[SESSION] };
        operation.security =
            Some(ways.iter().map(|way| SecurityRequirement::new(*way, Vec::<String>::new())).collect());
    }
    let body = operation.request_body.is_some();
    let asks = operation.parameters.iter().flatten().any(
        |parameter| matches!(parameter, RefOr::T(parameter) if matches!(parameter.parameter_in, ParameterIn::Query)),
    );
    // A page for people, whatever went wrong; what is refused before it comes to that is a problem as elsewhere.
    if let Some(RefOr::T(page)) = operation.responses.responses.get_mut("default") {
        page.content.extend(problem().content);
        return;
    }
    // No `default`: it would let any status pass for a described one. A token that opens nothing is refused where none
    // is wanted too.
    let statuses = [
        ("400", body),
        ("401", true),
        ("403", operation.servers.is_none()),
        ("404", path.contains('{')),
        ("408", true),
        ("409", changes),
        ("413", body),
        ("415", body),
        ("422", body || asks || changes),
        ("429", true),
        ("5XX", true),
    ];
    for (status, _) in statuses.into_iter().filter(|(_, may)| *may) {
        let problem = RefOr::Ref(Ref::from_response_name(PROBLEM));
        operation.responses.responses.entry(status.to_owned()).or_insert(problem);
    }
}

/// Whoever shows who they are may repeat a change.
fn repeatable(operation: &mut Operation) {
    if operation.security.iter().flatten().all(|way| *way == SecurityRequirement::default()) {
        return;
    }
    let key = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("Asked again with the same key within a day, it is not done again and answers the same."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).max_length(Some(255))));
    operation.parameters.get_or_insert_default().push(RefOr::T(key.build()));
}

fn problem() -> Response {
    let schema = Ref::from_schema_name(Details::name());
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description("Nothing was done; `detail` says why, `remedy` what helps")
        .content("application/problem+json", content)
        .build()
}
