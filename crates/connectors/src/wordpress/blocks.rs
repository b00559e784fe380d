//! A plain text as the blocks of the WordPress editor. Everything is escaped: what the author typed is shown as it
//! was typed.
//!
//! Lines decide: `## ` begins a heading, `- ` an item of a list, `1. ` of a numbered one, `---` is a ruler, an empty
//! line ends a paragraph, and an address alone on its line becomes an embed where WordPress knows how to show it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sarafan_domain::asset::AssetKind;
use sarafan_domain::text::links;
use serde_json::json;
use url::Url;

/// A file that is in the site's library already.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub(super) struct Attached {
    pub(super) id: u64,
    pub(super) url: String,
    pub(super) alt: String,
    pub(super) kind: AssetKind,
}

/// The content of a post: the text, then the files. `marker` becomes a class of the first block.
pub(super) fn content(text: &str, files: &[Attached], marker: &str) -> String {
    let mut page = Page { out: String::new(), marker: Some(marker.to_owned()) };
    page.text(text);
    let pictures: Vec<&Attached> =
        files.iter().filter(|file| matches!(file.kind, AssetKind::Image | AssetKind::Gif)).collect();
    match pictures.as_slice() {
        [] => {}
        [one] => page.image(one),
        several => page.gallery(several),
    }
    for file in files {
        match file.kind {
            AssetKind::Video => page.video(file),
            AssetKind::Document => page.file(file),
            AssetKind::Image | AssetKind::Gif => {}
        }
    }
    if page.marker.is_some() {
        page.paragraph(&[]);
    }
    page.out
}

/// Text for a place where HTML is expected.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

enum Line<'a> {
    Empty,
    Ruler,
    Heading(usize, &'a str),
    Item(&'a str),
    Numbered(&'a str),
    Embed(&'static str, &'a str),
    Words(&'a str),
}

fn line(text: &str) -> Line<'_> {
    let text = text.trim();
    if text.is_empty() {
        return Line::Empty;
    }
    if text == "---" {
        return Line::Ruler;
    }
    // The page's own title is the first heading, so "#" begins at the second.
    for (start, level) in [("# ", 2), ("## ", 2), ("### ", 3), ("#### ", 4)] {
        if let Some(heading) = text.strip_prefix(start) {
            return Line::Heading(level, heading.trim());
        }
    }
    for start in ["- ", "* ", "• ", "– "] {
        if let Some(item) = text.strip_prefix(start) {
            return Line::Item(item.trim());
        }
    }
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    if (1..=3).contains(&digits)
        && let Some(item) = text.get(digits..).and_then(|rest| rest.strip_prefix(". "))
    {
        return Line::Numbered(item.trim());
    }
    match embed(text) {
        Some(provider) => Line::Embed(provider, text),
        None => Line::Words(text),
    }
}

/// The provider of an address that WordPress shows as a player or card by itself.
fn embed(text: &str) -> Option<&'static str> {
    const PROVIDERS: [(&str, &str); 14] = [
        ("youtube.com", "youtube"),
        ("youtu.be", "youtube"),
        ("vimeo.com", "vimeo"),
        ("dailymotion.com", "dailymotion"),
        ("soundcloud.com", "soundcloud"),
        ("open.spotify.com", "spotify"),
        ("ted.com", "ted"),
        ("flickr.com", "flickr"),
        ("tiktok.com", "tiktok"),
        ("pinterest.com", "pinterest"),
        ("reddit.com", "reddit"),
        ("mixcloud.com", "mixcloud"),
        ("speakerdeck.com", "speaker-deck"),
        ("twitter.com", "twitter"),
    ];
    let [range] = links(text).try_into().ok()?;
    if range != (0..text.len()) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let host = url.host_str()?.trim_start_matches("www.").to_owned();
    PROVIDERS.iter().find(|(known, _)| host == *known || host.strip_suffix(known).is_some_and(|h| h.ends_with('.'))).map(|(_, slug)| *slug)
}

struct Page {
    out: String,
    marker: Option<String>,
}

impl Page {
    fn text(&mut self, text: &str) {
        let lines: Vec<Line<'_>> = text.lines().map(line).collect();
        let mut rest = lines.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let same = |alike: fn(&Line<'_>) -> bool| rest.iter().take_while(|line| alike(line)).count();
            let taken = match first {
                Line::Empty => 1,
                Line::Ruler => {
                    self.ruler();
                    1
                }
                Line::Heading(level, words) => {
                    self.heading(*level, words);
                    1
                }
                Line::Embed(provider, url) => {
                    self.embed(provider, url);
                    1
                }
                Line::Item(_) => same(|line| matches!(line, Line::Item(_))),
                Line::Numbered(_) => same(|line| matches!(line, Line::Numbered(_))),
                Line::Words(_) => same(|line| matches!(line, Line::Words(_))),
            };
            let (block, next) = rest.split_at_checked(taken).unwrap_or((rest, after));
            let words: Vec<&str> = block
                .iter()
                .filter_map(|line| match line {
                    Line::Item(words) | Line::Numbered(words) | Line::Words(words) => Some(*words),
                    _ => None,
                })
                .collect();
            match first {
                Line::Item(_) => self.list(&words, false),
                Line::Numbered(_) => self.list(&words, true),
                Line::Words(_) => self.paragraph(&words),
                _ => {}
            }
            rest = next;
        }
    }

    /// The attributes of a block and the `class` of its element. The first block carries the marker.
    fn class(&mut self, mut attributes: serde_json::Map<String, serde_json::Value>, own: &str) -> (String, String) {
        let marker = self.marker.take();
        if let Some(marker) = &marker {
            attributes.insert("className".to_owned(), json!(marker));
        }
        let classes: Vec<&str> = [own, marker.as_deref().unwrap_or_default()].into_iter().filter(|c| !c.is_empty()).collect();
        let comment = if attributes.is_empty() { String::new() } else { format!("{} ", delimiter(&json!(attributes))) };
        let class = if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", escape(&classes.join(" "))) };
        (comment, class)
    }

    fn block(&mut self, name: &str, attributes: &serde_json::Value, own: &str, html: impl FnOnce(&str) -> String) {
        let attributes = attributes.as_object().cloned().unwrap_or_default();
        let (comment, class) = self.class(attributes, own);
        let html = html(&class);
        if !self.out.is_empty() {
            self.out.push_str("\n\n");
        }
        let _ = write!(self.out, "<!-- wp:{name} {comment}-->\n{html}\n<!-- /wp:{name} -->");
    }

    fn paragraph(&mut self, lines: &[&str]) {
        let words = lines.iter().map(|line| inline(line)).collect::<Vec<_>>().join("<br>");
        self.block("paragraph", &json!({}), "", |class| format!("<p{class}>{words}</p>"));
    }

    fn heading(&mut self, level: usize, words: &str) {
        let attributes = if level == 2 { json!({}) } else { json!({ "level": level }) };
        let words = inline(words);
        self.block("heading", &attributes, "", |class| format!("<h{level}{class}>{words}</h{level}>"));
    }

    fn list(&mut self, items: &[&str], numbered: bool) {
        let (attributes, tag) = if numbered { (json!({ "ordered": true }), "ol") } else { (json!({}), "ul") };
        let items: String = items
            .iter()
            .map(|item| format!("<!-- wp:list-item -->\n<li>{}</li>\n<!-- /wp:list-item -->", inline(item)))
            .collect::<Vec<_>>()
            .join("\n\n");
        self.block("list", &attributes, "", |class| format!("<{tag}{class}>{items}</{tag}>"));
    }

    fn ruler(&mut self) {
        self.block("separator", &json!({}), "wp-block-separator has-alpha-channel-opacity", |class| format!("<hr{class}/>"));
    }

    fn embed(&mut self, provider: &str, url: &str) {
        let attributes = json!({ "url": url, "type": "rich", "providerNameSlug": provider, "responsive": true });
        let own = format!("wp-block-embed is-type-rich is-provider-{provider} wp-block-embed-{provider}");
        let url = escape(url);
        self.block("embed", &attributes, &own, |class| {
            format!("<figure{class}><div class=\"wp-block-embed__wrapper\">\n{url}\n</div></figure>")
        });
    }

    fn image(&mut self, file: &Attached) {
        let attributes = json!({ "id": file.id, "sizeSlug": "large", "linkDestination": "none" });
        self.block("image", &attributes, "wp-block-image size-large", |class| figure(file, class));
    }

    fn gallery(&mut self, files: &[&Attached]) {
        let items: String = files
            .iter()
            .map(|file| {
                let attributes = json!({ "id": file.id, "sizeSlug": "large", "linkDestination": "none" });
                let figure = figure(file, " class=\"wp-block-image size-large\"");
                format!("<!-- wp:image {} -->\n{figure}\n<!-- /wp:image -->", delimiter(&attributes))
            })
            .collect::<Vec<_>>()
            .join("\n\n");
        let own = "wp-block-gallery has-nested-images columns-default is-cropped";
        self.block("gallery", &json!({ "linkTo": "none" }), own, |class| format!("<figure{class}>{items}</figure>"));
    }

    fn video(&mut self, file: &Attached) {
        let url = escape(&file.url);
        self.block("video", &json!({ "id": file.id }), "wp-block-video", |class| {
            format!("<figure{class}><video controls src=\"{url}\"></video></figure>")
        });
    }

    fn file(&mut self, file: &Attached) {
        let url = escape(&file.url);
        let name = if file.alt.is_empty() { file.url.rsplit('/').next().unwrap_or_default() } else { &file.alt };
        let name = escape(name);
        self.block("file", &json!({ "id": file.id, "href": file.url }), "wp-block-file", |class| {
            format!("<div{class}><a href=\"{url}\">{name}</a></div>")
        });
    }
}

/// JSON inside an HTML comment: nothing in it may end the comment.
/// <https://github.com/WordPress/wordpress-develop/blob/6.1/src/wp-includes/blocks.php> `serialize_block_attributes`
fn delimiter(attributes: &serde_json::Value) -> String {
    // In the order of their names, whatever the library keeps.
    let sorted: BTreeMap<&String, &serde_json::Value> = attributes.as_object().into_iter().flatten().collect();
    let json = serde_json::to_string(&sorted).unwrap_or_default();
    let json = json.replace("--", "\\u002d\\u002d").replace('<', "\\u003c").replace('>', "\\u003e");
    json.replace('&', "\\u0026").replace("\\\"", "\\u0022")
}

fn figure(file: &Attached, class: &str) -> String {
    let (url, alt, id) = (escape(&file.url), escape(&file.alt), file.id);
    format!("<figure{class}><img src=\"{url}\" alt=\"{alt}\" class=\"wp-image-{id}\"/></figure>")
}

/// A line with its addresses as links.
fn inline(line: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for range in links(line) {
        out.push_str(&escape(line.get(at..range.start).unwrap_or_default()));
        let url = escape(line.get(range.clone()).unwrap_or_default());
        let _ = write!(out, "<a href=\"{url}\">{url}</a>");
        at = range.end;
    }
    out.push_str(&escape(line.get(at..).unwrap_or_default()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        content(text, &[], "m")
    }

    #[test]
    fn lines_become_blocks() {
        let rows = [
            ("", "<!-- wp:paragraph {\"className\":\"m\"} -->\n<p class=\"m\"></p>\n<!-- /wp:paragraph -->"),
            ("a\nb", "<!-- wp:paragraph {\"className\":\"m\"} -->\n<p class=\"m\">a<br>b</p>\n<!-- /wp:paragraph -->"),
            (
                "a\n\n#тег",
                "<!-- wp:paragraph {\"className\":\"m\"} -->\n<p class=\"m\">a</p>\n<!-- /wp:paragraph -->\n\n\
                 <!-- wp:paragraph -->\n<p>#тег</p>\n<!-- /wp:paragraph -->",
            ),
            (
                "### H",
                "<!-- wp:heading {\"className\":\"m\",\"level\":3} -->\n<h3 class=\"m\">H</h3>\n<!-- /wp:heading -->",
            ),
            (
                "- a\n- b",
                "<!-- wp:list {\"className\":\"m\"} -->\n<ul class=\"m\"><!-- wp:list-item -->\n<li>a</li>\n\
                 <!-- /wp:list-item -->\n\n<!-- wp:list-item -->\n<li>b</li>\n<!-- /wp:list-item --></ul>\n\
                 <!-- /wp:list -->",
            ),
        ];
        for (text, expected) in rows {
            assert_eq!(of(text), expected, "{text}");
        }
        assert!(of("1. a\n2. b").contains("\"ordered\":true"));
        assert!(of("a\n---\nb").contains("<hr class=\"wp-block-separator has-alpha-channel-opacity\"/>"));
        assert!(of("2026. год").contains("<p"));
    }

    #[test]
    fn nothing_typed_is_html() {
        let text = "<script>alert(1)</script> & \"x\" --> <!-- wp:html -->\nhttps://e.org/?a=1&b=<2>";
        let html = of(text);
        assert!(!html.contains("<script") && !html.contains("wp:html -->\n"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;x&quot; --&gt; &lt;!-- wp:html --&gt;"));
        assert!(html.contains("<a href=\"https://e.org/?a=1&amp;b=\">https://e.org/?a=1&amp;b=</a>&lt;2&gt;"));
        let file = Attached { id: 1, url: "https://e.org/a--b.pdf?x=\"".into(), alt: "-->".into(), kind: AssetKind::Document };
        let html = content("", &[file], "m");
        assert!(html.contains("\\u002d\\u002db.pdf") && html.contains("\\u0022"), "{html}");
    }

    #[test]
    fn only_a_lonely_address_of_a_known_provider_is_embedded() {
        assert!(of("https://www.youtube.com/watch?v=x").contains("is-provider-youtube"));
        assert!(of("https://youtu.be/x").contains("wp:embed"));
        for text in ["see https://youtu.be/x", "https://notyoutube.com/x", "https://zerno.example/"] {
            assert!(!of(text).contains("wp:embed"), "{text}");
        }
    }

    #[test]
    fn files_follow_the_text() {
        let file = |id: u64, kind| Attached { id, url: format!("https://e.org/{id}"), alt: format!("alt {id}"), kind };
        let one = content("a", &[file(1, AssetKind::Image)], "m");
        assert!(one.contains("<img src=\"https://e.org/1\" alt=\"alt 1\" class=\"wp-image-1\"/>"), "{one}");
        assert!(!one.contains("wp:gallery"));
        let several = content("", &[file(1, AssetKind::Image), file(2, AssetKind::Video), file(3, AssetKind::Gif)], "m");
        assert!(several.starts_with("<!-- wp:gallery {\"className\":\"m\",\"linkTo\":\"none\"} -->"), "{several}");
        assert!(several.contains("<video controls src=\"https://e.org/2\">"));
    }
}
