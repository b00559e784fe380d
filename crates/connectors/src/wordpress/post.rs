//! A variant as the fields of a WordPress post, and a post as what is known of it afterwards.

use sarafan_domain::asset::AssetKind;
use sarafan_domain::delivery::Published;
use sarafan_domain::post::Variant;
use sarafan_domain::text;
use serde_json::{Map, Value, json};

use super::blocks::{Attached, content, escape};
use super::wire::Post;

/// The route of posts or of pages.
pub(super) fn route(variant: &Variant) -> &'static str {
    if variant.option("type") == Some("page") { PAGES } else { POSTS }
}

pub(super) const POSTS: &str = "posts";
pub(super) const PAGES: &str = "pages";

/// The class that the first block carries, by which a post is found again.
pub(super) fn marker(key: &str) -> String {
    format!("sarafan-{key}")
}

/// Title and body: the title is the option, or else the first line of the text, which then leaves the body.
pub(super) fn title_and_body<'a>(variant: &'a Variant, whole: &'a str) -> (String, &'a str) {
    if let Some(title) = variant.option("title") {
        return (title.trim().to_owned(), whole);
    }
    let whole = whole.trim_start();
    let (first, rest) = whole.split_once('\n').unwrap_or((whole, ""));
    let line = first.trim().trim_start_matches('#').trim();
    // A link or a whole paragraph is no heading; then a cut of it must do, and the body stays whole.
    let short = line.chars().count() <= TITLE_MAX && text::links(line).is_empty() && line != "---";
    if short { (line.to_owned(), rest) } else { (text::title(whole, TITLE_MAX), whole) }
}

const TITLE_MAX: usize = 120;

/// The fields of a post. `terms` are the numbers of its categories and tags.
pub(super) fn fields(variant: &Variant, whole: &str, files: &[Attached], marker: &str) -> Map<String, Value> {
    let (title, body) = title_and_body(variant, whole);
    let first = files.iter().position(|file| matches!(file.kind, AssetKind::Image | AssetKind::Gif));
    let featured = first.filter(|_| variant.option("featured") != Some("none"));
    let shown: Vec<Attached> =
        files.iter().enumerate().filter(|(index, _)| Some(*index) != featured).map(|(_, file)| file.clone()).collect();
    let mut fields = Map::new();
    let mut set = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    set("title", json!(escape(&title)));
    set("content", json!(content(body, &shown, marker)));
    set("featured_media", json!(featured.and_then(|index| files.get(index)).map_or(0, |file| file.id)));
    if let Some(excerpt) = variant.option("excerpt") {
        set("excerpt", json!(escape(excerpt.trim())));
    }
    if let Some(slug) = variant.option("slug") {
        set("slug", json!(slug.trim()));
    }
    if let Some(comments) = variant.option("comments") {
        set("comment_status", json!(comments));
    }
    if variant.flag("sticky") && route(variant) == POSTS {
        set("sticky", json!(true));
    }
    fields
}

/// What is out: its number, its address, and what belongs to it.
pub(super) fn published(post: &Post, page: bool, files: &[Attached]) -> Published {
    let mut parts: Vec<String> = files.iter().map(|file| format!("media:{}", file.id)).collect();
    if page {
        parts.push(PAGE.to_owned());
    }
    Published { external_id: post.id.to_string(), url: Some(post.link.clone()).filter(|link| !link.is_empty()), parts }
}

/// Marks a page among the parts: posts and pages share their numbers and have different routes.
const PAGE: &str = "page";

/// The route of something that is out.
pub(super) fn route_of(published: &Published) -> &'static str {
    if published.parts.iter().any(|part| part == PAGE) { PAGES } else { POSTS }
}

/// The files of something that is out.
pub(super) fn files_of(published: &Published) -> Vec<u64> {
    published.parts.iter().filter_map(|part| part.strip_prefix("media:")?.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        let long = "слово ".repeat(40);
        let rows = [
            (None, "Заголовок\nТекст", "Заголовок", "Текст"),
            (None, "# Заголовок", "Заголовок", ""),
            (Some("Свой"), "Строка\nТекст", "Свой", "Строка\nТекст"),
            (None, "https://e.org\nТекст", "https://e.org", "https://e.org\nТекст"),
            (None, "", "", ""),
        ];
        for (option, text, title, body) in rows {
            let mut variant = Variant::default();
            variant.options.extend(option.map(|title| ("title".to_owned(), title.to_owned())));
            assert_eq!(title_and_body(&variant, text), (title.to_owned(), body), "{text}");
        }
        let variant = Variant::default();
        let (title, body) = title_and_body(&variant, &long);
        assert_eq!((title.chars().count(), body), (120, long.as_str()));
    }

    #[test]
    fn the_first_picture_stands_above_the_text_and_not_in_it() {
        let file = |id, kind| Attached { id, url: format!("https://e.org/{id}"), alt: String::new(), kind };
        let files = [file(1, AssetKind::Video), file(2, AssetKind::Image), file(3, AssetKind::Image)];
        let mut variant = Variant::default();
        let got = fields(&variant, "T\nb", &files, "m");
        assert_eq!(got["featured_media"], 2);
        let content = got["content"].as_str().unwrap();
        assert!(content.contains("wp-image-3") && !content.contains("wp-image-2"), "{content}");
        variant.options.insert("featured".into(), "none".into());
        let got = fields(&variant, "T\nb", &files, "m");
        assert_eq!(got["featured_media"], 0);
        assert!(got["content"].as_str().unwrap().contains("wp-image-2"));
    }

    #[test]
    fn the_title_is_text() {
        let variant = Variant { text: "A <b> & B".into(), ..Variant::default() };
        assert_eq!(fields(&variant, &variant.text, &[], "m")["title"], "A &lt;b&gt; &amp; B");
    }
}
