//! People: what they are called, how they read, and their password. How they come in is in `sessions`, what they may
//! do in a brand in `members`.

use sarafan_domain::id::{PersonId, SessionId};
use sarafan_domain::language::Lang;
use sarafan_domain::problem::Problem;
use sarafan_store::persons::PersonRow;
use sarafan_store::{Conn, persons, sessions};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::sessions::forget_second_steps;
use crate::{Actor, App, AppError};

pub(crate) mod password;
pub(crate) mod reset;

pub use password::Password;
pub(crate) use password::{check as check_password, hash as hash_password, proves as proves_password};
pub use reset::{ResetInfo, ResetInput, ResetLink, ResetRequest};

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the device says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// A word we do not know means no choice.
    fn read(code: &str) -> Self {
        [Self::Light, Self::Dark].into_iter().find(|theme| theme.code() == code).unwrap_or_default()
    }
}

/// A person, to themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PersonView {
    /// Its id.
    pub id: PersonId,
    /// E-mail address.
    pub email: String,
    /// As shown to others.
    pub name: String,
    /// Language of the interface and of answers.
    pub language: Lang,
    /// Light or dark.
    pub theme: Theme,
}

impl From<PersonRow> for PersonView {
    fn from(row: PersonRow) -> Self {
        Self { id: row.id, email: row.email, name: row.name, language: row.language, theme: Theme::read(&row.theme) }
    }
}

/// What a person changes about themselves; what is `None` stays.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
pub struct ProfilePatch {
    /// As shown to others.
    pub name: Option<String>,
    /// Language of the interface.
    pub language: Option<Lang>,
    /// Light or dark.
    pub theme: Option<Theme>,
    /// A new password.
    pub password: Option<PasswordChange>,
}

/// A new password, with the old one to prove who asks.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PasswordChange {
    /// The present one.
    pub old: Password,
    /// The next one.
    pub new: Password,
}

/// A new person, whose password is not hashed yet.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct NewPerson {
    /// As shown to others.
    pub name: String,
    /// The password.
    pub password: Password,
    /// Language of the interface.
    pub language: Lang,
}

impl App {
    /// Changes what the person says about themselves. A new password ends all their sessions but `session`.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an empty name, a bad password, or `password-wrong` for the old one;
    /// [`AppError::TooMany`] after too many wrong ones; [`AppError::SignedOut`] at the command line;
    /// [`AppError::NotForTokens`].
    pub async fn update_profile(
        &self,
        actor: &Actor,
        session: Option<SessionId>,
        patch: ProfilePatch,
    ) -> Result<PersonView, AppError> {
        let id = actor.in_person()?;
        let mut row = persons::get(&mut *self.store().read().await?, id).await?;
        let mut changed = Vec::new();
        if let Some(name) = patch.name {
            row.name = check_name(&name)?;
            changed.push("name");
        }
        if let Some(language) = patch.language {
            row.language = language;
            changed.push("language");
        }
        if let Some(theme) = patch.theme {
            row.theme = theme.code().to_owned();
            changed.push("theme");
        }
        let new_password = patch.password.is_some();
        if let Some(PasswordChange { old, new }) = patch.password {
            check_password(&new, &row.email, "password.new")?;
            self.confirm(&row, old, "password.old").await?;
            row.password_hash = hash_password(self, new).await?;
            changed.push("password");
        }
        let (app, who) = (self.clone(), actor.clone());
        let row = self
            .store()
            .write(move |conn| {
                let (app, who, row, changed) = (app.clone(), who.clone(), row.clone(), changed.clone());
                Box::pin(async move {
                    persons::update(conn, &row).await?;
                    if new_password {
                        sessions::delete_of_person(conn, id, session).await?;
                        forget_second_steps(conn, id).await?;
                        reset::tell_changed(conn, &app, &row).await?;
                    }
                    record(conn, &app, &who, None, "person.change", &id.to_string(), json!({ "changed": changed }))
                        .await?;
                    Ok::<_, AppError>(row)
                })
            })
            .await?;
        self.entrance().forget_person(id);
        Ok(row.into())
    }

    /// Asks a signed-in person once more who they are, before something that a stolen session must not be able to do.
    pub(crate) async fn confirm(
        &self,
        row: &PersonRow,
        password: Password,
        field: &'static str,
    ) -> Result<(), AppError> {
        if !has_password(row) {
            return Err(Problem::error("password-none", field).into());
        }
        self.entrance().attempt(&row.email, "", self.now())?;
        if !proves_password(self, Some(row.password_hash.clone()), password).await? {
            return Err(Problem::error("password-wrong", field).into());
        }
        self.entrance().succeeded(&row.email, "");
        Ok(())
    }

    /// Whose things are spoken of: those of the person who asks, at the command line those of `email`.
    pub(crate) async fn whose(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        email: Option<&str>,
    ) -> Result<PersonRow, AppError> {
        match actor.in_person() {
            Ok(person) => Ok(persons::get(conn, person).await?),
            Err(AppError::SignedOut) => {
                let found = persons::by_email(conn, email.unwrap_or_default().trim()).await?;
                found.ok_or_else(|| Problem::error("person-unknown", "email").into())
            }
            Err(error) => Err(error),
        }
    }
}

/// A name without spaces around it.
///
/// # Errors
/// `name-empty`, `name-too-long`.
pub(crate) fn check_name(name: &str) -> Result<String, Problem> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Problem::error("name-empty", "name"));
    }
    if name.chars().count() > 120 {
        return Err(Problem::error("name-too-long", "name").with("max", 120_usize));
    }
    Ok(name.to_owned())
}

/// An address as it is kept: in lower case and without spaces around it. Only what surely is none is refused.
///
/// # Errors
/// `email-bad`.
pub(crate) fn check_email(email: &str) -> Result<String, Problem> {
    let email = email.trim().to_lowercase();
    let good = email.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !domain.contains('@') && !domain.starts_with('.')
    });
    if !good || email.len() > 254 || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Problem::error("email-bad", "email"));
    }
    Ok(email)
}

/// The row of somebody new. Hashes the password, so it is made before the transaction begins.
pub(crate) async fn new_row(
    app: &App,
    email: &str,
    new: NewPerson,
    installation_owner: bool,
) -> Result<PersonRow, AppError> {
    let name = check_name(&new.name)?;
    check_password(&new.password, email, "password")?;
    Ok(PersonRow {
        id: app.new_id(),
        email: email.to_owned(),
        name,
        password_hash: hash_password(app, new.password).await?,
        language: new.language,
        theme: Theme::default().code().to_owned(),
        installation_owner,
        created_at: app.now(),
    })
}

/// The row of somebody new who comes in by other ways; a link for a new password gives them one.
pub(crate) fn row_without_password(app: &App, email: &str, name: &str, language: Lang) -> Result<PersonRow, Problem> {
    Ok(PersonRow {
        id: app.new_id(),
        email: email.to_owned(),
        name: check_name(name)?,
        password_hash: String::new(),
        language,
        theme: Theme::default().code().to_owned(),
        installation_owner: false,
        created_at: app.now(),
    })
}

/// Does the person have a password? Who came in through a provider has none at first.
pub(crate) fn has_password(row: &PersonRow) -> bool {
    !row.password_hash.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_lower_case_and_nonsense_is_refused() {
        let rows = [
            (" Anna@Example.ORG ", Some("anna@example.org")),
            ("a@localhost", Some("a@localhost")),
            ("анна@пример.рф", Some("анна@пример.рф")),
            ("anna", None),
            ("@example.org", None),
            ("a@", None),
            ("a@b@c", None),
            ("a b@example.org", None),
            ("a@.org", None),
            ("", None),
        ];
        for (given, expected) in rows {
            assert_eq!(check_email(given).ok().as_deref(), expected, "{given}");
        }
        assert!(check_email(&format!("{}@example.org", "a".repeat(250))).is_err());
    }
}
