//! Every text exists in every language with the same arguments, every text is used, and every text that is used exists.
//!
//! A text counts as used when its key stands in the code of the server or of the browser application as a string. A key
//! that is put together at run time is written so that its beginning is a string of its own, `format!("attempt-{code}")`
//! or `` t(`posts-state-${state}`) ``: all texts that begin so count as used. Codes of problems are stricter: the code
//! itself has to stand somewhere in the server. Texts of networks are checked by the contract tests of the connectors.

use std::collections::{BTreeMap, BTreeSet};

use super::fluent::{self, Message};
use super::source::{Kind, Literal, is_test, scan, without_tests};
use super::{Finding, Tree};

/// The language in which keys are looked up.
const FIRST: &str = "en";
/// All of them.
const LANGUAGES: [&str; 3] = [FIRST, "ru", "pl"];
/// Texts of problems: `problem-<code>`, with what helps in `problem-<code>-remedy`.
const PROBLEM: &str = "problem-";

/// All texts of one language of one room: the product, or a network.
type Texts<'a> = BTreeMap<String, (&'a str, Message)>;

/// Everything that is wrong with texts.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut rooms: BTreeMap<(String, &str), Texts<'_>> = BTreeMap::new();
    for file in tree.files() {
        let Some((room, language)) = room_of(&file.path) else { continue };
        let texts = rooms.entry((room, language)).or_default();
        match fluent::read(&file.text) {
            Ok(messages) => {
                for message in messages {
                    let line = Some(message.line);
                    if let Some((other, _)) = texts.insert(message.key.clone(), (&file.path, message)) {
                        findings.push(Finding::new(
                            "texts",
                            &file.path,
                            line,
                            format!("the key stands in {other} too"),
                        ));
                    }
                }
            }
            Err(line) => findings.push(Finding::new("texts", &file.path, Some(line), "this is not Fluent")),
        }
    }
    let names: BTreeSet<&String> = rooms.keys().map(|(room, _)| room).collect();
    let none = Texts::new();
    for room in names {
        let of = |language| rooms.get(&(room.clone(), language)).unwrap_or(&none);
        for language in LANGUAGES.into_iter().filter(|language| *language != FIRST) {
            compare(of(FIRST), of(language), language, &mut findings);
        }
    }
    let product = rooms.get(&(String::new(), FIRST)).unwrap_or(&none);
    let everything: BTreeSet<&str> = rooms.values().flat_map(|texts| texts.keys().map(String::as_str)).collect();
    used(tree, product, &everything, &mut findings);
    findings
}

/// `texts/en/posts.ftl` is the product in `en`, `crates/connectors/src/<network>/texts/en.ftl` that network.
fn room_of(path: &str) -> Option<(String, &'static str)> {
    let path = path.strip_suffix(".ftl")?;
    let language = |name: &str| LANGUAGES.into_iter().find(|language| *language == name);
    if let Some(rest) = path.strip_prefix("texts/") {
        return Some((String::new(), language(rest.split('/').next()?)?));
    }
    let (folder, name) = path.rsplit_once("/texts/")?;
    Some((folder.to_owned(), language(name)?))
}

/// The same keys, arguments and attributes in a language as in the first.
fn compare(first: &Texts<'_>, other: &Texts<'_>, language: &str, findings: &mut Vec<Finding>) {
    for (key, (file, message)) in first {
        let mut found = |what: String| findings.push(Finding::new("texts", file, Some(message.line), what));
        match other.get(key) {
            None => found(format!("`{key}` is missing in {language}")),
            Some((_, theirs)) if theirs.arguments != message.arguments => {
                found(format!(
                    "`{key}` has the arguments {:?}, in {language} {:?}",
                    message.arguments, theirs.arguments
                ));
            }
            Some((_, theirs)) if theirs.attributes != message.attributes => {
                found(format!(
                    "`{key}` has the attributes {:?}, in {language} {:?}",
                    message.attributes, theirs.attributes
                ));
            }
            Some(_) => {}
        }
    }
    for (key, (file, message)) in other.iter().filter(|(key, _)| !first.contains_key(*key)) {
        findings.push(Finding::new("texts", file, Some(message.line), format!("`{key}` is missing in {FIRST}")));
    }
}

/// Every text of the product is used, and what is used exists.
fn used(tree: &Tree, texts: &Texts<'_>, everything: &BTreeSet<&str>, findings: &mut Vec<Finding>) {
    let mut said = BTreeSet::new();
    let mut beginnings = BTreeSet::new();
    for file in tree.files() {
        let Some(kind) = Kind::of(&file.path) else { continue };
        let is_product = file.path.starts_with("crates/") || file.path.starts_with("ui/src/");
        if !is_product || is_test(&file.path) {
            continue;
        }
        let text = if kind == Kind::Rust { without_tests(&file.text) } else { &file.text };
        for literal in scan(text, kind).literals {
            let missing = |key: &str| (!everything.contains(key)).then(|| key.to_owned());
            let asked = asked_for(&literal, kind).and_then(|key| missing(&key));
            let problem = problem_code(&literal, kind).and_then(|code| missing(&format!("{PROBLEM}{code}")));
            for key in asked.into_iter().chain(problem) {
                let what = format!("`{key}` is used here and is in no text file");
                findings.push(Finding::new("texts", &file.path, Some(literal.line), what));
            }
            if let Some(beginning) = beginning(&literal.text) {
                beginnings.insert(beginning.to_owned());
            }
            said.insert(literal.text);
        }
    }
    let attribute_said = |key: &str| said.range(format!("{key}.")..format!("{key}/")).next().is_some();
    for (key, (file, message)) in texts {
        let is_used = if let Some(code) = key.strip_prefix(PROBLEM) {
            said.contains(code) || code.strip_suffix("-remedy").is_some_and(|code| said.contains(code))
        } else {
            beginnings.iter().any(|beginning| key.starts_with(beginning.as_str()))
        };
        if !is_used && !said.contains(key) && !attribute_said(key) {
            findings.push(Finding::new("texts", file, Some(message.line), format!("`{key}` is used nowhere")));
        }
    }
}

/// The key that a call asks for in so many words: `t('key')` in the application, `.say(lang, "key", …)` in the server.
fn asked_for(literal: &Literal, kind: Kind) -> Option<String> {
    let key = literal.text.split('.').next().filter(|key| key.contains('-') && !key.contains(['{', '$', ' ']))?;
    let is_asked = if kind == Kind::Rust {
        literal.before.contains(".say(") && literal.before.ends_with(',')
    } else {
        let before = literal.before.strip_suffix("t(");
        before
            .is_some_and(|before| !before.ends_with(|last: char| last.is_alphanumeric() || last == '_' || last == '.'))
    };
    is_asked.then(|| key.to_owned())
}

/// The code in `Problem::error("code", …)`.
fn problem_code(literal: &Literal, kind: Kind) -> Option<&str> {
    let makes = |before: &str| before.ends_with("Problem::error(") || before.ends_with("Problem::warning(");
    (kind == Kind::Rust && makes(&literal.before)).then_some(literal.text.as_str())
}

/// `attempt-` of `attempt-{code}` and `attempt-${code}`.
fn beginning(literal: &str) -> Option<&str> {
    let end = literal.find(['{', '$'])?;
    let beginning = literal.get(..end)?;
    let is_key = beginning.chars().all(|each| each.is_ascii_lowercase() || each.is_ascii_digit() || each == '-');
    (is_key && beginning.len() > 1 && beginning.ends_with('-')).then_some(beginning)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_findings;

    const SAME: &str = "a-b = X\n";

    fn found(code: &[(&str, &str)], en: &str, ru: &str, pl: &str) -> Vec<Finding> {
        let mut files = vec![("texts/en/a.ftl", en), ("texts/ru/a.ftl", ru), ("texts/pl/a.ftl", pl)];
        files.extend(code);
        check(&Tree::of(&files))
    }

    #[test]
    fn languages_agree() {
        let code = [("ui/src/a.ts", "t('a-b'); t('a-c')")];
        assert_findings(
            &found(&code, "a-b = { $n } x\na-c = y\n", "a-b = x\na-c = y\n", "a-b = { $n }\n"),
            &["en/a.ftl:1: `a-b` has the arguments {\"n\"}, in ru {}", "en/a.ftl:2: `a-c` is missing in pl"],
        );
        assert_findings(&found(&[], "", SAME, ""), &["ru/a.ftl:1: `a-b` is missing in en"]);
        assert_findings(&found(&[], "what\n", "", ""), &["en/a.ftl:1: this is not Fluent"]);
    }

    #[test]
    fn unused_and_unknown_texts_are_found() {
        assert_findings(&found(&[], SAME, SAME, SAME), &["en/a.ftl:1: `a-b` is used nowhere"]);
        let uses: &[(&str, &str)] = &[
            ("ui/src/a.ts", "const label = 'a-b'"),
            ("ui/src/a.svelte", "<p>{t('a-b.title')}</p>"),
            ("ui/src/b.ts", "t(`a-${code}`)"),
            ("crates/app/src/c.rs", "texts.say(lang, \"a-b\", &[])"),
        ];
        for one in uses {
            assert_findings(&found(&[*one], SAME, SAME, SAME), &[]);
        }
        let unknown: &[(&str, &str)] = &[
            ("ui/src/a.ts", "t('a-b'); t('a-z'); split('a-y'); x.t('a-x')"),
            ("crates/app/src/c.rs", "texts.say(lang, \"a-w\", &[])"),
        ];
        assert_findings(&found(unknown, SAME, SAME, SAME), &["a.ts:1: `a-z`", "c.rs:1: `a-w`"]);
    }

    #[test]
    fn codes_of_problems_have_texts() {
        let texts = "problem-too-long = X\nproblem-too-long-remedy = Y\nproblem-gone = Z\n";
        let code =
            [("crates/domain/src/p.rs", "Problem::error(\"too-long\", \"text\"); Problem::warning(\"odd\", \"text\")")];
        assert_findings(
            &found(&code, texts, texts, texts),
            &["`problem-gone` is used nowhere", "p.rs:1: `problem-odd`"],
        );
    }

    #[test]
    fn networks_have_their_own_texts() {
        let file = |language| format!("crates/connectors/src/parrot/texts/{language}.ftl");
        let (en, ru, pl) = (file("en"), file("ru"), file("pl"));
        let tree = Tree::of(&[(&en, SAME), (&ru, SAME), (&pl, "")]);
        assert_findings(&check(&tree), &["parrot/texts/en.ftl:1: `a-b` is missing in pl"]);
    }
}
