//! Coming in through a provider: the real oidc-provider of tests/servers/oidc, behind `SARAFAN_TEST_OIDC`.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use sarafan_app::Actor;
use sarafan_domain::id::BrandId;
use sarafan_domain::language::Lang;
use sarafan_domain::member::Role;
use serde_json::json;
use url::Url;

use crate::world::{Caller, PASSWORD, Reply, World};

/// A browser of somebody who has an account at the provider.
struct Browser {
    account: Option<&'static str>,
    jar: BTreeMap<String, String>,
}

impl Browser {
    fn of(account: Option<&'static str>) -> Self {
        Self { account, jar: BTreeMap::new() }
    }

    /// Follows the way until it leads back to us; answers with path and query there.
    async fn follow(&mut self, url: &str) -> String {
        let mut url = Url::parse(url).unwrap();
        for _ in 0..8 {
            if url.host_str() == Some("sarafan.test") {
                return format!("{}?{}", url.path().strip_prefix("/api/v1").unwrap(), url.query().unwrap());
            }
            let mut cookies: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
            cookies.extend(self.account.map(|account| format!("account={account}")));
            let head = get(&url, &cookies.join("; ")).await;
            let values = |wanted: &str| -> Vec<String> {
                let lines = head.lines().filter_map(|line| line.split_once(": "));
                lines.filter(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.to_owned()).collect()
            };
            for cookie in values("set-cookie") {
                let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
                self.jar.insert(name.to_owned(), value.to_owned());
            }
            let to = values("location").into_iter().next().unwrap();
            url = url.join(&to).unwrap();
        }
        unreachable!("the way does not end");
    }
}

/// The head of an answer. A browser keeps cookies, and the way out of the program has none.
async fn get(url: &Url, cookies: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
    let mut line = tokio::net::TcpStream::connect(&host).await.unwrap();
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let asked = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\ncookie: {cookies}\r\nconnection: close\r\n\r\n");
    line.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = String::new();
    line.read_to_string(&mut answer).await.unwrap();
    answer.split("\r\n\r\n").next().unwrap().to_owned()
}

/// The whole way of somebody with this account; answers with what we said at its end.
async fn enter(world: &World, account: Option<&'static str>) -> Reply {
    let begun = world.stranger().post("/session/oidc", json!({})).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.body);
    let back = Browser::of(account).follow(begun.body["url"].as_str().unwrap()).await;
    world.stranger().with_cookie(&begun).get(&back).await
}

async fn invite(world: &World, brand: BrandId, email: &str, role: &str) {
    let input = serde_json::from_value(json!({ "email": email, "role": role })).unwrap();
    world.app.invite(&Actor::command_line(Lang::En), brand, input).await.unwrap();
}

fn signed_in(world: &World, reply: &Reply) -> Caller {
    assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/"), "{:?}", reply.bytes);
    world.stranger().with_cookie(reply)
}

fn says(reply: &Reply, words: &str) {
    let page = String::from_utf8(reply.bytes.clone()).unwrap();
    assert!(reply.status == StatusCode::CONFLICT && page.contains(words), "{} {page}", reply.status);
    assert!(!reply.header("set-cookie").starts_with("sarafan_session="));
}

#[tokio::test]
async fn a_provider_vouches_for_those_who_are_here_or_invited() {
    let Ok(issuer) = std::env::var("SARAFAN_TEST_OIDC") else { return };
    let world = World::with_provider(&issuer).await;
    assert_eq!(world.stranger().get("/setup").await.body["provider"], "Test ID");
    let anna = world.owner("anna@example.org").await;
    let brand = anna.brand("Zerno").await;
    let session = signed_in(&world, &enter(&world, Some("anna")).await).get("/session").await;
    assert_eq!(
        (&session.body["person"]["email"], &session.body["installation_owner"]),
        (&json!("anna@example.org"), &json!(true))
    );

    says(&enter(&world, Some("stranger")).await, "no open invitation");
    invite(&world, brand, "boris@example.org", "author").await;
    let boris = signed_in(&world, &enter(&world, Some("boris")).await);
    let session = boris.get("/session").await;
    assert_eq!(
        (&session.body["person"]["name"], &session.body["installation_owner"]),
        (&json!("The boris"), &json!(false))
    );
    assert_eq!(session.body["brands"][0]["role"], "author");
    assert_eq!(anna.get(&format!("/brands/{brand}/members")).await.body["invitations"], json!([]), "it is used up");

    says(&enter(&world, Some("unverifiedx")).await, "no open invitation");
    invite(&world, brand, "unverifiedx@example.org", "author").await;
    says(&enter(&world, Some("unverifiedx")).await, "no open invitation");
    invite(&world, brand, "heir@example.org", "owner").await;
    says(&enter(&world, Some("heir")).await, "no open invitation");
    says(&enter(&world, None).await, "did not confirm");

    let path = format!("/brands/{brand}/members/{}", session.body["person"]["id"].as_str().unwrap());
    assert_eq!(anna.ask("DELETE", &path, None).await.status, StatusCode::NO_CONTENT);
    let again = signed_in(&world, &enter(&world, Some("boris")).await).get("/session").await;
    assert_eq!(again.body["person"]["id"], session.body["person"]["id"], "known by the provider's name for them");
    assert_eq!(again.body["brands"], json!([]));
}

#[tokio::test]
async fn an_answer_is_good_once_and_in_the_browser_that_asked() {
    let Ok(issuer) = std::env::var("SARAFAN_TEST_OIDC") else { return };
    let world = World::with_provider(&issuer).await;
    world.owner("anna@example.org").await;
    let begun = world.stranger().post("/session/oidc", json!({})).await;
    let cookie = begun.header("set-cookie");
    assert!(cookie.starts_with("sarafan_away=") && cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
    let back = Browser::of(Some("anna")).follow(begun.body["url"].as_str().unwrap()).await;
    says(&world.stranger().get(&back).await, "finished already");
    let other = world.stranger().post("/session/oidc", json!({})).await;
    says(&world.stranger().with_cookie(&other).get(&back).await, "finished already");
    let here = world.stranger().with_cookie(&begun);
    let from_elsewhere = back.replace(&issuer.replace(':', "%3A").replace('/', "%2F"), "https%3A%2F%2Fevil.example");
    assert_ne!(from_elsewhere, back);
    says(&here.get(&from_elsewhere).await, "did not confirm");
    says(&here.get(&back).await, "finished already");
    signed_in(&world, &enter(&world, Some("anna")).await);
}

#[tokio::test]
async fn an_account_is_unlinked_and_stays_so_until_it_is_allowed_again() {
    let Ok(issuer) = std::env::var("SARAFAN_TEST_OIDC") else { return };
    let world = World::with_provider(&issuer).await;
    let anna = world.owner("anna@example.org").await;
    signed_in(&world, &enter(&world, Some("anna")).await);
    let own = anna.get("/identities").await.body;
    assert_eq!(
        (&own[0]["name"], &own[0]["subject"], &own[0]["unlinked_at"]),
        (&json!("Test ID"), &json!("anna"), &json!(null))
    );
    let one = |password: &str| json!({ "issuer": issuer, "subject": "anna", "password": password });
    let wrong = anna.post("/identities/unlink", one("not it at all")).await;
    assert_eq!(wrong.body["problems"][0]["code"], "password-wrong", "{}", wrong.body);
    let brand = anna.brand("Zerno").await;
    let other = world.member(brand, Role::Manager).await;
    for path in ["/identities/unlink", "/identities/allow"] {
        assert_eq!(other.post(path, one(PASSWORD)).await.status, StatusCode::NOT_FOUND, "somebody else's: {path}");
    }
    assert_eq!(anna.post("/identities/allow", one(PASSWORD)).await.status, StatusCode::NOT_FOUND, "it is linked");
    let left = anna.post("/identities/unlink", one(PASSWORD)).await.body;
    assert!(left[0]["unlinked_at"].is_string(), "{left}");
    says(&enter(&world, Some("anna")).await, "unlinked");
    assert_eq!(anna.post("/identities/allow", one(PASSWORD)).await.body, json!([]));
    signed_in(&world, &enter(&world, Some("anna")).await);
}

#[tokio::test]
async fn the_only_way_in_is_not_unlinked() {
    let Ok(issuer) = std::env::var("SARAFAN_TEST_OIDC") else { return };
    let world = World::with_provider(&issuer).await;
    let anna = world.owner("anna@example.org").await;
    let brand = anna.brand("Zerno").await;
    invite(&world, brand, "boris@example.org", "author").await;
    let boris = signed_in(&world, &enter(&world, Some("boris")).await);
    assert_eq!(boris.get("/factors").await.body["has_password"], false);
    let tried = world.stranger().post("/session", json!({ "email": "boris@example.org", "password": "" })).await;
    assert_eq!(tried.status, StatusCode::UNPROCESSABLE_ENTITY, "no password is not an empty one");
    let begun = boris.post("/factors/totp", json!({ "password": "" })).await;
    assert_eq!(begun.body["problems"][0]["code"], "password-none", "{}", begun.body);
    let one = |password: &str| json!({ "issuer": issuer, "subject": "boris", "password": password });
    let refused = boris.post("/identities/unlink", one(PASSWORD)).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "refused"), "{}", refused.body);
    let desk = Actor::command_line(Lang::En);
    let whom = || sarafan_app::identities::OfWhom::Of("boris@example.org".to_owned());
    assert!(world.app.unlink_identity(&desk, &issuer, "boris", whom()).await.is_err(), "nor at the machine");

    let link = world.app.reset_link(&desk, "boris@example.org").await.unwrap().url;
    let path = format!("/password-resets/{}", link.rsplit('/').next().unwrap());
    assert_eq!(world.stranger().post(&path, json!({ "password": PASSWORD })).await.status, StatusCode::NO_CONTENT);
    let reply = world.stranger().post("/session", json!({ "email": "boris@example.org", "password": PASSWORD })).await;
    let boris = world.stranger().with_cookie(&reply);
    let left = boris.post("/identities/unlink", one(PASSWORD)).await.body;
    assert!(left[0]["unlinked_at"].is_string(), "{left}");
    assert_eq!(world.app.allow_identity(&desk, &issuer, "boris", whom()).await.unwrap(), [], "at the machine too");
}

#[tokio::test]
async fn without_a_provider_nobody_is_sent_away() {
    let world = World::new().await;
    assert_eq!(world.stranger().get("/setup").await.body["provider"], json!(null));
    let refused = world.stranger().post("/session/oidc", json!({})).await;
    assert_eq!((refused.status, refused.code()), (StatusCode::CONFLICT, "refused"));
    let callback = world.stranger().get("/session/oidc/callback?state=x&code=y").await;
    assert_eq!(callback.status, StatusCode::CONFLICT);
}
