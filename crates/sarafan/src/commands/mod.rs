//! The commands: each reads its arguments, calls one use case as the API does, and shows what it returned.

use std::io::{IsTerminal, Read};

use sarafan_app::channels::ChannelView;
use sarafan_app::{Actor, App};
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::language::Lang;
use sarafan_domain::problem::Arg;
use sarafan_domain::time::{self, Timestamp};
use serde::Serialize;

use crate::table::{self, Table};
use crate::trouble::{Outcome, Trouble};

pub(crate) mod approval;
pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod brand;
pub(crate) mod channel;
pub(crate) mod delivery;
pub(crate) mod doctor;
pub(crate) mod keys;
pub(crate) mod mail;
pub(crate) mod mcp;
pub(crate) mod member;
pub(crate) mod note;
pub(crate) mod owner;
pub(crate) mod person;
pub(crate) mod plan;
pub(crate) mod post;
pub(crate) mod stats;
pub(crate) mod task;
pub(crate) mod token;
pub(crate) mod webhook;

/// What a command works with.
pub(crate) struct Desk {
    pub(crate) app: App,
    pub(crate) actor: Actor,
    pub(crate) json: bool,
}

impl Desk {
    pub(crate) fn new(app: App, lang: Lang, json: bool) -> Self {
        Self { app, actor: Actor::command_line(lang), json }
    }

    /// A text of ours.
    pub(crate) fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        self.app.texts().say(self.actor.language, key, args)
    }

    /// A table whose heads are texts of ours.
    pub(crate) fn table(&self, heads: &[&str]) -> Table {
        Table::new(heads.iter().map(|key| self.say(key, &[])))
    }

    /// Shows an answer: as JSON, or as `people` write it.
    pub(crate) fn show(&self, value: &impl Serialize, people: impl FnOnce() -> String) {
        if self.json {
            table::json(value);
        } else {
            table::print(&people());
        }
    }

    /// The line before an answer that is only rehearsed.
    pub(crate) fn rehearsed(&self, dry_run: bool) -> String {
        if dry_run { self.say("cli-rehearsed", &[]) + "\n" } else { String::new() }
    }

    /// The brand that is meant: by id, by name, or the only one there is.
    pub(crate) async fn brand(&self, wanted: Option<&str>) -> Outcome<BrandId> {
        let all = self.app.list_brands(&self.actor).await?;
        let names = || all.iter().map(|brand| brand.name.as_str()).collect::<Vec<_>>().join(", ");
        let found = match wanted {
            None => match all.as_slice() {
                [only] => Some(only),
                [] => return Err(Trouble::say("cli-no-brand").remedy("cli-no-brand-remedy")),
                _ => return Err(Trouble::say("cli-which-brand").with("brands", names()).usage()),
            },
            Some(wanted) => {
                let id = wanted.parse::<BrandId>().ok();
                let same = |name: &str| name.to_lowercase() == wanted.to_lowercase();
                all.iter().find(|brand| Some(brand.id) == id || same(&brand.name))
            }
        };
        let unknown = || Trouble::say("cli-brand-unknown").with("brand", wanted.unwrap_or_default());
        found.map(|brand| brand.id).ok_or_else(|| unknown().with("brands", names()))
    }

    /// The channel that is meant: by id, name, handle, or the network where it has only one channel.
    pub(crate) async fn channel(&self, brand: BrandId, wanted: &str) -> Outcome<ChannelView> {
        let all = self.app.list_channels(&self.actor, brand).await?;
        let id = wanted.parse::<ChannelId>().ok();
        let low = wanted.to_lowercase();
        let named = |channel: &&ChannelView| {
            Some(channel.id) == id || channel.name.to_lowercase() == low || channel.handle.to_lowercase() == low
        };
        let mut found: Vec<&ChannelView> = all.iter().filter(named).collect();
        if found.is_empty() {
            found = all.iter().filter(|channel| channel.network == low).collect();
        }
        match found.as_slice() {
            [only] => Ok((*only).clone()),
            [] => Err(Trouble::say("cli-channel-unknown").with("channel", wanted)),
            _ => Err(Trouble::say("cli-which-channel").with("channel", wanted).usage()),
        }
    }
}

/// A time that was typed: an instant, or what the wall shows in `zone`.
pub(crate) fn moment(text: &str, zone: &str) -> Outcome<Timestamp> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let bad = || Trouble::say("cli-bad-time").with("time", text).usage();
    let wall: time::Wall = text.trim().replacen(' ', "T", 1).parse().map_err(|_| bad())?;
    let zone = time::zone(zone).map_err(|_| bad())?;
    time::instant_of_rule(wall, &zone).map(|(at, _)| at).map_err(|_| bad())
}

/// What the wall shows: `2026-12-01 10:00`.
pub(crate) fn wall(text: &str) -> Outcome<time::Wall> {
    text.trim().replacen(' ', "T", 1).parse().map_err(|_| Trouble::say("cli-bad-time").with("time", text).usage())
}

/// An id that was typed.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Outcome<T> {
    text.parse().map_err(|_| Trouble::say("cli-bad-id").with("id", text).usage())
}

/// Everything on standard input as text.
pub(crate) fn standard_input() -> Outcome<String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| Trouble::say("cli-bad-input").with("reason", error.to_string()))?;
    Ok(text)
}

/// A secret from standard input: its first line. At a terminal it is asked for with `prompt` and not shown.
pub(crate) fn secret_input(prompt: &str) -> Outcome<String> {
    let bad = |error: std::io::Error| Trouble::say("cli-bad-input").with("reason", error.to_string());
    if std::io::stdin().is_terminal() {
        return rpassword::prompt_password(format!("{prompt} ")).map_err(bad);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(bad)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// `a,b` and `a` `b` alike.
pub(crate) fn words<T>(texts: &[String], parse: fn(&str) -> Option<T>) -> Outcome<Vec<T>> {
    let all = texts.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|word| !word.is_empty());
    let read = |word: &str| parse(word).ok_or_else(|| Trouble::say("cli-bad-word").with("word", word).usage());
    all.map(read).collect()
}
