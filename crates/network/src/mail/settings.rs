//! How the mail server is named: `smtp://user@host:587` with STARTTLS, `smtps://user@host` with TLS from the first byte.

use std::path::PathBuf;

use lettre::message::Mailbox;
use lettre::transport::smtp::client::{Certificate, TlsParameters};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::Secret;

/// What the settings say about mail.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// The server; see the head of this file. `?tls=none` goes without TLS, for a server on the same machine; `?ca=FILE`
    /// trusts the certificates in FILE too.
    pub server: String,
    /// What the user of the server signs in with.
    pub password: Option<Secret>,
    /// Who letters are from: `sarafan@example.org` or `Sarafan <sarafan@example.org>`.
    pub from: String,
}

/// A setting of mail that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadMail {
    /// The address of the server.
    #[error("{0}")]
    Server(&'static str),
    /// The address letters are from.
    #[error("`{0}` is no e-mail address")]
    From(String),
    /// The file with further certificates.
    #[error("the certificates in {} cannot be read: {reason}", file.display())]
    Certificates {
        /// Which file.
        file: PathBuf,
        /// Why.
        reason: String,
    },
    /// There is a user and no password.
    #[error("the server wants a password for its user")]
    Password,
}

/// How the way to the server is kept from being read.
#[derive(Clone)]
pub(super) enum Security {
    /// Not at all.
    None,
    /// By a command; a server that does not offer it gets nothing.
    StartTls(TlsParameters),
    /// From the first byte.
    Tls(TlsParameters),
}

/// The settings, understood.
pub(super) struct Settings {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) login: Option<(String, Secret)>,
    pub(super) from: Mailbox,
}

pub(super) fn read(config: &MailConfig) -> Result<Settings, BadMail> {
    let url = Url::parse(config.server.trim()).map_err(|_| BadMail::Server("this is no address"))?;
    let host = match url.host() {
        // A URL of an unknown scheme leaves names as they are and sees no IPv4 address in them.
        Some(Host::Domain(name)) => name.to_ascii_lowercase(),
        Some(Host::Ipv4(ip)) => ip.to_string(),
        Some(Host::Ipv6(ip)) => ip.to_string(),
        None => return Err(BadMail::Server("the host is missing")),
    };
    if url.password().is_some() {
        return Err(BadMail::Server("the password is a setting of its own, mail_password"));
    }
    let (mut plain, mut file) = (false, None);
    for (name, value) in url.query_pairs() {
        match (name.as_ref(), value.as_ref()) {
            ("tls", "none") => plain = true,
            ("tls", "required") => {}
            ("ca", path) => file = Some(PathBuf::from(path)),
            _ => return Err(BadMail::Server("after the question mark stand tls=none, tls=required or ca=FILE")),
        }
    }
    let security = match (url.scheme(), plain) {
        ("smtp", true) => Security::None,
        ("smtp", false) => Security::StartTls(tls(&host, file)?),
        ("smtps", false) => Security::Tls(tls(&host, file)?),
        _ => return Err(BadMail::Server("it begins with smtp:// or smtps://")),
    };
    let port = url.port().unwrap_or(match security {
        Security::None => 25,
        Security::StartTls(_) => 587,
        Security::Tls(_) => 465,
    });
    let user = percent_decode_str(url.username()).decode_utf8_lossy().into_owned();
    let login = match (user.is_empty(), &config.password) {
        (true, _) => None,
        (false, Some(password)) => Some((user, password.clone())),
        (false, None) => return Err(BadMail::Password),
    };
    Ok(Settings { host, port, security, login, from: sender(&config.from)? })
}

fn sender(text: &str) -> Result<Mailbox, BadMail> {
    text.trim().parse().map_err(|_| BadMail::From(text.to_owned()))
}

fn tls(host: &str, file: Option<PathBuf>) -> Result<TlsParameters, BadMail> {
    let mut builder = TlsParameters::builder(host.to_owned());
    if let Some(file) = file {
        let broken = |reason: String| BadMail::Certificates { file: file.clone(), reason };
        let pem = std::fs::read(&file).map_err(|error| broken(error.to_string()))?;
        let more = Certificate::from_pem(&pem).map_err(|error| broken(error.to_string()))?;
        builder = builder.add_root_certificate(more);
    }
    builder
        .build()
        .map_err(|_| BadMail::Server("TLS cannot be set up; are root certificates (ca-certificates) installed?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(server: &str) -> MailConfig {
        let password = Some(Secret::new("a:secret".to_owned()));
        MailConfig { server: server.to_owned(), password, from: "Sarafan <post@example.org>".to_owned() }
    }

    #[test]
    fn servers_are_named_by_an_address() {
        let rows = [
            ("smtp://mail.example.org", "mail.example.org", 587, "starttls", ""),
            (
                "smtp://post%40example.org@mail.example.org:2525",
                "mail.example.org",
                2525,
                "starttls",
                "post@example.org",
            ),
            ("smtps://post@Mail.example.org", "mail.example.org", 465, "tls", "post"),
            ("smtp://127.0.0.1?tls=none", "127.0.0.1", 25, "none", ""),
            ("smtp://[::1]:26?tls=none", "::1", 26, "none", ""),
        ];
        for (server, host, port, security, user) in rows {
            let read = read(&config(server)).unwrap();
            let word = match read.security {
                Security::None => "none",
                Security::StartTls(_) => "starttls",
                Security::Tls(_) => "tls",
            };
            let login = read.login.map(|(user, _)| user).unwrap_or_default();
            assert_eq!((read.host.as_str(), read.port, word, login.as_str()), (host, port, security, user), "{server}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_named() {
        let rows = [
            ("mail.example.org", "this is no address"),
            ("http://mail.example.org", "it begins with"),
            ("smtps://mail.example.org?tls=none", "it begins with"),
            ("smtp://mail.example.org?tls=maybe", "after the question mark"),
            ("smtp://post:secret@mail.example.org", "mail_password"),
            ("smtp://mail.example.org?ca=/nowhere/ca.pem", "/nowhere/ca.pem"),
        ];
        for (server, expected) in rows {
            let error = read(&config(server)).err().expect(server).to_string();
            assert!(error.contains(expected), "{server}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
        let nameless = MailConfig { from: "Sarafan".into(), ..config("smtp://mail.example.org") };
        assert!(read(&nameless).err().expect("no address").to_string().contains("Sarafan"));
        let silent = MailConfig { password: None, ..config("smtp://me@mail.example.org") };
        assert!(matches!(read(&silent), Err(BadMail::Password)));
    }
}
