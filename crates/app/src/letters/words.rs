//! What letters say: the same words as text and with looks, in the reader's language. Nothing in them is loaded from
//! anywhere, and what people named is only ever text.

use askama::Template;
use sarafan_domain::language::Lang;
use sarafan_domain::problem::Arg;

use super::Letter;
use crate::AppError;
use crate::texts::Texts;

/// A letter in words.
pub(super) struct Words {
    pub(super) language: Lang,
    pub(super) subject: String,
    pub(super) heading: String,
    pub(super) lines: Vec<String>,
    pub(super) items: Vec<Item>,
    pub(super) action: Option<Action>,
    pub(super) footer: String,
    pub(super) settings: Option<Action>,
}

/// One of several things a letter tells.
pub(super) struct Item {
    pub(super) text: String,
    pub(super) note: String,
    pub(super) link: String,
}

/// Something to press.
pub(super) struct Action {
    pub(super) label: String,
    pub(super) link: String,
}

#[derive(Template)]
#[template(path = "letter.txt")]
struct Plain<'a> {
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    words: &'a Words,
}

impl Words {
    /// As text, and with looks.
    pub(super) fn forms(&self) -> Result<(String, String), AppError> {
        let broken = |error: askama::Error| AppError::Broken(error.to_string());
        let plain = Plain { words: self }.render().map_err(broken)?;
        let html = Html { words: self }.render().map_err(broken)?;
        Ok((plain.trim_start().to_owned(), html))
    }
}

/// The words of a letter; `public_url` is where Sarafan is.
pub(super) fn words(texts: &Texts, language: Lang, letter: &Letter, public_url: &str) -> Words {
    let say = |key: &str, args: &[(&str, Arg)]| texts.say(language, key, args);
    let footer = say("letters-footer", &[("place", public_url.into())]);
    let plain = |subject: String, lines: Vec<String>, action: Option<Action>| Words {
        language,
        heading: subject.clone(),
        subject,
        lines,
        items: Vec::new(),
        action,
        footer: footer.clone(),
        settings: None,
    };
    match letter {
        Letter::Test => plain(say("letters-test-subject", &[]), vec![say("letters-test-text", &[])], None),
        Letter::Invitation { brand, by, link, days } => {
            let lines = vec![
                say("letters-invitation-text", &[("brand", brand.as_str().into()), ("by", by.as_str().into())]),
                say("letters-invitation-ends", &[("days", (*days).into())]),
            ];
            let action = Action { label: say("letters-invitation-join", &[]), link: link.clone() };
            plain(say("letters-invitation-subject", &[("brand", brand.as_str().into())]), lines, Some(action))
        }
        Letter::PasswordReset { link, minutes } => {
            let lines = vec![
                say("letters-password-text", &[]),
                say("letters-password-ends", &[("minutes", (*minutes).into())]),
                say("letters-password-not-you", &[]),
            ];
            let action = Action { label: say("letters-password-choose", &[]), link: link.clone() };
            plain(say("letters-password-subject", &[]), lines, Some(action))
        }
        Letter::PasswordChanged { link } => {
            let lines = vec![say("letters-changed-text", &[]), say("letters-changed-not-you", &[])];
            let action = Action { label: say("letters-password-choose", &[]), link: link.clone() };
            plain(say("letters-changed-subject", &[]), lines, Some(action))
        }
        Letter::Notices { brand, items, more, all, settings } => {
            // One thing is told in the subject itself.
            let subject = match items.as_slice() {
                [only] if *more == 0 => only.text.clone(),
                many => {
                    let args = [("count", (many.len() + more).into()), ("brand", brand.as_str().into())];
                    say("letters-notices-subject", &args)
                }
            };
            let items = items.iter().map(|item| Item {
                text: item.text.clone(),
                note: item.words.clone(),
                link: item.link.clone(),
            });
            let rest = Item {
                text: say("letters-notices-more", &[("count", (*more).into())]),
                note: String::new(),
                link: all.clone(),
            };
            let items = items.chain((*more > 0).then_some(rest));
            Words {
                heading: say("letters-notices-heading", &[("brand", brand.as_str().into())]),
                items: items.collect(),
                settings: Some(Action { label: say("letters-notices-choose", &[]), link: settings.clone() }),
                ..plain(subject, Vec::new(), None)
            }
        }
    }
}
