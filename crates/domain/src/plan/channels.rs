//! Which channels a cell means: by network, by handle, by name, by both or by id, in Latin or Cyrillic letters.

use crate::id::ChannelId;
use crate::problem::Problem;

/// A channel of the brand, as far as a plan can name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanChannel {
    /// Its id.
    pub id: ChannelId,
    /// Its network, by id.
    pub network: String,
    /// What else people call the network: its title, in any language.
    pub network_names: Vec<String>,
    /// `@name` or the like.
    pub handle: String,
    /// As people know it.
    pub name: String,
}

/// The channels that a list names, each once, and what is wrong with the rest.
pub(super) fn read(tokens: &[String], known: &[PlanChannel]) -> (Vec<ChannelId>, Vec<Problem>) {
    let mut found: Vec<ChannelId> = Vec::new();
    let mut problems = Vec::new();
    for token in tokens.iter().filter(|token| !token.is_empty()) {
        match matching(token, known).as_slice() {
            [one] if found.contains(one) => {}
            [one] => found.push(*one),
            [] => problems.push(
                Problem::error("channel-unknown", "channels")
                    .with("channel", token.as_str())
                    // The texts have a sentence of their own for a brand without channels.
                    .with("known", if known.is_empty() { "none".to_owned() } else { names(known.iter(), known) }),
            ),
            several => {
                let same = known.iter().filter(|channel| several.contains(&channel.id));
                problems.push(
                    Problem::error("channel-ambiguous", "channels")
                        .with("channel", token.as_str())
                        .with("candidates", names(same, known)),
                );
            }
        }
    }
    (found, problems)
}

/// A token that [`read`] takes for this channel and no other.
pub(super) fn token(channel: &PlanChannel, known: &[PlanChannel]) -> String {
    let handle = channel.handle.trim_start_matches('@');
    [channel.network.clone(), format!("{}:{handle}", channel.network)]
        .into_iter()
        .find(|token| matching(token, known) == [channel.id])
        .unwrap_or_else(|| channel.id.to_string())
}

fn matching(token: &str, known: &[PlanChannel]) -> Vec<ChannelId> {
    let wanted = fold(token);
    let all = |of: &dyn Fn(&PlanChannel) -> bool| -> Vec<ChannelId> {
        known.iter().filter(|channel| of(channel)).map(|channel| channel.id).collect()
    };
    let network = |channel: &PlanChannel, text: &str| {
        fold(&channel.network) == text || channel.network_names.iter().any(|name| fold(name) == text)
    };
    let own = |channel: &PlanChannel, text: &str| {
        !text.is_empty() && (fold(&channel.handle) == text || fold(&channel.name) == text)
    };
    let by_id = all(&|channel| channel.id.to_string() == wanted);
    let by_network = || all(&|channel| network(channel, &wanted));
    let by_name = || all(&|channel| own(channel, &wanted));
    let by_both = || {
        let (left, right) = token.split_once(':').unwrap_or_default();
        all(&|channel| network(channel, &fold(left)) && own(channel, &fold(right)))
    };
    [by_id, by_network(), by_name(), by_both()].into_iter().find(|ids| !ids.is_empty()).unwrap_or_default()
}

/// The tokens of channels, as many as a person reads.
fn names<'a>(channels: impl Iterator<Item = &'a PlanChannel>, known: &[PlanChannel]) -> String {
    let mut names: Vec<String> = channels.take(20).map(|channel| token(channel, known)).collect();
    names.sort();
    names.join(", ")
}

/// Lower case, Latin letters, no spaces, no `@` in front: `Телеграм` is `telegram`.
fn fold(name: &str) -> String {
    let mut folded = String::new();
    for c in name.trim().trim_start_matches('@').to_lowercase().chars().filter(|c| !c.is_whitespace()) {
        match latin(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded
}

fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "g",
        'д' => "d",
        'е' | 'ё' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'й' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' => "u",
        'ф' => "f",
        'х' => "h",
        'ц' => "c",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'ю' => "yu",
        'я' => "ya",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::cells::{WORDS, split};
    use super::*;

    fn channel(id: u128, network: &str, names: &[&str], handle: &str, name: &str) -> PlanChannel {
        PlanChannel {
            id: ChannelId(Uuid::from_u128(id)),
            network: network.into(),
            network_names: names.iter().map(|name| (*name).to_owned()).collect(),
            handle: handle.into(),
            name: name.into(),
        }
    }

    fn brand() -> Vec<PlanChannel> {
        vec![
            channel(1, "pigeon", &["Pigeon Post", "Голубь"], "@grain", "Grain & Steam"),
            channel(2, "drum", &["Барабан"], "@grain", "Drums of Grain"),
            channel(3, "drum", &["Барабан"], "@loud.example.org", "Loud"),
            channel(4, "mail", &[], "", "Office"),
        ]
    }

    #[test]
    fn a_cell_names_channels() {
        let rows: [(&str, &[u128], &[&str]); 12] = [
            ("pigeon", &[1], &[]),
            ("Pigeon Post; mail", &[1, 4], &[]),
            ("пигеон, Голубь", &[1], &[]),
            ("loud.example.org|@LOUD.example.org", &[3], &[]),
            ("drum:grain", &[2], &[]),
            ("Барабан: Loud", &[3], &[]),
            ("00000000-0000-0000-0000-000000000003", &[3], &[]),
            ("Office", &[4], &[]),
            ("drum", &[], &["channel-ambiguous drum:grain, drum:loud.example.org"]),
            ("@grain", &[], &["channel-ambiguous drum:grain, pigeon"]),
            ("smoke;mail;", &[4], &["channel-unknown drum:grain, drum:loud.example.org, mail, pigeon"]),
            (":", &[], &["channel-unknown drum:grain, drum:loud.example.org, mail, pigeon"]),
        ];
        for (cell, expected, wrong) in rows {
            let (found, problems) = read(&split(cell, WORDS), &brand());
            let expected: Vec<ChannelId> = expected.iter().map(|id| ChannelId(Uuid::from_u128(*id))).collect();
            let problems: Vec<String> = problems
                .iter()
                .map(|problem| match (problem.args.get("known"), problem.args.get("candidates")) {
                    (Some(crate::problem::Arg::Text(names)), _) | (_, Some(crate::problem::Arg::Text(names))) => {
                        format!("{} {names}", problem.code)
                    }
                    _ => problem.code.to_string(),
                })
                .collect();
            assert_eq!((found, problems), (expected, wrong.iter().map(|text| (*text).to_owned()).collect()), "{cell}");
        }
    }

    #[test]
    fn a_brand_without_channels_says_so() {
        let (found, problems) = read(&split("pigeon", WORDS), &[]);
        assert!(found.is_empty());
        assert_eq!(problems[0].args.get("known"), Some(&crate::problem::Arg::Text("none".to_owned())));
    }

    #[test]
    fn every_channel_has_a_token_of_its_own() {
        let mut brand = brand();
        brand.push(channel(5, "mail", &[], "", "Office"));
        for channel in &brand {
            assert_eq!(read(&[token(channel, &brand)], &brand), (vec![channel.id], vec![]));
        }
    }
}
