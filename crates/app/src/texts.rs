//! The texts of the product in its three languages: Fluent files that the server and the browser share, and those of
//! each network.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;
use sarafan_domain::language::Lang;
use sarafan_domain::problem::{Arg, Problem};
use sarafan_network::Registry;
use unic_langid::LanguageIdentifier;

#[derive(RustEmbed)]
#[folder = "../../texts"]
struct Files;

/// A text file that is built in and cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the text file {file} is broken: {why}")]
pub struct BrokenText {
    file: String,
    why: String,
}

/// A problem in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What is wrong.
    pub message: String,
    /// What helps.
    pub remedy: Option<String>,
}

/// All texts.
pub struct Texts(BTreeMap<&'static str, FluentBundle<FluentResource>>);

impl Texts {
    /// Reads every built-in text file.
    ///
    /// # Errors
    /// The first file that is not Fluent or not UTF-8, or a text that stands twice.
    pub fn load(networks: Registry) -> Result<Self, BrokenText> {
        let mut all = BTreeMap::new();
        for lang in Lang::ALL {
            let id: LanguageIdentifier =
                lang.code().parse().map_err(|_| BrokenText { file: lang.code().into(), why: "language".into() })?;
            let mut bundle = FluentBundle::new_concurrent(vec![id]);
            // Isolation marks are for mixed directions; none of our languages runs right to left.
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(match lang {
                Lang::En => english,
                Lang::Ru | Lang::Pl => continental,
            }));
            let prefix = format!("{}/", lang.code());
            for file in Files::iter().filter(|file| file.starts_with(&prefix) && file.ends_with(".ftl")) {
                let bytes = Files::get(&file).map(|found| found.data.into_owned()).unwrap_or_default();
                let text = String::from_utf8(bytes)
                    .map_err(|error| BrokenText { file: file.to_string(), why: error.to_string() })?;
                add(&mut bundle, &file, text)?;
            }
            for network in networks.0 {
                let about = network.about();
                add(&mut bundle, about.id, about.texts.get(lang).to_owned())?;
            }
            all.insert(lang.code(), bundle);
        }
        Ok(Self(all))
    }

    /// The text with this key; the key itself where there is none (a test keeps that from happening).
    pub fn say(&self, lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
        self.find(lang, key, args.iter().map(|(name, arg)| (*name, arg))).unwrap_or_else(|| key.to_owned())
    }

    /// The text with this key, if there is one.
    pub fn find<'a>(
        &self,
        lang: Lang,
        key: &str,
        args: impl IntoIterator<Item = (&'a str, &'a Arg)>,
    ) -> Option<String> {
        let bundle = self.0.get(lang.code())?;
        let pattern = bundle.get_message(key)?.value()?;
        let mut fluent = FluentArgs::new();
        for (name, arg) in args {
            let value = match arg {
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Text(text) => FluentValue::String(Cow::Owned(text.clone())),
            };
            fluent.set(name.to_owned(), value);
        }
        let mut errors = Vec::new();
        Some(bundle.format_pattern(pattern, Some(&fluent), &mut errors).into_owned())
    }

    /// A problem in words.
    pub fn problem(&self, lang: Lang, problem: &Problem) -> Said {
        let args = || problem.args.iter().map(|(name, arg)| (name.as_ref(), arg));
        let key = format!("problem-{}", problem.code);
        Said {
            message: self.find(lang, &key, args()).unwrap_or(key.clone()),
            remedy: self.find(lang, &format!("{key}-remedy"), args()),
        }
    }
}

type Memo = intl_memoizer::concurrent::IntlLangMemoizer;

fn english(value: &FluentValue<'_>, _: &Memo) -> Option<String> {
    number(value, ',', '.')
}

/// Russian and Polish group with a no-break space and divide with a comma; Polish leaves four digits together, which
/// grouping does not contradict.
fn continental(value: &FluentValue<'_>, _: &Memo) -> Option<String> {
    number(value, '\u{a0}', ',')
}

/// Digits in groups of three from five digits on, at most two after the point; `None` for what is no number.
fn number(value: &FluentValue<'_>, group: char, point: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let rounded = format!("{:.2}", number.value.abs());
    let (whole, rest) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let rest = rest.trim_end_matches('0');
    let mut shown = String::new();
    for (index, digit) in whole.chars().enumerate() {
        let left = whole.len() - index;
        if index > 0 && left % 3 == 0 && whole.len() > 4 {
            shown.push(group);
        }
        shown.push(digit);
    }
    if !rest.is_empty() {
        shown.push(point);
        shown.push_str(rest);
    }
    let sign = if number.value < 0.0 && shown != "0" { "-" } else { "" };
    Some(format!("{sign}{shown}"))
}

fn add(bundle: &mut FluentBundle<FluentResource>, file: &str, text: String) -> Result<(), BrokenText> {
    let broken = |why: String| BrokenText { file: file.to_owned(), why };
    let resource = FluentResource::try_new(text).map_err(|(_, errors)| broken(format!("{errors:?}")))?;
    bundle.add_resource(resource).map_err(|errors| broken(format!("{errors:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Texts {
        Texts::load(Registry(&[])).expect("the built-in texts are Fluent")
    }

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let rows = [
            (0.0, "0", "0"),
            (1234.0, "1234", "1234"),
            (1_317_962.0, "1,317,962", "1\u{a0}317\u{a0}962"),
            (1.5, "1.5", "1,5"),
            (-20.257, "-20.26", "-20,26"),
        ];
        for (value, en, other) in rows {
            let value = FluentValue::from(value);
            assert_eq!(number(&value, ',', '.').as_deref(), Some(en));
            assert_eq!(number(&value, '\u{a0}', ',').as_deref(), Some(other));
        }
    }

    #[test]
    fn a_problem_has_words_in_every_language() {
        let problem = Problem::error("zone-unknown", "time_zone").with("zone", "Mars/Olympus");
        for lang in Lang::ALL {
            let said = texts().problem(lang, &problem);
            assert!(said.message.contains("Mars/Olympus"), "{lang:?}: {}", said.message);
        }
    }
}
