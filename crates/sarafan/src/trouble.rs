//! Why a command did not do what was asked, and how a person at a terminal, or a program, is told.

use std::process::ExitCode;

use sarafan_app::texts::Texts;
use sarafan_app::{App, AppError};
use sarafan_domain::language::Lang;
use sarafan_domain::problem::Arg;
use serde_json::json;

use crate::config::BadSetting;

/// A command's result.
pub(crate) type Outcome<T = ()> = Result<T, Trouble>;

/// Why not.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The use case refused.
    App(AppError),
    /// Said by one of our own texts.
    Said(Said),
}

/// A text of ours: `key` is the sentence, `remedy` what helps.
#[derive(Debug)]
pub(crate) struct Said {
    key: &'static str,
    remedy: Option<&'static str>,
    args: Vec<(&'static str, Arg)>,
    usage: bool,
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        Self::App(error)
    }
}

impl From<BadSetting> for Trouble {
    fn from(bad: BadSetting) -> Self {
        Self::say("cli-bad-setting")
            .remedy("cli-bad-setting-remedy")
            .with("key", bad.key)
            .with("place", bad.place)
            .with("reason", bad.reason)
            .with("example", bad.example)
            .usage()
    }
}

impl Trouble {
    /// A sentence of ours.
    pub(crate) fn say(key: &'static str) -> Self {
        Self::Said(Said { key, remedy: None, args: Vec::new(), usage: false })
    }

    /// What helps.
    #[must_use]
    pub(crate) fn remedy(self, key: &'static str) -> Self {
        match self {
            Self::Said(said) => Self::Said(Said { remedy: Some(key), ..said }),
            other @ Self::App(_) => other,
        }
    }

    /// A word of the sentence.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        if let Self::Said(said) = &mut self {
            said.args.push((name, value.into()));
        }
        self
    }

    /// The command was called wrongly: exit code 2.
    #[must_use]
    pub(crate) fn usage(self) -> Self {
        match self {
            Self::Said(said) => Self::Said(Said { usage: true, ..said }),
            other @ Self::App(_) => other,
        }
    }

    /// 1 for what was refused, 2 for a command that was called wrongly.
    pub(crate) fn code(&self) -> ExitCode {
        match self {
            Self::Said(said) if said.usage => ExitCode::from(2),
            _ => ExitCode::from(1),
        }
    }

    /// Its code, the sentence, and what helps.
    pub(crate) fn words(self, texts: &Texts, lang: Lang) -> (String, String, Option<String>) {
        match self {
            Self::Said(said) => (
                said.key.trim_start_matches("cli-").replace('-', "_"),
                texts.say(lang, said.key, &said.args),
                said.remedy.map(|key| texts.say(lang, key, &said.args)),
            ),
            Self::App(AppError::Refused(problem)) => {
                let said = texts.problem(lang, &problem);
                ("refused".to_owned(), said.message, said.remedy)
            }
            Self::App(error) => ("internal".to_owned(), error.to_string(), None),
        }
    }

    /// Tells it on standard error. Without an `App` only sentences of ours can be told, and nothing else happens then.
    pub(crate) fn tell(self, app: Option<&App>, texts: &Texts, lang: Lang, as_json: bool) {
        let (code, detail, remedy, problems) = match (self, app) {
            (Self::App(error), Some(app)) => {
                let told = sarafan_web::explain(app, lang, error);
                let problems = serde_json::to_value(&told.problems).unwrap_or_default();
                (told.code.to_owned(), sentences(&told), told.remedy, problems)
            }
            (other, _) => {
                let (code, detail, remedy) = other.words(texts, lang);
                (code, detail, remedy, json!([]))
            }
        };
        if as_json {
            let told = json!({ "code": code, "detail": detail, "remedy": remedy, "problems": problems });
            eprintln!("{told:#}");
        } else {
            eprintln!("{detail}");
            if let Some(remedy) = remedy {
                eprintln!("{remedy}");
            }
        }
    }
}

/// Every problem on its own line, where there are several.
fn sentences(told: &sarafan_web::Details) -> String {
    if told.problems.len() < 2 {
        return told.detail.clone();
    }
    let lines = told.problems.iter().map(|problem| match &problem.remedy {
        Some(remedy) => format!("- {} {remedy}", problem.message),
        None => format!("- {}", problem.message),
    });
    lines.collect::<Vec<_>>().join("\n")
}
