//! Source text without its comments, and without its tests, and the string literals in it. A small scanner for Rust,
//! TypeScript and Svelte: enough to tell a comment from a string, and nothing of grammar.

/// What kind of source a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Rust,
    /// TypeScript and JavaScript.
    Script,
    Svelte,
}

impl Kind {
    /// By the file's ending.
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1 {
            "rs" => Some(Self::Rust),
            "ts" | "js" | "mjs" => Some(Self::Script),
            "svelte" => Some(Self::Svelte),
            _ => None,
        }
    }
}

/// A string literal and where it begins.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    /// Line, from 1.
    pub(crate) line: usize,
    /// Between the quotes, escapes as they stand.
    pub(crate) text: String,
    /// Right before the opening quote, on the same line, without blanks: `t(` in `t('key')`.
    pub(crate) before: String,
}

/// What scanning a source gives.
#[derive(Debug)]
pub(crate) struct Scanned {
    /// The source with comments blanked out; lines stay where they are.
    pub(crate) code: String,
    /// Its string literals in order.
    pub(crate) literals: Vec<Literal>,
}

/// Whether a whole file is a test, an example or what they use.
pub(crate) fn is_test(path: &str) -> bool {
    let inside = |folder: &str| path.starts_with(&format!("{folder}/")) || path.contains(&format!("/{folder}/"));
    inside("tests")
        || inside("examples")
        || inside("benches")
        || path.ends_with("/tests.rs")
        || path.ends_with(".test.ts")
}

/// The part of a Rust source before its own tests, which stand at the end. `mod tests;` names a file of its own and ends
/// nothing.
pub(crate) fn without_tests(text: &str) -> &str {
    let mark = "\n#[cfg(test)]\nmod ";
    let opens = |at: &usize| {
        text.get(at + mark.len()..).and_then(|rest| rest.lines().next()).is_some_and(|line| line.ends_with('{'))
    };
    let end = text.match_indices(mark).map(|(at, _)| at).find(opens);
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// The part of a Rust source that is its own tests.
pub(crate) fn tests_of(text: &str) -> &str {
    text.get(without_tests(text).len()..).unwrap_or_default()
}

/// Scans a source.
pub(crate) fn scan(text: &str, kind: Kind) -> Scanned {
    let mut scanner = Scanner { rest: text, line: 1, code: String::with_capacity(text.len()), literals: Vec::new() };
    while !scanner.rest.is_empty() {
        scanner.step(kind);
    }
    Scanned { code: scanner.code, literals: scanner.literals }
}

struct Scanner<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Scanner<'_> {
    fn step(&mut self, kind: Kind) {
        let rest = self.rest;
        let starts = |mark: &str| rest.starts_with(mark);
        if starts("//") && !(kind == Kind::Svelte && self.code.ends_with(':')) {
            self.blank(rest.find('\n').unwrap_or(rest.len()));
        } else if starts("/*") {
            self.blank(rest.find("*/").map_or(rest.len(), |end| end + 2));
        } else if kind == Kind::Svelte && starts("<!--") {
            self.blank(rest.find("-->").map_or(rest.len(), |end| end + 3));
        } else if kind == Kind::Rust && (starts("r\"") || starts("r#")) && !self.after_word() {
            self.raw_string();
        } else if kind == Kind::Rust && starts("'") {
            self.character_or_lifetime();
        } else if starts("\"") {
            self.string('"', kind == Kind::Rust);
        } else if kind != Kind::Rust && starts("`") {
            self.string('`', true);
        } else if kind != Kind::Rust && starts("'") && !(kind == Kind::Svelte && self.after_word()) {
            self.string('\'', false);
        } else {
            self.keep(rest.chars().next().map_or(rest.len(), char::len_utf8));
        }
    }

    /// Whether a letter or digit came right before: then a quote is an apostrophe, and `r` the end of a word.
    fn after_word(&self) -> bool {
        self.code.chars().next_back().is_some_and(|last| last.is_alphanumeric() || last == '_')
    }

    /// Takes bytes off the rest and returns them.
    fn take(&mut self, count: usize) -> &str {
        let (taken, rest) = self.rest.split_at_checked(count).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.line += taken.matches('\n').count();
        taken
    }

    fn keep(&mut self, count: usize) {
        let taken = self.take(count).to_owned();
        self.code.push_str(&taken);
    }

    fn blank(&mut self, count: usize) {
        let blank: String = self.take(count).chars().map(|each| if each == '\n' { '\n' } else { ' ' }).collect();
        self.code.push_str(&blank);
    }

    /// A literal whose text is `length` bytes long after a mark of `open` bytes and before one of `close` bytes.
    fn literal(&mut self, open: usize, length: usize, close: usize) {
        let line = self.line;
        let before = self.code.rsplit('\n').next().unwrap_or_default().split_whitespace().collect();
        let text = self.rest.get(open..open + length).unwrap_or_default().to_owned();
        self.literals.push(Literal { line, text, before });
        self.keep(open + length + close);
    }

    fn string(&mut self, quote: char, may_span_lines: bool) {
        let mut escaped = false;
        for (at, character) in self.rest.char_indices().skip(1) {
            if character == '\n' && !may_span_lines {
                break;
            }
            if character == quote && !escaped {
                return self.literal(1, at - 1, 1);
            }
            escaped = character == '\\' && !escaped;
        }
        // No end on this line: an apostrophe in a text, not a string.
        self.keep(1);
    }

    fn raw_string(&mut self) {
        let hashes = self.rest.chars().skip(1).take_while(|each| *each == '#').count();
        let open = 1 + hashes + 1;
        let close = format!("\"{}", "#".repeat(hashes));
        let body = self.rest.get(open..).unwrap_or_default();
        if self.rest.get(open - 1..open) != Some("\"") {
            // A raw identifier.
            return self.keep(1);
        }
        let length = body.find(&close).unwrap_or(body.len());
        self.literal(open, length, close.len());
    }

    fn character_or_lifetime(&mut self) {
        let body = self.rest.get(1..).unwrap_or_default();
        let length = if body.starts_with('\\') {
            body.char_indices().skip(2).find(|(_, each)| *each == '\'').map(|(at, _)| at)
        } else {
            body.chars().next().map(char::len_utf8).filter(|length| body.get(*length..*length + 1) == Some("'"))
        };
        self.keep(length.map_or(1, |length| length + 2));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literals(text: &str, kind: Kind) -> Vec<String> {
        scan(text, kind).literals.into_iter().map(|literal| literal.text).collect()
    }

    #[test]
    fn rust_strings_are_told_from_comments_and_characters() {
        let text = "let a = \"x // y\"; // \"no\"\nlet b = '\"'; let c: &'static str = r#\"raw \"q\"\"#; /* \"no\" */ b\"é\\\"e\"";
        assert_eq!(literals(text, Kind::Rust), ["x // y", "raw \"q\"", "é\\\"e"]);
        assert!(!scan(text, Kind::Rust).code.contains("no"));
        assert_eq!(scan("/* a\nb */ x\n\"k\"", Kind::Rust).literals.first().unwrap().line, 3);
    }

    #[test]
    fn script_and_svelte_have_three_quotes_and_apostrophes() {
        assert_eq!(literals("t('a-b') + `c-${d}` + \"e\" // 'no'", Kind::Script), ["a-b", "c-${d}", "e"]);
        let page = "<!-- 'no' --><p>It's {t('k-k')}</p><a href=\"https://a.b/c\">don't</a>";
        assert_eq!(literals(page, Kind::Svelte), ["k-k", "https://a.b/c"]);
        assert_eq!(scan(page, Kind::Svelte).literals.first().unwrap().before, "<p>It's{t(");
    }

    #[test]
    fn the_tests_of_a_file_are_its_end() {
        let text = "fn a() {}\n\n#[cfg(test)]\nmod tests {\n}\n";
        assert_eq!(without_tests(text), "fn a() {}\n");
        let elsewhere = "use x;\n#[cfg(test)]\nmod tests;\n\nfn a() {}\n";
        assert_eq!(without_tests(elsewhere), elsewhere);
        assert!(tests_of(text).contains("mod tests"));
        assert_eq!((without_tests("fn b() {}"), tests_of("fn b() {}")), ("fn b() {}", ""));
    }

    #[test]
    fn tests_are_known_by_their_place() {
        for path in ["crates/a/tests/a/main.rs", "tests/browser/x.mjs", "examples/plan.csv", "crates/a/src/b/tests.rs"]
        {
            assert!(is_test(path), "{path}");
        }
        assert!(!is_test("crates/a/src/contests.rs"));
    }
}
