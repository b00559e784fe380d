//! Sessions of the sandbox: tokens in the form of the real ones, unsigned, that end after two hours and after
//! ninety days. A used token for renewal works for two hours more, as it does there.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use sarafan_network::play::{Asked, Wall};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{ACCOUNTS, Account, Played, no, refuse};

const ACCESS: &str = "com.atproto.appPass";
const REFRESH: &str = "com.atproto.refresh";

/// Two tokens for an account.
pub(super) fn session(wall: &mut Wall, account: &Account, now: Timestamp) -> Value {
    let mut answer = identity(account);
    let rows = [("accessJwt", ACCESS, SignedDuration::from_hours(2)), ("refreshJwt", REFRESH, SignedDuration::from_hours(2160))];
    for (key, scope, life) in rows {
        let ends = now.saturating_add(life).map(Timestamp::as_second).unwrap_or_default();
        let claims = json!({ "scope": scope, "sub": account.did, "jti": wall.next_id(), "exp": ends });
        if let Some(fields) = answer.as_object_mut() {
            fields.insert(key.to_owned(), Value::from(write(&claims)));
        }
    }
    answer
}

/// Who an account is.
pub(super) fn identity(account: &Account) -> Value {
    json!({ "did": account.did, "handle": account.handle, "active": true })
}

fn write(claims: &Value) -> String {
    let head = URL_SAFE_NO_PAD.encode(r#"{"typ":"at+jwt","alg":"none"}"#);
    format!("{head}.{}.sandbox", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

#[derive(Deserialize)]
struct Claims {
    scope: String,
    sub: String,
    exp: i64,
}

/// The account that a request's token belongs to.
pub(super) fn holder(wall: &Wall, asked: &Asked, now: Timestamp) -> Result<&'static Account, Box<super::Answer>> {
    read(wall, asked, ACCESS, now).map(|(account, _)| account)
}

fn read<'a>(
    wall: &Wall,
    asked: &'a Asked,
    scope: &str,
    now: Timestamp,
) -> Result<(&'static Account, &'a str), Box<super::Answer>> {
    let Some(token) = asked.header("authorization").and_then(|value| value.strip_prefix("Bearer ")) else {
        return no(refuse(401, "AuthMissing", "Authentication Required"));
    };
    let claims = token.split('.').nth(1).and_then(|payload| URL_SAFE_NO_PAD.decode(payload).ok());
    let claims = claims.and_then(|bytes| serde_json::from_slice::<Claims>(&bytes).ok());
    let Some(claims) = claims.filter(|_| token.ends_with(".sandbox")) else {
        return no(refuse(400, "InvalidToken", "Token could not be verified"));
    };
    if claims.scope != scope {
        return no(refuse(400, "InvalidToken", "Invalid token type"));
    }
    if claims.exp <= now.as_second() || wall.expired.iter().any(|ended| ended == token) {
        return no(refuse(400, "ExpiredToken", "Token has expired"));
    }
    match ACCOUNTS.iter().find(|account| account.did == claims.sub) {
        Some(account) => Ok((account, token)),
        None => no(refuse(400, "InvalidToken", "Token could not be verified")),
    }
}

/// New tokens for a token of renewal.
pub(super) fn refresh(wall: &mut Wall, asked: &Asked, now: Timestamp) -> Played {
    let (account, token) = read(wall, asked, REFRESH, now)?;
    let used = format!("refreshed {token}");
    let until = wall.keys.get(&used).and_then(|until| until.parse::<i64>().ok());
    if until.is_some_and(|until| until <= now.as_second()) {
        return no(refuse(400, "ExpiredToken", "Token has been revoked"));
    }
    if until.is_none() {
        wall.keys.insert(used, (now.as_second() + 7200).to_string());
    }
    Ok(session(wall, account, now))
}

/// A number in the letters of record keys and content ids.
pub(super) fn letters(number: u64, places: u32) -> String {
    const ALPHABET: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";
    let letter = |place: u32| {
        let index = number.checked_shr(place * 5).unwrap_or_default() & 31;
        char::from(usize::try_from(index).ok().and_then(|index| ALPHABET.get(index)).copied().unwrap_or(b'2'))
    };
    (0..places).rev().map(letter).collect()
}
