//! From a handle to the server that holds its account: handle -> DID -> DID document -> server.

use sarafan_domain::problem::Problem;
use sarafan_network::http::{Effect, Http, Request};
use sarafan_network::{NetError, Result};
use serde::Deserialize;
use serde_json::Value;

use super::wire;
use crate::address;
use jiff::Timestamp;

/// The server most accounts sign in at; it also finds any handle, whatever server holds it.
pub(super) const ENTRY: &str = "https://bsky.social";
/// The directory of `did:plc` identities.
const DIRECTORY: &str = "https://plc.directory";

#[derive(Deserialize)]
struct Resolved {
    did: String,
}

/// Who a handle is; `None` where nobody has it.
pub(super) async fn did(http: &dyn Http, service: &str, handle: &str, now: Timestamp) -> Result<Option<String>> {
    let request = wire::ask(service, "com.atproto.identity.resolveHandle", &[("handle", handle)]);
    let reply = http.send(request).await?;
    match wire::failure(&reply, Effect::Read, &[], now) {
        None => Ok(Some(reply.json::<Resolved>()?.did)),
        Some(error @ (NetError::Transient { .. } | NetError::RateLimited { .. })) => Err(error),
        Some(_) => Ok(None),
    }
}

/// The server that holds the account of a handle. The account's own document must name the handle back: a
/// password goes to no server that the owner of the handle has not chosen.
pub(super) async fn service(http: &dyn Http, handle: &str, now: Timestamp) -> Result<String> {
    let unknown = || NetError::Rejected { problem: Problem::error("handle-unknown", "handle").with("handle", handle) };
    let did = did(http, ENTRY, handle, now).await?.ok_or_else(unknown)?;
    let place = place_of_document(&did).ok_or_else(unknown)?;
    let reply = http.send(Request::get(place)).await?;
    if let Some(error) = wire::failure(&reply, Effect::Read, &[], now) {
        return Err(match error {
            NetError::Transient { .. } | NetError::RateLimited { .. } => error,
            _ => unknown(),
        });
    }
    server_in(&reply.json::<Value>()?, Some(handle)).ok_or_else(unknown)
}

fn place_of_document(did: &str) -> Option<String> {
    if let Some(host) = did.strip_prefix("did:web:") {
        let plain = !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
        return plain.then(|| format!("https://{host}/.well-known/did.json"));
    }
    let id = did.strip_prefix("did:plc:")?;
    let plain = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric());
    plain.then(|| format!("{DIRECTORY}/{did}"))
}

/// The server in an identity's document; with a handle only where the document says that it is its own.
pub(super) fn server_in(document: &Value, handle: Option<&str>) -> Option<String> {
    if let Some(handle) = handle {
        let own = format!("at://{}", handle.to_ascii_lowercase());
        let names = document.get("alsoKnownAs")?.as_array()?;
        names.iter().find(|name| name.as_str().is_some_and(|name| name.to_ascii_lowercase() == own))?;
    }
    let services = document.get("service")?.as_array()?;
    let holds = |service: &&Value| {
        service.get("id").and_then(Value::as_str).is_some_and(|id| id.ends_with("#atproto_pds"))
            && service.get("type").and_then(Value::as_str) == Some("AtprotoPersonalDataServer")
    };
    address::server(services.iter().find(holds)?.get("serviceEndpoint")?.as_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents() {
        let document = serde_json::json!({
            "id": "did:plc:abc", "alsoKnownAs": ["at://anna.example.com"],
            "service": [
                { "id": "#other", "type": "Other", "serviceEndpoint": "https://other.example" },
                { "id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": "https://pds.example" },
            ],
        });
        let rows = [
            (Some("anna.example.com"), Some("https://pds.example")),
            (Some("Anna.Example.com"), Some("https://pds.example")),
            (None, Some("https://pds.example")),
            (Some("eve.example.com"), None),
        ];
        for (handle, expected) in rows {
            assert_eq!(server_in(&document, handle).as_deref(), expected, "{handle:?}");
        }
        assert_eq!(server_in(&serde_json::json!({ "service": "no" }), None), None);
    }

    #[test]
    fn documents_are_looked_for_at_known_places() {
        let rows = [
            ("did:plc:abc", Some("https://plc.directory/did:plc:abc")),
            ("did:web:example.org", Some("https://example.org/.well-known/did.json")),
            ("did:web:example.org%3A8080:path", None),
            ("did:plc:../x", None),
            ("did:key:abc", None),
        ];
        for (did, expected) in rows {
            assert_eq!(place_of_document(did).as_deref(), expected, "{did}");
        }
    }
}
