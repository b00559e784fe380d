//! C1 and C2: what a network says about itself, and the words for it in three languages.

use std::collections::BTreeSet;

use sarafan_domain::language::Lang;

use super::Verdict;
use crate::about::{About, Field, Input, Texts};

/// C1: nothing of `About` is missing.
pub(super) fn about(about: &About) -> Verdict {
    let id = about.id;
    let rows = [
        (!id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase()), "the id is lower-case letters"),
        (!about.title.is_empty(), "there is a title"),
        (about.docs.starts_with("https://"), "the documentation has an https address"),
        (about.color.len() == 7 && about.color.starts_with('#'), "the colour is #rrggbb"),
        (about.mark.starts_with(['M', 'm']), "the mark is the d of an SVG path"),
        (!about.formats.is_empty(), "there is a format"),
        (about.quotas.iter().all(|quota| quota.calls > 0 && !quota.per.is_zero()), "a quota allows something"),
        (!about.auth.fields.is_empty(), "there is a form to connect a channel"),
    ];
    for (holds, must) in rows {
        if !holds {
            return Err(format!("{id}: {must}"));
        }
    }
    for lang in Lang::ALL {
        // Numbered steps: a layman follows them one by one.
        if !about.setup.get(lang).lines().any(|line| line.starts_with("1. ")) {
            return Err(format!("{id}: setup.{}.md has no numbered steps", lang.code()));
        }
    }
    if different(&about.setup) { Ok(()) } else { Err(format!("{id}: setup is not translated")) }
}

fn different(texts: &Texts) -> bool {
    texts.en != texts.ru && texts.en != texts.pl && texts.ru != texts.pl
}

/// C2: every field has a label, a help text where it says so and a label for every choice, in each language, and
/// no language has a text that the others lack.
pub(super) fn texts(about: &About) -> Verdict {
    let mut needed = BTreeSet::new();
    for field in about.auth.fields.iter().chain(about.options) {
        needed.extend(keys(about.id, field));
    }
    let english = said(about.texts.en);
    for lang in Lang::ALL {
        let have = said(about.texts.get(lang));
        let code = lang.code();
        if let Some(missing) = needed.difference(&have).chain(english.difference(&have)).next() {
            return Err(format!("{}: texts/{code}.ftl lacks {missing}", about.id));
        }
        let start = [format!("network-{}-", about.id), format!("problem-{}-", about.id)];
        let stray = have.iter().find(|key| !english.contains(*key) || !start.iter().any(|s| key.starts_with(s)));
        if let Some(stray) = stray {
            return Err(format!("{}: texts/{code}.ftl has a stray {stray}", about.id));
        }
        if let Some(unused) = have.iter().find(|key| key.starts_with("network-") && !needed.contains(*key)) {
            return Err(format!("{}: texts/{code}.ftl has an unused {unused}", about.id));
        }
    }
    Ok(())
}

fn keys(id: &str, field: &Field) -> Vec<String> {
    let label = format!("network-{id}-{}", field.key);
    let mut keys = vec![label.clone()];
    if field.help {
        keys.push(format!("{label}-help"));
    }
    if let Input::Choice(choices) = &field.input {
        keys.extend(choices.iter().filter(|choice| !choice.is_empty()).map(|choice| format!("{label}-{choice}")));
    }
    keys
}

/// The names of the messages in a Fluent file; a message without words does not count.
fn said(ftl: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut lines = ftl.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((key, value)) = line.split_once('=') else { continue };
        let is_key = key.starts_with(|c: char| c.is_ascii_lowercase());
        let goes_on = lines.peek().is_some_and(|next| next.starts_with(' ') && !next.trim().is_empty());
        if is_key && (!value.trim().is_empty() || goes_on) {
            found.insert(key.trim().to_owned());
        }
    }
    found
}
