//! The way out for letters: to one server, which the settings of the installation name, and to no other place.
//!
//! It stands beside the door because a mail server speaks no HTTP. Like the door it does not repeat anything, keeps no
//! state, and says exactly whether a letter left: until the last byte of a letter is written nothing was sent, and
//! after the server's answer it is known; between the two nobody can know. The log has host, outcome and duration,
//! never addresses or words.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use lettre::{Address, Message};
use sarafan_domain::time::Timestamp;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tracing::debug;

use settings::Security;
pub use settings::{BadMail, MailConfig};

#[cfg(any(test, feature = "contract"))]
pub mod play;
mod settings;
#[cfg(test)]
mod tests;

/// From the connection to the server's last word.
const TIMEOUT: Duration = Duration::from_secs(60);
/// Name, connection and TLS together.
const CONNECT: Duration = Duration::from_secs(10);
/// So many letters are on their way at a time: servers refuse a caller that opens more.
const AT_ONCE: usize = 4;
/// The longest word of a server that is kept.
const LONGEST: usize = 200;

/// A letter, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Its name for ever: a letter that may have been sent and is sent again has the same one, so that mailboxes can
    /// tell.
    pub id: String,
    /// For whom.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// The letter as text, …
    pub text: String,
    /// … and the same with looks. It loads nothing from anywhere.
    pub html: String,
    /// When it was written.
    pub at: Timestamp,
}

/// Why a letter did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Surely not sent: the server cannot be reached, does not let us in, or takes nothing now.
    #[error("not now: {0}")]
    Later(String),
    /// Surely not sent: the server does not take this letter, and never will.
    #[error("refused: {0}")]
    Refused(String),
    /// The server had all of it and did not say what became of it.
    #[error("nobody knows whether it was sent")]
    Unknown,
}

/// The way out for letters. Cheap to clone.
#[derive(Clone)]
pub struct Mail(Arc<Inner>);

struct Inner {
    host: String,
    port: u16,
    security: Security,
    login: Option<Credentials>,
    from: Mailbox,
    slots: Semaphore,
}

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mail({}:{})", self.0.host, self.0.port)
    }
}

impl Mail {
    /// Opens the way. Nothing is sent yet and nobody is asked.
    ///
    /// # Errors
    /// A setting that cannot be used.
    pub fn new(config: &MailConfig) -> Result<Self, BadMail> {
        // Somebody else in the process may have chosen a provider already; then that one is good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let read = settings::read(config)?;
        let login = read.login.map(|(user, password)| Credentials::new(user, password.expose().to_owned()));
        Ok(Self(Arc::new(Inner {
            host: read.host,
            port: read.port,
            security: read.security,
            login,
            from: read.from,
            slots: Semaphore::new(AT_ONCE),
        })))
    }

    /// The server, for people.
    pub fn server(&self) -> String {
        format!("{}:{}", self.0.host, self.0.port)
    }

    /// Who letters are from.
    pub fn from(&self) -> String {
        self.0.from.to_string()
    }

    /// Sends one letter, once.
    ///
    /// # Errors
    /// [`MailError`], which says whether it left.
    pub async fn send(&self, posting: &Posting) -> Result<(), MailError> {
        let (to, message) = self.message(posting)?;
        let began = Instant::now();
        let result = match self.0.slots.acquire().await {
            Ok(_slot) => self.exchange(&to, &message).await,
            Err(_) => Err(MailError::Later("the program is being stopped".to_owned())),
        };
        let outcome = match &result {
            Ok(()) => "sent",
            Err(MailError::Later(_)) => "later",
            Err(MailError::Refused(_)) => "refused",
            Err(MailError::Unknown) => "unknown",
        };
        debug!(host = self.0.host, outcome, millis = began.elapsed().as_millis(), "letter");
        metrics::counter!("sarafan_letters_total", "outcome" => outcome).increment(1);
        result
    }

    /// Would the server let us in?
    ///
    /// # Errors
    /// [`MailError::Later`] with its words.
    pub async fn probe(&self) -> Result<(), MailError> {
        let asked = async {
            let mut server = self.connect().await?;
            let _ = server.quit().await;
            Ok(())
        };
        tokio::time::timeout(TIMEOUT, asked).await.unwrap_or_else(|_| Err(silent()))
    }

    /// The letter as it goes over the wire. `lettre` encodes whatever could end a header early.
    fn message(&self, posting: &Posting) -> Result<(Address, Vec<u8>), MailError> {
        let to: Address = posting.to.parse().map_err(|_| MailError::Refused("this is no address".to_owned()))?;
        let at = SystemTime::from(posting.at);
        let domain = self.0.from.email.domain();
        let message = Message::builder()
            .message_id(Some(format!("<{}@{domain}>", posting.id)))
            .date(at)
            .from(self.0.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(one_line(&posting.subject))
            // RFC 3834: whoever answers by itself does not answer this.
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(posting.text.clone(), posting.html.clone()))
            .map_err(|error| MailError::Refused(error.to_string()))?;
        Ok((to, message.formatted()))
    }

    async fn exchange(&self, to: &Address, message: &[u8]) -> Result<(), MailError> {
        let begin = async {
            let mut server = self.connect().await?;
            let offers = |extension| server.server_info().supports_feature(extension);
            let mut how = Vec::new();
            if !to.to_string().is_ascii() {
                if !offers(Extension::SmtpUtfEight) {
                    return Err(MailError::Refused(
                        "the server takes no address with other than Latin letters".to_owned(),
                    ));
                }
                how.push(MailParameter::SmtpUtfEight);
            }
            if !message.is_ascii() && offers(Extension::EightBitMime) {
                how.push(MailParameter::Body(MailBodyParameter::EightBitMime));
            }
            let from = MailFrom::new(Some(self.0.from.email.clone()), how);
            // A sender that is refused is a setting to be mended, and no fault of the letter.
            server.command(from).await.map_err(|error| later(&error))?;
            server.command(Rcpt::new(to.clone(), Vec::new())).await.map_err(|error| answer(&error))?;
            server.command(Data).await.map_err(|error| answer(&error))?;
            Ok(server)
        };
        let mut server = tokio::time::timeout(TIMEOUT, begin).await.unwrap_or_else(|_| Err(silent()))?;
        match tokio::time::timeout(TIMEOUT, server.message(message)).await {
            Ok(Ok(_)) => {}
            Ok(Err(error)) if error.status().is_some() => return Err(answer(&error)),
            Ok(Err(_)) | Err(_) => return Err(MailError::Unknown),
        }
        // It is sent, whatever the server says to the farewell.
        let _ = tokio::time::timeout(CONNECT, server.quit()).await;
        Ok(())
    }

    /// A connection whose server has let us in.
    async fn connect(&self) -> Result<AsyncSmtpConnection, MailError> {
        let inner = &self.0;
        let hello = ClientId::Domain(inner.from.email.domain().to_owned());
        let place = (inner.host.as_str(), inner.port);
        let tls = match &inner.security {
            Security::Tls(tls) => Some(tls.clone()),
            Security::None | Security::StartTls(_) => None,
        };
        let mut server = AsyncSmtpConnection::connect_tokio1(place, Some(CONNECT), &hello, tls, None)
            .await
            .map_err(|error| later(&error))?;
        if let Security::StartTls(tls) = &inner.security {
            if !server.can_starttls() {
                return Err(MailError::Later("the server offers no STARTTLS".to_owned()));
            }
            server.starttls(tls.clone(), &hello).await.map_err(|error| later(&error))?;
        }
        if let Some(login) = &inner.login {
            server.auth(&[Mechanism::Plain, Mechanism::Login], login).await.map_err(|error| later(&error))?;
        }
        Ok(server)
    }
}

/// The server did not answer in time, and nothing was sent.
fn silent() -> MailError {
    MailError::Later("the server does not answer".to_owned())
}

fn later(error: &lettre::transport::smtp::Error) -> MailError {
    MailError::Later(words(error))
}

/// What the server said to this letter: never, or not now.
fn answer(error: &lettre::transport::smtp::Error) -> MailError {
    if error.is_permanent() { MailError::Refused(words(error)) } else { MailError::Later(words(error)) }
}

/// What the server or the machine said, in one line.
fn words(error: &lettre::transport::smtp::Error) -> String {
    let mut said = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_says = cause.to_string();
        if !said.contains(&cause_says) {
            said = format!("{said}: {cause_says}");
        }
        source = cause.source();
    }
    one_line(&said).chars().take(LONGEST).collect()
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `Auto-Submitted: auto-generated`.
#[derive(Debug, Clone, Copy)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
