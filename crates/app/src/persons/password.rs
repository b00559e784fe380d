//! Passwords: what may be one, hashing and proving. The parameters are those that OWASP recommends for argon2id
//! (19 MiB, two passes, one lane). Who may try how often is decided in `sessions`.

use std::fmt;
use std::sync::OnceLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use sarafan_domain::problem::Problem;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{App, AppError};

/// Memory in KiB.
const MEMORY: u32 = 19 * 1024;
/// Passes over it.
const PASSES: u32 = 2;
/// Shortest password in characters.
const MIN_CHARS: usize = 10;
/// Longest password in bytes: hashing a longer one would only be work for us.
const MAX_BYTES: usize = 1000;

/// What somebody typed as a password. It cannot be printed.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, format = Password)]
pub struct Password(String);

impl Password {
    /// Wraps it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one who makes a key of it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(***)")
    }
}

/// Can this be somebody's new password?
///
/// # Errors
/// `password-short`, `password-long`, or `password-obvious` for the e-mail address or one character repeated.
pub(crate) fn check(password: &Password, email: &str, field: &'static str) -> Result<(), Problem> {
    let text = password.0.as_str();
    if text.chars().count() < MIN_CHARS {
        return Err(Problem::error("password-short", field).with("min", MIN_CHARS));
    }
    if text.len() > MAX_BYTES {
        return Err(Problem::error("password-long", field).with("max", MAX_BYTES));
    }
    let first = text.chars().next();
    if text.chars().all(|c| Some(c) == first) || text.eq_ignore_ascii_case(email) {
        return Err(Problem::error("password-obvious", field));
    }
    Ok(())
}

/// The hash to be stored.
pub(crate) async fn hash(app: &App, password: Password) -> Result<String, AppError> {
    blocking(app, move || hash_now(&password)).await?
}

/// Is it the password behind this hash? Takes as long where there is no hash, or the empty one of who has no password, so that nobody can measure which
/// e-mail addresses are known.
pub(crate) async fn proves(app: &App, hash: Option<String>, password: Password) -> Result<bool, AppError> {
    if password.0.len() > MAX_BYTES {
        return Ok(false);
    }
    let hash = hash.filter(|hash| !hash.is_empty());
    blocking(app, move || {
        let known = hash.is_some();
        let stored = match hash {
            Some(hash) => hash,
            None => nobody()?,
        };
        let parsed = PasswordHash::new(&stored).map_err(broken)?;
        Ok(argon2()?.verify_password(password.0.as_bytes(), &parsed).is_ok() && known)
    })
    .await?
}

fn argon2() -> Result<Argon2<'static>, AppError> {
    let params = Params::new(MEMORY, PASSES, 1, None).map_err(broken)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &Password) -> Result<String, AppError> {
    Ok(argon2()?.hash_password(password.0.as_bytes()).map_err(broken)?.to_string())
}

/// A hash that no password proves, made once with the same parameters as all others.
fn nobody() -> Result<String, AppError> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if let Some(hash) = NOBODY.get() {
        return Ok(hash.clone());
    }
    let hash = hash_now(&Password::new("nobody"))?;
    Ok(NOBODY.get_or_init(|| hash).clone())
}

/// Runs it where it disturbs no request; only a few at a time, for each takes 19 MiB.
async fn blocking<T: Send + 'static>(app: &App, work: impl FnOnce() -> T + Send + 'static) -> Result<T, AppError> {
    let permit = app.entrance().hashing().await.map_err(broken)?;
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(permit);
        done
    });
    done.await.map_err(broken)
}

fn broken(error: impl fmt::Display) -> AppError {
    AppError::Broken(format!("hashing: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_checked() {
        let rows = [
            ("correct horse", "ok"),
            ("девять123", "password-short"),
            ("десять1234", "ok"),
            ("aaaaaaaaaaaaaaa", "password-obvious"),
            ("Anna@Example.org", "password-obvious"),
        ];
        for (text, expected) in rows {
            let got = check(&Password::new(text), "anna@example.org", "password");
            let got = got.err().map_or("ok".into(), |problem| problem.code);
            assert_eq!(got, expected, "{text}");
        }
        let long = check(&Password::new("ab".repeat(501)), "", "password").unwrap_err();
        assert_eq!(long.code, "password-long");
    }

    #[test]
    fn the_hash_names_its_parameters_and_debug_hides_the_text() {
        let hash = hash_now(&Password::new("correct horse")).unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(!format!("{:?}", Password::new("correct horse")).contains("horse"));
    }
}
