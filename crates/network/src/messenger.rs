//! A messenger through which people hear of what happens here: an account of the installation that writes to those who
//! asked it to. Which network it is on is the business of a connector's folder.
//!
//! Not here: channels of brands. Nothing is published by it, and no brand sees it.

use async_trait::async_trait;
use sarafan_domain::time::Timestamp;

use crate::NetError;
use crate::http::Http;

/// Somebody who wrote to the account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greeting {
    /// The word that was said, by which we know who it is.
    pub word: String,
    /// Where to write to them.
    pub chat: String,
    /// What they are called there.
    pub name: String,
}

/// What the account has heard.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    /// Who wrote a word.
    pub greetings: Vec<Greeting>,
    /// From where to listen on.
    pub next: i64,
}

/// The account.
#[async_trait]
pub trait Messenger: Send + Sync {
    /// What people call the messenger.
    fn title(&self) -> &'static str;

    /// The address that opens the account and says `word` to it.
    async fn invite(&self, http: &dyn Http, word: &str, now: Timestamp) -> Result<String, NetError>;

    /// What it has heard since `from`.
    async fn hear(&self, http: &dyn Http, from: i64, now: Timestamp) -> Result<Heard, NetError>;

    /// Writes to somebody, in plain text of any length. [`NetError::Gone`] where they want nothing of us any more.
    async fn tell(&self, http: &dyn Http, chat: &str, text: &str, now: Timestamp) -> Result<(), NetError>;
}
