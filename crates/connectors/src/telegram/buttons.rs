//! Buttons under a message: one per line, `Label | https://…`.

use sarafan_domain::post::Variant;
use sarafan_domain::problem::Problem;
use serde_json::{Value, json};
use url::Url;

/// Telegram takes at most so many buttons.
const MOST: usize = 100;
const LABEL_MAX: usize = 64;

struct Button<'a> {
    label: &'a str,
    url: &'a str,
}

/// The lines that say something, with their numbers counted from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, line.trim())).filter(|(_, line)| !line.is_empty())
}

fn button(line: &str) -> Option<Button<'_>> {
    let (label, url) = line.rsplit_once('|')?;
    let (label, url) = (label.trim(), url.trim());
    let good = Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https" | "tg"));
    (!label.is_empty() && label.chars().count() <= LABEL_MAX && good).then_some(Button { label, url })
}

/// The inline keyboard; `None` without buttons.
pub(super) fn keyboard(variant: &Variant) -> Option<Value> {
    let rows: Vec<Value> = lines(variant.option("buttons")?)
        .filter_map(|(_, line)| button(line))
        .map(|button| json!([{ "text": button.label, "url": button.url }]))
        .collect();
    (!rows.is_empty()).then(|| json!({ "inline_keyboard": rows }))
}

/// What is wrong with them.
pub(super) fn check(variant: &Variant) -> Vec<Problem> {
    let Some(text) = variant.option("buttons") else { return Vec::new() };
    const FIELD: &str = "options.buttons";
    let mut problems: Vec<Problem> = lines(text)
        .filter(|(_, line)| button(line).is_none())
        .map(|(number, _)| Problem::error("telegram-button", FIELD).with("line", number).with("max", LABEL_MAX))
        .collect();
    let count = lines(text).count();
    if count > MOST {
        problems.push(Problem::error("telegram-buttons-many", FIELD).with("count", count).with("max", MOST));
    }
    if count > 0 && variant.media.len() > 1 {
        problems.push(Problem::error("telegram-buttons-album", FIELD));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use sarafan_domain::id::AssetId;
    use sarafan_domain::post::MediaRef;

    fn with(buttons: &str, media: usize) -> Variant {
        let reference = MediaRef { asset: AssetId::from_bytes(&[1; 16]).unwrap(), alt: String::new() };
        let options = [("buttons".to_owned(), buttons.to_owned())].into();
        Variant { options, media: vec![reference; media], ..Variant::default() }
    }

    #[test]
    fn lines_become_rows() {
        let keyboard = keyboard(&with("Меню | https://zerno.example/menu\n\nA | B | tg://resolve?domain=x", 0)).unwrap();
        let expected = json!({ "inline_keyboard": [
            [{ "text": "Меню", "url": "https://zerno.example/menu" }],
            [{ "text": "A | B", "url": "tg://resolve?domain=x" }],
        ]});
        assert_eq!(keyboard, expected);
    }

    #[test]
    fn problems_name_the_line() {
        let many = "a | https://e.org\n".repeat(101);
        let rows: [(&str, usize, &[&str]); 5] = [
            ("a | https://e.org", 1, &[]),
            ("a | https://e.org\nno address\n | https://e.org", 0, &["telegram-button", "telegram-button"]),
            ("a | javascript:alert(1)", 0, &["telegram-button"]),
            ("a | https://e.org", 2, &["telegram-buttons-album"]),
            (&many, 0, &["telegram-buttons-many"]),
        ];
        for (buttons, media, expected) in rows {
            let codes: Vec<_> = check(&with(buttons, media)).into_iter().map(|problem| problem.code).collect();
            assert_eq!(codes, expected, "{buttons}");
        }
    }
}
