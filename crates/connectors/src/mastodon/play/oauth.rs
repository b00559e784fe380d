//! The way of an application to a token: registration, the page where a person allows it, the exchange of the code.

use sarafan_network::play::{Answer, Asked, Wall};
use serde_json::json;

use super::{ACCOUNTS, Played, ok, refuse};

/// Registers an application; what it is called and where people are sent back to is remembered.
pub(super) fn register(wall: &mut Wall, asked: &Asked) -> Played {
    let form = asked.form();
    let (Some(name), Some(back)) = (form.get("client_name"), form.get("redirect_uris")) else {
        return refuse(422, "Validation failed: Application name can't be blank, Redirect URI can't be blank");
    };
    let number = wall.next_id();
    let (id, secret) = (format!("sandbox-app-{number}"), format!("sandbox-secret-{number}"));
    wall.keys.insert(format!("app {id}"), format!("{secret} {back}"));
    ok(&json!({
        "id": number.to_string(), "name": name, "client_id": id, "client_secret": secret, "redirect_uri": back,
        "redirect_uris": [back], "scopes": form.get("scopes").unwrap_or("read").split(' ').collect::<Vec<_>>(),
    }))
}

/// The page with one link per account. The code says whose it is; a real one would not.
pub(super) fn page(asked: &Asked) -> Played {
    let field = |name: &str| asked.query(name).unwrap_or_default();
    let Ok(back) = url::Url::parse(field("redirect_uri")) else {
        return refuse(400, "The redirect uri included is not valid.");
    };
    let mut page = format!(
        "<!doctype html><meta charset=utf-8><title>Sandbox</title><h1>Mastodon sandbox</h1><p>Allow {} as:</p><ul>",
        escape(field("client_id")),
    );
    for account in &ACCOUNTS {
        let code = format!("{}~{}~{}", account.id, field("client_id"), field("code_challenge"));
        let mut there = back.clone();
        there.query_pairs_mut().append_pair("code", &code).append_pair("state", field("state"));
        page.push_str(&format!("<li><a href=\"{}\">{}</a></li>", escape(there.as_str()), escape(account.title)));
    }
    page.push_str("</ul>");
    Ok(Answer { status: 200, headers: Vec::new(), mime: "text/html; charset=utf-8".to_owned(), body: page.into() })
}

fn escape(text: &str) -> String {
    super::show::escape(text)
}

/// Gives a token for a code, once.
pub(super) fn token(wall: &mut Wall, asked: &Asked) -> Played {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use sha2::{Digest, Sha256};

    let form = asked.form();
    let field = |name: &str| form.get(name).unwrap_or_default();
    let bad_client = || refuse(401, "invalid_client");
    let Some((secret, back)) = wall.keys.get(&format!("app {}", field("client_id"))).and_then(|app| app.split_once(' '))
    else {
        return bad_client();
    };
    if field("client_secret") != secret || field("redirect_uri") != back {
        return bad_client();
    }
    let code = field("code").to_owned();
    let mut parts = code.splitn(3, '~');
    let mut part = || parts.next().unwrap_or_default();
    let (account, client, challenge) = (part(), part(), part());
    let proven = challenge.is_empty() || challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(field("code_verifier")));
    let known = ACCOUNTS.iter().any(|one| one.id == account) && client == field("client_id");
    if !known || !proven || wall.keys.contains_key(&format!("code {code}")) {
        return refuse(400, "invalid_grant");
    }
    let token = format!("sandbox-token-{}-{}", account, wall.next_id());
    wall.keys.insert(format!("code {code}"), String::new());
    wall.keys.insert(format!("token {token}"), account.to_owned());
    ok(&json!({ "access_token": token, "token_type": "Bearer", "scope": field("scope"), "created_at": 0 }))
}
