//! Plain text from the HTML that networks answer with.
//!
//! What comes in was written by strangers: the result is text and nothing else, so no mark-up can survive. It reads
//! one token after another, never nests and never fails. It is deliberately no sanitiser: nothing here gives
//! HTML back.

/// The words of a piece of HTML: paragraphs and lines kept, white space folded, scripts and styles dropped.
pub(crate) fn text(html: &str) -> String {
    let mut out = Out::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        out.words(before);
        rest = match token(tag) {
            Token::Text(len) => {
                let (text, after) = tag.split_at(len);
                out.words(text);
                after
            }
            Token::Skip(after) => after,
            Token::Tag { name, closing, after } => {
                out.tag(&name, closing);
                if !closing && SILENT.contains(&name.as_str()) { skip_element(after, &name) } else { after }
            }
        };
    }
    out.words(rest);
    out.finish()
}

/// Elements whose content is not for reading.
const SILENT: [&str; 9] = ["script", "style", "template", "noscript", "iframe", "object", "svg", "math", "title"];
/// Elements that begin and end a line.
const BLOCKS: [&str; 13] =
    ["div", "li", "ul", "ol", "tr", "table", "blockquote", "pre", "section", "article", "figure", "hr", "figcaption"];
/// Elements that stand apart from what is around them.
const PARAGRAPHS: [&str; 7] = ["p", "h1", "h2", "h3", "h4", "h5", "h6"];

enum Token<'a> {
    /// So many bytes are text after all.
    Text(usize),
    /// A comment or the like.
    Skip(&'a str),
    Tag {
        name: String,
        closing: bool,
        after: &'a str,
    },
}

/// Reads what begins at `<`.
fn token(tag: &str) -> Token<'_> {
    if let Some(comment) = tag.strip_prefix("<!--") {
        return Token::Skip(comment.split_once("-->").map_or("", |(_, after)| after));
    }
    let inner = tag.strip_prefix('<').unwrap_or_default();
    if inner.starts_with(['!', '?']) {
        return Token::Skip(end_of_tag(inner));
    }
    let (closing, named) = match inner.strip_prefix('/') {
        Some(named) => (true, named),
        None => (false, inner),
    };
    // `a < b` is arithmetic.
    if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Token::Text(1);
    }
    let end = named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len());
    let (name, attributes) = named.split_at(end);
    Token::Tag { name: name.to_ascii_lowercase(), closing, after: end_of_tag(attributes) }
}

/// What follows the `>` that is not inside quotes; nothing where there is none.
fn end_of_tag(attributes: &str) -> &str {
    let mut quote = None;
    for (at, c) in attributes.char_indices() {
        match (quote, c) {
            (None, '>') => return attributes.get(at + 1..).unwrap_or_default(),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    ""
}

/// What follows the end of an element, whatever is inside it.
fn skip_element<'a>(content: &'a str, name: &str) -> &'a str {
    let mut rest = content;
    while let Some((_, after)) = rest.split_once("</") {
        let same = after.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let ends = after.get(name.len()..).is_none_or(|next| !next.starts_with(|c: char| c.is_ascii_alphanumeric()));
        if same && ends {
            return end_of_tag(after);
        }
        rest = after;
    }
    ""
}

#[derive(Default)]
struct Out {
    text: String,
    /// Line breaks owed before the next word.
    breaks: usize,
    /// Is a space owed before the next word?
    space: bool,
}

impl Out {
    fn words(&mut self, html: &str) {
        for c in decode(html).chars() {
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.space = true;
            } else if !is_hidden(c) {
                self.push(c);
            }
        }
    }

    fn push(&mut self, c: char) {
        if !self.text.is_empty() {
            for _ in 0..self.breaks {
                self.text.push('\n');
            }
            if self.breaks == 0 && self.space {
                self.text.push(' ');
            }
        }
        self.breaks = 0;
        self.space = false;
        self.text.push(c);
    }

    fn tag(&mut self, name: &str, closing: bool) {
        if name == "br" && !closing {
            // Two in a row are an empty line, more are somebody's joke.
            self.breaks = (self.breaks + 1).min(2);
        } else if PARAGRAPHS.contains(&name) {
            self.breaks = 2;
        } else if BLOCKS.contains(&name) {
            self.breaks = self.breaks.max(1);
        } else if matches!(name, "td" | "th") {
            self.space = true;
        }
    }

    fn finish(self) -> String {
        self.text
    }
}

/// Control characters, and those that turn the direction of what stands after them.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{feff}')
}

/// Replaces character references, once: `&amp;lt;` is the text `&lt;`.
fn decode(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        let (before, reference) = rest.split_at(at);
        out.push_str(before);
        // The longest reference we know has eight characters.
        let end = reference.char_indices().take(12).find(|(_, c)| *c == ';').map(|(index, _)| index);
        let named = end.and_then(|end| reference.get(1..end)).and_then(character);
        match (named, end) {
            (Some(c), Some(end)) => {
                out.push(c);
                rest = reference.get(end + 1..).unwrap_or_default();
            }
            _ => {
                out.push('&');
                rest = reference.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        // A number that is no character is shown as one that cannot be read.
        return code.ok().map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    let named = NAMED.iter().find(|(known, _)| *known == name)?;
    Some(named.1)
}

/// The references that networks and editors write; any other one stays as it is.
const NAMED: [(&str, char); 29] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{a0}'),
    ("hellip", '…'),
    ("mdash", '—'),
    ("ndash", '–'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("shy", '\u{ad}'),
    ("bull", '•'),
    ("middot", '·'),
    ("euro", '€'),
    ("pound", '£'),
    ("sect", '§'),
    ("deg", '°'),
    ("times", '×'),
    ("thinsp", '\u{2009}'),
];

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn reads_words() {
        let rows = [
            ("plain", "plain"),
            ("<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
            ("<p>a<br/><br />b</p>", "a\n\nb"),
            ("<ul><li>a</li><li>b</li></ul>c", "a\nb\nc"),
            ("a\n   b", "a b"),
            ("Tom &amp; Jerry &#8211; &#x41; &laquo;&nbsp;&raquo;", "Tom & Jerry – A «\u{a0}»"),
            ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
            ("a < b && c > d &unknown; &", "a < b && c > d &unknown; &"),
            (
                concat!(
                    r#"<p><span class="h-card"><a href="https://e.org/@bob">@<span>bob</span></a></span> see "#,
                    r#"<a href="https://e.org/long"><span class="invisible">https://</span>"#,
                    r#"<span class="ellipsis">e.org/lo</span><span class="invisible">ng</span></a></p>"#
                ),
                "@bob see https://e.org/long",
            ),
            ("<h2>Head</h2>text", "Head\n\ntext"),
            ("", ""),
        ];
        for (html, expected) in rows {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn hostile_html_is_words_or_nothing() {
        let rows = [
            ("<script>alert(1)</script>x", "x"),
            ("<SCRIPT src=x>a</ScRiPt >x", "x"),
            ("<script>a</scriptx>b</script>c", "c"),
            ("<script>never closed", ""),
            ("<img src=x onerror=alert(1)>x", "x"),
            ("<a title='>' onclick=\"a>b\">x</a>", "x"),
            ("<!-- <p>no</p> -->x<!-- open", "x"),
            ("<![CDATA[no]]>x", "x"),
            ("x<p title=\"never closed", "x"),
            ("<<b>b</b>", "<b"),
            ("<svg><text>no</text></svg>x", "x"),
            ("&#0;&#55296;&#1114112;x", "\u{fffd}\u{fffd}x"),
            ("a\u{0}\u{202e}b\u{7}", "ab"),
            ("<p>ж</p ж>и", "ж\n\nи"),
        ];
        for (html, expected) in rows {
            assert_eq!(text(html), expected, "{html}");
        }
        // Ten thousand open tags and as many quotes are read in one go.
        assert_eq!(text(&"<div>".repeat(10_000)), "");
        assert_eq!(text(&"<\"".repeat(10_000)).len(), 20_000);
        assert!(text(&"<br>x".repeat(1000)).len() < 2000);
    }
}
