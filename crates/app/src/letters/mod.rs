//! Letters: written inside the transaction that causes them, mailed by a job of their own. What a letter says is sealed
//! until it is out, because links in it open doors, and then forgotten; what became of it is kept for a month.
//!
//! A letter that may have been sent is sent again under the same name (docs/adr/0015-letters-leave-by-a-door-of-their-own.md): one that comes twice is a nuisance, one
//! that never comes locks somebody out. What may never happen twice is not a letter's business.

use std::collections::HashMap;

use jiff::SignedDuration;
use sarafan_domain::id::{BrandId, LetterId};
use sarafan_domain::language::Lang;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_network::mail::{Mail, MailError, Posting};
use sarafan_store::jobs::NewJob;
use sarafan_store::letters::{self, LetterRow, LetterState};
use sarafan_store::secrets::{Place, Secret};
use sarafan_store::{Conn, StoreError, jobs};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actor::record;
use crate::jobs::Kind;
use crate::persons::check_email;
use crate::{Actor, App, AppError};

pub(crate) mod send;
mod words;

/// A letter is tried for so long at most.
const LONGEST: SignedDuration = SignedDuration::from_hours(3 * 24);
/// What became of a letter is known for so long.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);
/// What belongs to no brand is kept under this id.
pub(crate) const NO_BRAND: BrandId = BrandId(Uuid::nil());

/// What letters there are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Letter {
    /// Does mail work?
    Test,
    /// Come and work with us.
    Invitation {
        /// The brand.
        brand: String,
        /// Who invites.
        by: String,
        /// How to come in.
        link: String,
        /// The link is good for so many days.
        days: i64,
    },
    /// Choose a new password.
    PasswordReset {
        /// Where.
        link: String,
        /// The link is good for so many minutes.
        minutes: i64,
    },
    /// Your password is another one now.
    PasswordChanged {
        /// Where to choose another one, if it was not you.
        link: String,
    },
    /// What somebody was told and has not read.
    Notices {
        /// In which brand.
        brand: String,
        /// What, oldest first.
        items: Vec<NoticeItem>,
        /// How many more there are.
        more: usize,
        /// Where all of them are.
        all: String,
        /// Where to choose what is mailed.
        settings: String,
    },
}

/// One thing somebody was told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NoticeItem {
    /// In one sentence.
    pub(crate) text: String,
    /// What somebody wrote.
    pub(crate) words: String,
    /// Where it leads.
    pub(crate) link: String,
}

impl Letter {
    /// The word for it in the database.
    fn kind(&self) -> &'static str {
        match self {
            Self::Test => "test",
            Self::Invitation { .. } => "invitation",
            Self::PasswordReset { .. } => "password_reset",
            Self::PasswordChanged { .. } => "password_changed",
            Self::Notices { .. } => "notices",
        }
    }
}

/// Where a letter goes.
#[derive(Debug, Clone)]
pub(crate) struct Envelope {
    /// Whose letter; `None` for the installation's own.
    pub(crate) brand: Option<BrandId>,
    /// To which address.
    pub(crate) to: String,
    /// In which language.
    pub(crate) language: Lang,
    /// What it is about, to take it back or to see what became of it.
    pub(crate) about: Option<Uuid>,
    /// It is of no use after.
    pub(crate) expires_at: Timestamp,
}

/// What became of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Mailed {
    /// On its way.
    Waiting,
    /// The mail server took it.
    Sent,
    /// The mail server did not take it.
    Failed,
}

impl From<LetterState> for Mailed {
    fn from(state: LetterState) -> Self {
        match state {
            LetterState::Waiting => Self::Waiting,
            LetterState::Sent => Self::Sent,
            LetterState::Failed => Self::Failed,
        }
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct OfLetter {
    letter: LetterId,
}

/// Mails a letter once the caller's transaction is committed; `None` where this installation mails nothing.
pub(crate) async fn send(
    conn: &mut Conn,
    app: &App,
    envelope: Envelope,
    letter: &Letter,
) -> Result<Option<LetterId>, AppError> {
    if app.mail().is_none() {
        return Ok(None);
    }
    let (id, now) = (app.new_id::<LetterId>(), app.now());
    let brand = envelope.brand.unwrap_or(NO_BRAND);
    let text = serde_json::to_vec(letter).map_err(|error| AppError::Broken(error.to_string()))?;
    let sealed = app.keyring().seal(place(&id.bytes()), &Secret::new(text))?;
    let row = LetterRow {
        id,
        brand,
        kind: letter.kind().to_owned(),
        recipient: envelope.to,
        language: envelope.language,
        about: envelope.about,
        state: LetterState::Waiting,
        tries: 0,
        reason: None,
        sealed: Some(sealed),
        created_at: now,
        expires_at: envelope.expires_at.min(now.checked_add(LONGEST).unwrap_or(Timestamp::MAX)),
        ended_at: None,
    };
    letters::insert(conn, &row).await?;
    letters::forget(conn, brand, now.checked_sub(REMEMBERED).unwrap_or_default()).await?;
    let job = NewJob {
        id: app.new_id(),
        kind: Kind::Letter.code().to_owned(),
        payload: json!(OfLetter { letter: id }),
        run_at: now,
        // One after the other: servers refuse a caller that opens many connections.
        serial: Some(b"letters".to_vec()),
        dedupe: Some(format!("{}:{id}", Kind::Letter.code())),
    };
    jobs::put(conn, brand, &job).await?;
    app.wake();
    Ok(Some(id))
}

/// Takes back what was not mailed yet about a thing of the installation.
pub(crate) async fn take_back(conn: &mut Conn, about: Uuid) -> Result<(), AppError> {
    Ok(letters::take_back(conn, NO_BRAND, about).await?)
}

/// What became of the last letter about each of these.
pub(crate) async fn mailed(conn: &mut Conn, brand: BrandId, about: &[Uuid]) -> Result<HashMap<Uuid, Mailed>, AppError> {
    Ok(letters::about(conn, brand, about).await?.into_iter().map(|(id, state)| (id, state.into())).collect())
}

/// How many letters of the installation itself failed since, and why the last of them did.
pub(crate) async fn failed_of_installation(
    conn: &mut Conn,
    since: Timestamp,
) -> Result<(i64, Option<String>), StoreError> {
    letters::failed(conn, NO_BRAND, since).await
}

fn place(id: &[u8]) -> Place<'_> {
    Place { table: "letter", id, column: "sealed" }
}

/// A letter as it goes to the server.
fn posting(app: &App, row: &LetterRow, letter: &Letter) -> Result<Posting, AppError> {
    let words = words::words(app.texts(), row.language, letter, &app.config().public_url);
    let (text, html) = words.forms()?;
    Ok(Posting {
        id: row.id.to_string(),
        to: row.recipient.clone(),
        subject: words.subject,
        text,
        html,
        at: row.created_at,
    })
}

/// What a test of mail showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MailTest {
    /// The server that took the letter.
    pub server: String,
    /// Who it is from.
    pub from: String,
    /// For whom it is.
    pub to: String,
}

impl App {
    /// The way out for letters, where one is configured.
    pub(crate) fn mail(&self) -> Option<&Mail> {
        self.0.mail.as_ref()
    }

    /// Are letters mailed here?
    pub fn mails(&self) -> bool {
        self.mail().is_some()
    }

    /// Mails a letter at once, past the queue, to see what the server says.
    ///
    /// # Errors
    /// [`AppError::MayNot`] for anybody but who owns the installation; [`AppError::Refused`] `mail-off`, `mail-refused`
    /// with the server's words, `mail-unknown`.
    pub async fn test_mail(&self, actor: &Actor, to: &str) -> Result<MailTest, AppError> {
        if !actor.installation_owner {
            return Err(AppError::MayNot { action: sarafan_domain::member::Action::BrandSettings });
        }
        let mail = self.mail().ok_or_else(|| AppError::Refused(Problem::error("mail-off", "mail")))?;
        let (to, now) = (check_email(to)?, self.now());
        let row = LetterRow {
            id: self.new_id(),
            brand: NO_BRAND,
            kind: Letter::Test.kind().to_owned(),
            recipient: to.clone(),
            language: actor.language,
            about: None,
            state: LetterState::Waiting,
            tries: 0,
            reason: None,
            sealed: None,
            created_at: now,
            expires_at: now,
            ended_at: None,
        };
        let sent = mail.send(&posting(self, &row, &Letter::Test)?).await;
        let (app, who, told) = (self.clone(), actor.clone(), to.clone());
        self.store()
            .write(move |conn| {
                let (app, who, detail) = (app.clone(), who.clone(), json!({ "to": told }));
                Box::pin(async move { record(conn, &app, &who, None, "mail.test", "installation", detail).await })
            })
            .await?;
        let refused = |code, reason: String| {
            AppError::Refused(Problem::error(code, "mail").with("server", mail.server()).with("reason", reason))
        };
        match sent {
            Ok(()) => Ok(MailTest { server: mail.server(), from: mail.from(), to }),
            Err(MailError::Later(reason) | MailError::Refused(reason)) => Err(refused("mail-refused", reason)),
            Err(MailError::Unknown) => Err(refused("mail-unknown", String::new())),
        }
    }
}

#[cfg(test)]
mod tests {
    use sarafan_network::Registry;

    use super::*;
    use crate::texts::Texts;

    fn all() -> Vec<Letter> {
        let (brand, by) = ("<b>Зерно</b> & пар".to_owned(), "Ольга \"O\"".to_owned());
        vec![
            Letter::Test,
            Letter::Invitation { brand, by, link: "https://sarafan.example/invitations/abc".into(), days: 7 },
            Letter::PasswordReset { link: "https://sarafan.example/password/abc".into(), minutes: 60 },
            Letter::PasswordChanged { link: "https://sarafan.example/password".into() },
            Letter::Notices {
                brand: "<b>Зерно</b>".into(),
                items: vec![NoticeItem {
                    text: "Ольга <b>упомянула</b> вас".into(),
                    words: "<b>Смотрите</b>".into(),
                    link: "https://sarafan.example/b/1/posts/2".into(),
                }],
                more: 3,
                all: "https://sarafan.example/b/1/notices".into(),
                settings: "https://sarafan.example/b/1/notices".into(),
            },
        ]
    }

    #[test]
    fn letters_load_nothing_and_show_names_as_text() {
        let texts = Texts::load(Registry(&[])).unwrap();
        for letter in all() {
            for language in Lang::ALL {
                let words = words::words(&texts, language, &letter, "https://sarafan.example");
                let (text, html) = words.forms().unwrap();
                for way in ["src=", "url(", "<link", "@import", "<script", "<img", "<b>"] {
                    assert!(!html.contains(way), "{way} in {html}");
                }
                assert!(!text.contains("letters-") && !html.contains("letters-"), "a text is missing: {text}");
                assert!(text.contains("https://sarafan.example"), "{text}");
                assert!(!text.contains("&lt;"), "{text}");
            }
        }
    }
}
