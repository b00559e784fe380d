//! Reading Fluent files as far as the rules about texts need it: which messages there are, with which arguments.

use std::collections::BTreeSet;

/// One message.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Message {
    /// Its key.
    pub(crate) key: String,
    /// Its first line, from 1.
    pub(crate) line: usize,
    /// The arguments it uses.
    pub(crate) arguments: BTreeSet<String>,
    /// Its attributes.
    pub(crate) attributes: BTreeSet<String>,
}

/// The messages of a file, or the first line that is not Fluent.
pub(crate) fn read(text: &str) -> Result<Vec<Message>, usize> {
    let mut messages: Vec<Message> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let is_continued = line.starts_with([' ', '}']);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        if !is_continued {
            let key = line.split_once('=').map(|(key, _)| key.trim()).filter(|key| is_key(key)).ok_or(at + 1)?;
            messages.push(Message {
                key: key.to_owned(),
                line: at + 1,
                arguments: BTreeSet::new(),
                attributes: BTreeSet::new(),
            });
        }
        let message = messages.last_mut().ok_or(at + 1)?;
        message.arguments.extend(arguments(line));
        if let Some((attribute, _)) = line.trim_start().strip_prefix('.').and_then(|rest| rest.split_once('='))
            && is_continued
        {
            message.attributes.insert(attribute.trim().to_owned());
        }
    }
    Ok(messages)
}

/// Whether a word can be a message's key, or a term's.
fn is_key(word: &str) -> bool {
    let word = word.strip_prefix('-').unwrap_or(word);
    word.starts_with(|each: char| each.is_ascii_alphabetic())
        && word.chars().all(|each| each.is_ascii_alphanumeric() || each == '-' || each == '_')
}

/// The names after `$`, where they stand in braces or before a selector.
fn arguments(line: &str) -> impl Iterator<Item = String> {
    line.split('$').skip(1).filter_map(|rest| {
        let name: String =
            rest.chars().take_while(|each| each.is_ascii_alphanumeric() || "-_".contains(*each)).collect();
        (!name.is_empty()).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read() {
        let text = "# Posts\nposts-a = Hello { $name }\n    .title = T\nposts-b =\n    { $count ->\n        [one] { NUMBER($count) } post\n       *[other] many\n    }\n";
        let messages = read(text).unwrap();
        let told: Vec<_> = messages.iter().map(|each| (each.key.as_str(), each.line, each.arguments.len())).collect();
        assert_eq!(told, [("posts-a", 2, 1), ("posts-b", 4, 1)]);
        assert!(messages.first().unwrap().attributes.contains("title"));
        assert_eq!(read("posts-a = b\nnot fluent\n"), Err(2));
    }
}
