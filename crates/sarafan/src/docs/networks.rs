//! `docs/networks.md`: what each network can do and what it takes, from its own `About`.

use sarafan_domain::delivery::Repeat;
use sarafan_domain::text::TextUnit;
use sarafan_network::{Format, MediaRule, Network, abilities};
use serde_json::Value;

const HEAD: &str = "\
# Networks

What each connector can do and what its network takes. The tables are made by `sarafan docs` from what the connectors
declare; the server's checks, the composer and the API read the same. Limits are the usual ones: a server or an
account may have its own, which are read when a channel is connected.

";

/// The columns of the first table: the ability and its head.
const ABILITIES: [(&str, &str); 8] = [
    ("publish", "publish"),
    ("thread", "threads"),
    ("poll", "polls"),
    ("first_comment", "first comment"),
    ("edit", "edit"),
    ("delete", "delete"),
    ("stats", "numbers"),
    ("comments", "comments"),
];

/// The document: its head is kept where somebody wrote a longer one.
pub(super) fn document(before: &str) -> String {
    let start = if before.is_empty() { HEAD } else { before };
    let with_abilities = super::between(start, "abilities", &can());
    super::between(&with_abilities, "limits", &limits())
}

fn can() -> String {
    let heads: Vec<&str> = ABILITIES.iter().map(|(_, head)| *head).collect();
    let mut text = format!("| network | {} | unknown outcome |\n|---|", heads.join(" | "));
    text.push_str(&"---|".repeat(ABILITIES.len() + 1));
    text.push('\n');
    for network in sarafan_connectors::ALL {
        let have = abilities(*network);
        let cells: Vec<&str> =
            ABILITIES.iter().map(|(ability, _)| if have.contains(ability) { "yes" } else { "—" }).collect();
        let about = network.about();
        let repeat = match about.repeat {
            Repeat::NativeKey => "sent again with the same key, which the network drops if it has it",
            Repeat::FindOwn => "looked up on the network",
            Repeat::Blind => "a person is asked",
        };
        text.push_str(&format!("| [{}]({}) | {} | {repeat} |\n", about.title, about.docs, cells.join(" | ")));
    }
    text
}

fn limits() -> String {
    let mut text = String::from("| network | text | media | files |\n|---|---|---|---|\n");
    for network in sarafan_connectors::ALL {
        let format = usual(*network);
        let files: Vec<String> = format.rules.iter().map(rule).collect();
        let (least, most) = format.media;
        let media = if least == 0 { format!("up to {most}") } else { format!("{least} to {most}") };
        text.push_str(&format!(
            "| {} | {} | {media} | {} |\n",
            network.about().title,
            length(&format),
            files.join("; ")
        ));
    }
    text
}

fn usual(network: &dyn Network) -> Format {
    network.format(&Default::default(), &Value::Null)
}

fn length(format: &Format) -> String {
    let unit = match format.counter.unit {
        TextUnit::Graphemes => "characters as seen",
        TextUnit::Utf16 => "UTF-16 units",
        TextUnit::Chars => "code points",
        TextUnit::Bytes => "bytes",
    };
    let mut text = format!("{} {unit}", format.text_max);
    if let Some(bytes) = format.bytes_max {
        text.push_str(&format!(", {bytes} bytes"));
    }
    if let Some(weight) = format.counter.url_weight {
        text.push_str(&format!(", a link counts {weight}"));
    }
    text
}

fn rule(rule: &MediaRule) -> String {
    let megabytes = rule.max_bytes / 1_000_000;
    let size = if megabytes == 0 { format!("{} kB", rule.max_bytes / 1000) } else { format!("{megabytes} MB") };
    let mut text = format!("{} up to {size}", rule.kind.code());
    if let Some(side) = rule.max_side {
        text.push_str(&format!(", {side} px"));
    }
    if let Some(seconds) = rule.max_seconds {
        text.push_str(&format!(", {seconds} s"));
    }
    text
}
