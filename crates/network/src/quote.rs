//! The other side's own words in an error: shortened, on one line, and with every secret taken out.

/// At most so many characters of a network's words are kept.
const MAX: usize = 200;

/// Quotes a network's words for people. `secrets` are all that the connector holds; networks echo them.
///
/// Secrets of fewer than four characters are not looked for: they would blacken ordinary words.
pub fn quote(words: &str, secrets: &[&str]) -> String {
    let mut words = words.to_owned();
    for secret in secrets.iter().filter(|secret| secret.len() >= 4) {
        words = words.replace(secret, "***");
    }
    let line: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX) {
        Some((at, _)) => format!("{}…", line.get(..at).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn words_without_secrets() {
        let rows = [
            ("too  long\n\u{1b}[0m", "too long [0m"),
            ("token s3cr3t-1 s3cr3t-1!", "token *** ***!"),
            ("a", "a"),
            ("", ""),
        ];
        for (words, expected) in rows {
            assert_eq!(quote(words, &["s3cr3t-1", "a"]), expected);
        }
        assert_eq!(quote(&"ж".repeat(500), &[]).chars().count(), 201);
        // A secret that straddles the cut is gone before the cut is made.
        assert!(!quote(&format!("{}s3cr3t-1", "x".repeat(196)), &["s3cr3t-1"]).contains("s3cr"));
    }
}
