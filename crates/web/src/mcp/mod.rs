//! The Model Context Protocol: assistants use the same commands as everybody else. A tool is an operation of the API, a
//! resource is something the API shows; both go through the routes with the token of the program, so that roles, scopes,
//! limits and problems are the same.
//!
//! What is absent on purpose: sessions. Every request stands for itself, so that any process answers it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use axum::response::Response;
use axum::{Extension, Router};
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ErrorData, Implementation, ListResourceTemplatesResult,
    ListResourcesResult, ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse,
    ReadResourceResult, Resource, ResourceContents, ResourceTemplate, ServerCapabilities, ServerConfig,
};
use rmcp::service::RequestContext;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use rmcp::{RoleServer, ServerHandler, ServiceExt};
use sarafan_app::AppError;
use sarafan_domain::token::Scope;
use serde_json::Value;
use tower_service::Service;

use crate::problem::{Answer, Failure};
use crate::session::{self, Signed};
use crate::trace::RequestId;

mod tools;

use tools::{Asked, TOOLS, Tool};

const INSTRUCTIONS: &str = "Sarafan plans and sends posts to social networks. Begin with list_brands and list_channels; ids \
    are UUIDs. Check a text with check_post before you write it down, and rehearse schedule_post with dry_run before you \
    send: what went out to people cannot be taken back everywhere. A post has a version; send the one you read. Problems \
    say what helps.";

/// What can be read as it is.
const RESOURCES: [(&str, &str, &str); 2] = [
    ("brands", "Brands", "The brands this token works for"),
    ("networks", "Networks", "Every network with its limits, formats and options"),
];

/// What can be read by its ids.
const TEMPLATES: [(&str, &str, &str); 4] = [
    ("brands/{brand}/today", "Today", "What needs somebody now, and what goes out today"),
    ("brands/{brand}/channels", "Channels", "The channels of a brand with their state"),
    ("brands/{brand}/posts/{id}", "Post", "A post with its deliveries and problems"),
    ("brands/{brand}/deliveries/{id}", "Delivery", "A delivery with the story of its attempts"),
];

const SCHEME: &str = "sarafan://";

/// Answers assistants with the routes of the API.
#[derive(Clone)]
pub(crate) struct Assistants {
    routes: Router,
    /// The token of the one program that speaks here; over HTTP each request brings its own.
    token: Option<Arc<str>>,
}

/// The service behind `/mcp`.
pub(crate) type Mcp = StreamableHttpService<Assistants, NeverSessionManager>;

/// Answers over HTTP. Which host is spoken to does not matter: every request shows a token, which no page can make a browser
/// send.
pub(crate) fn over_http(routes: Router) -> Mcp {
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        .disable_allowed_hosts();
    let assistants = Assistants { routes, token: None };
    StreamableHttpService::new(move || Ok(assistants.clone()), Arc::default(), config)
}

/// `POST /mcp`: only programs are answered.
pub(crate) async fn answer(signed: Signed, Extension(mcp): Extension<Mcp>, request: Request) -> Answer<Response> {
    if signed.actor.grant.is_none() {
        return Err(Failure::from(AppError::SignedOut));
    }
    Ok(mcp.handle(request).await.map(Body::new))
}

/// Answers on standard input and output until it ends.
///
/// # Errors
/// What the transport says.
pub async fn on_stdio(routes: Router, token: &str) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let assistants = Assistants { routes, token: Some(token.into()) };
    assistants.serve(rmcp::transport::stdio()).await?.waiting().await?;
    Ok(())
}

impl Assistants {
    /// Asks a route of the API as the program.
    async fn ask(&self, asked: Asked, context: &RequestContext<RoleServer>) -> Result<(StatusCode, Value), ErrorData> {
        let parts = context.extensions.get::<Parts>();
        let theirs = parts.and_then(|parts| session::bearer(&parts.headers).map(str::to_owned));
        let token = theirs.or_else(|| self.token.as_deref().map(str::to_owned)).unwrap_or_default();
        let mut request = Request::builder()
            .method(asked.method)
            .uri(format!("/api/v1{}", asked.path))
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        if asked.body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = asked.body.map(|body| Body::from(body.to_string())).unwrap_or_default();
        let mut request = request.body(body).map_err(|error| broken(&error))?;
        if let Some(id) = parts.and_then(|parts| parts.extensions.get::<RequestId>()) {
            request.extensions_mut().insert(id.clone());
        }
        let answer: Response = match self.routes.clone().call(request).await {
            Ok(answer) => answer,
            Err(never) => match never {},
        };
        let status = answer.status();
        let bytes = to_bytes(answer.into_body(), usize::MAX).await.map_err(|error| broken(&error))?;
        if bytes.is_empty() {
            return Ok((status, serde_json::json!({ "done": status.is_success() })));
        }
        serde_json::from_slice(&bytes).map(|value| (status, value)).map_err(|error| broken(&error))
    }
}

impl Assistants {
    /// What the token of the program is allowed.
    async fn scopes(&self, context: &RequestContext<RoleServer>) -> Result<Vec<Scope>, ErrorData> {
        let asked = Asked { method: Method::GET, path: "/tokens/own".to_owned(), body: None };
        let (status, value) = self.ask(asked, context).await?;
        if !status.is_success() {
            let detail = value.get("detail").and_then(Value::as_str).unwrap_or_default();
            return Err(ErrorData::invalid_request(detail.to_owned(), Some(value)));
        }
        let scopes = value.get("scopes").cloned().unwrap_or_default();
        serde_json::from_value(scopes).map_err(|error| broken(&error))
    }
}

impl ServerHandler for Assistants {
    fn get_info(&self) -> ServerConfig {
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().build();
        let mut info = ServerConfig::new(capabilities);
        info.server_info = Implementation::new("sarafan", env!("CARGO_PKG_VERSION"));
        info.instructions = Some(INSTRUCTIONS.to_owned());
        info
    }

    fn get_tool(&self, name: &str) -> Option<rmcp::model::Tool> {
        TOOLS.iter().find(|tool| tool.shown.name == name).map(|tool| tool.shown.clone())
    }

    async fn list_tools(
        &self,
        _: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        let scopes = self.scopes(&context).await?;
        // An assistant that sees what it may not do only tries it.
        let open = TOOLS.iter().filter(|tool| tool.is_open_to(&scopes)).map(|tool| tool.shown.clone());
        Ok(ListToolsResult::with_all_items(open.collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let tool: Option<&Tool> = TOOLS.iter().find(|tool| tool.shown.name == request.name);
        let tool =
            tool.ok_or_else(|| ErrorData::invalid_params(format!("no tool is called {}", request.name), None))?;
        let asked =
            tool.ask(request.arguments.unwrap_or_default()).map_err(|why| ErrorData::invalid_params(why, None))?;
        let (status, value) = self.ask(asked, &context).await?;
        // Lists are wrapped: clients expect an object.
        let value = if value.is_array() { serde_json::json!({ "items": value }) } else { value };
        let result = if status.is_success() {
            CallToolResult::structured(value)
        } else {
            CallToolResult::structured_error(value)
        };
        Ok(result.into())
    }

    async fn list_resources(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let all = RESOURCES.iter().map(|(path, title, words)| {
            let mut resource = Resource::new(format!("{SCHEME}{path}"), (*path).to_owned());
            resource.title = Some((*title).to_owned());
            resource.description = Some((*words).to_owned());
            resource.mime_type = Some("application/json".to_owned());
            resource
        });
        Ok(ListResourcesResult::with_all_items(all.collect()))
    }

    async fn list_resource_templates(
        &self,
        _: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        let all = TEMPLATES.iter().map(|(path, title, words)| {
            let mut template = ResourceTemplate::new(format!("{SCHEME}{path}"), title.to_lowercase());
            template.title = Some((*title).to_owned());
            template.description = Some((*words).to_owned());
            template.mime_type = Some("application/json".to_owned());
            template
        });
        Ok(ListResourceTemplatesResult::with_all_items(all.collect()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let missing = || ErrorData::resource_not_found(format!("there is no {}", request.uri), None);
        let path = request.uri.strip_prefix(SCHEME).filter(|path| is_readable(path)).ok_or_else(missing)?;
        let asked = Asked { method: Method::GET, path: format!("/{path}"), body: None };
        let (status, value) = self.ask(asked, &context).await?;
        if !status.is_success() {
            let detail = value.get("detail").and_then(Value::as_str).unwrap_or_default();
            return Err(ErrorData::resource_not_found(detail.to_owned(), Some(value)));
        }
        let contents = ResourceContents::TextResourceContents {
            uri: request.uri.clone(),
            mime_type: Some("application/json".to_owned()),
            text: value.to_string(),
            meta: None,
        };
        Ok(ReadResourceResult::new(vec![contents]).into())
    }
}

/// Is this the path of a resource, or does it fit one of the templates?
fn is_readable(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |pattern: &str| {
        let wanted: Vec<&str> = pattern.split('/').collect();
        let fits_one = |(wanted, part): (&&str, &&str)| {
            if wanted.starts_with('{') { uuid::Uuid::parse_str(part).is_ok() } else { wanted == part }
        };
        wanted.len() == parts.len() && wanted.iter().zip(&parts).all(fits_one)
    };
    RESOURCES.iter().map(|(path, ..)| path).chain(TEMPLATES.iter().map(|(path, ..)| path)).any(|pattern| fits(pattern))
}

fn broken(error: &dyn std::error::Error) -> ErrorData {
    tracing::error!(%error, "an assistant could not be answered");
    ErrorData::internal_error(error.to_string(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_offered_can_be_read() {
        let id = "01890000-0000-7000-8000-000000000000";
        for path in ["brands".to_owned(), format!("brands/{id}/today"), format!("brands/{id}/posts/{id}")] {
            assert!(is_readable(&path), "{path}");
        }
        for path in ["tokens", "brands/x/today", "brands/../tokens", "", &format!("brands/{id}/posts/{id}/comments")] {
            assert!(!is_readable(path), "{path}");
        }
    }

    #[test]
    fn every_tool_is_an_operation_that_programs_may_ask() {
        assert_eq!(TOOLS.len(), tools::NAMES.len());
    }
}
