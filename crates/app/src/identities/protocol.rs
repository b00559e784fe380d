//! OpenID Connect as far as a sign-in needs it: where the provider is, where people go, and what it answers for the code
//! they bring back (authorization code with PKCE). Everything leaves through the one door.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use sarafan_domain::time::Timestamp;
use sarafan_network::http::{Body, Effect, Http, Request};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use url::Url;
use url::form_urlencoded::byte_serialize;

use super::Provider;
use super::jwt::{self, Claims, Expected, Keys};

/// What a provider says of itself.
#[derive(Debug, Deserialize)]
pub(super) struct Discovered {
    issuer: String,
    authorization_endpoint: Url,
    token_endpoint: Url,
    jwks_uri: Url,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
}

#[derive(Deserialize)]
struct Answered {
    id_token: String,
}

/// What belongs to one sign-in.
#[derive(Debug)]
pub(super) struct Once<'a> {
    pub(super) redirect: &'a str,
    pub(super) state: &'a str,
    pub(super) nonce: &'a str,
    pub(super) verifier: &'a str,
}

/// Asks the provider where its doors are.
///
/// # Errors
/// Why it cannot be used, for the log.
pub(super) async fn discover(door: &dyn Http, provider: &Provider) -> Result<Discovered, String> {
    let issuer = provider.issuer.trim_end_matches('/');
    let found: Discovered = get(door, format!("{issuer}/.well-known/openid-configuration")).await?;
    if found.issuer != provider.issuer {
        return Err(format!("the provider calls itself {}, the settings call it {}", found.issuer, provider.issuer));
    }
    let plain = provider.issuer.starts_with("http://");
    let doors = [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri];
    if doors.iter().any(|url| url.scheme() != "https" && !(plain && url.scheme() == "http")) {
        return Err("a door of the provider is not https".to_owned());
    }
    Ok(found)
}

/// Where the person goes.
pub(super) fn address(found: &Discovered, provider: &Provider, once: &Once<'_>) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(once.verifier.as_bytes()));
    let mut url = found.authorization_endpoint.clone();
    url.query_pairs_mut().extend_pairs([
        ("response_type", "code"),
        ("client_id", &provider.client),
        ("redirect_uri", once.redirect),
        ("scope", "openid email profile"),
        ("state", once.state),
        ("nonce", once.nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    url.into()
}

/// Changes the code that the person brought for the provider's word about them.
///
/// # Errors
/// What is wrong with it, for the log.
pub(super) async fn exchange(
    door: &dyn Http,
    provider: &Provider,
    code: &str,
    once: &Once<'_>,
    now: Timestamp,
) -> Result<Claims, String> {
    let found = discover(door, provider).await?;
    let secret = provider.secret.expose_text().map_err(|error| error.to_string())?;
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", once.redirect),
        ("code_verifier", once.verifier),
    ];
    let methods = &found.token_endpoint_auth_methods_supported;
    let basic = methods.is_empty() || methods.iter().any(|method| method == "client_secret_basic");
    if !basic {
        form.extend([("client_id", provider.client.as_str()), ("client_secret", secret)]);
    }
    let form = form.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let mut request = Request::new(Effect::Prepare, "POST", found.token_endpoint.as_str())
        .header("accept", "application/json")
        .body(Body::Form(form));
    if basic {
        let [id, secret] = [&provider.client, secret].map(|part| byte_serialize(part.as_bytes()).collect::<String>());
        request = request.header("authorization", format!("Basic {}", STANDARD.encode(format!("{id}:{secret}"))));
    }
    let answered: Answered = read(door, request).await?;
    let keys: Keys = get(door, found.jwks_uri.into()).await?;
    let expected = Expected { issuer: &provider.issuer, client: &provider.client, nonce: once.nonce, now };
    jwt::read(&answered.id_token, &keys, &expected).map_err(|why| format!("the provider's word: {why}"))
}

async fn get<T: DeserializeOwned>(door: &dyn Http, url: String) -> Result<T, String> {
    read(door, Request::get(url).header("accept", "application/json")).await
}

async fn read<T: DeserializeOwned>(door: &dyn Http, request: Request) -> Result<T, String> {
    let reply = door.send(request).await.map_err(|error| format!("the provider: {error}"))?;
    if reply.status != 200 {
        return Err(format!("the provider answered {}", reply.status));
    }
    reply.json().map_err(|error| format!("the provider: {error}"))
}
