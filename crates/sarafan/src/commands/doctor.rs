//! `sarafan doctor`: looks at the installation from its settings to its channels. What is inside is looked at in `app`;
//! here is what must be asked before the installation can be opened. It makes nothing that was not there.

use std::path::Path;

use clap::Args;
use sarafan_app::App;
use sarafan_app::doctor::{Finding, FindingView, Weight};
use sarafan_app::texts::Texts;
use sarafan_domain::language::Lang;
use sarafan_network::door::{Door, DoorConfig};
use sarafan_network::http::{Http, Request};
use serde_json::json;

use crate::config::Config;
use crate::house;
use crate::table;
use crate::trouble::{Outcome, Trouble};

/// How to look.
#[derive(Debug, Args)]
pub(crate) struct DoctorArgs {
    /// Ask neither the networks nor the public address
    #[arg(long)]
    no_network: bool,
}

/// Less room than this on the disk is told of, and less than that is an error, in bytes.
const ROOM: (u64, u64) = (1 << 30, 100 << 20);

/// Looks at everything. Gives whether all is well.
pub(crate) async fn run(
    config: &Config,
    args: &DoctorArgs,
    lang: Lang,
    as_json: bool,
    opened: &mut Option<App>,
) -> Outcome<bool> {
    let texts = Texts::load(sarafan_connectors::registry())
        .map_err(|error| Trouble::say("cli-broken").with("reason", error.to_string()))?;
    let mut found = vec![settings(config)];
    let mut views = Vec::new();
    let before = folder(config);
    let blocked = before.iter().any(|finding| finding.weight == Weight::Error);
    found.extend(before);
    if !blocked {
        match house::open(config, config.public_address(&config.listen), false).await {
            Ok(house) => {
                *opened = Some(house.app.clone());
                found.extend(house.app.examine(!args.no_network).await);
                house.close().await;
            }
            Err(trouble) => {
                let (code, message, remedy) = trouble.words(&texts, lang);
                views.push(FindingView { code, weight: Weight::Error, message, remedy });
            }
        }
    }
    found.extend(public(config, args.no_network).await);
    let mut all: Vec<FindingView> = found.iter().map(|finding| finding.view(&texts, lang)).collect();
    all.extend(views);
    all.sort_by_key(|view| std::cmp::Reverse(view.weight));
    let well = all.iter().all(|view| view.weight < Weight::Warning);
    if as_json {
        table::json(&json!({ "ok": well, "findings": all }));
    } else {
        table::print(&lines(&all, &texts, lang, well));
    }
    Ok(well)
}

fn lines(all: &[FindingView], texts: &Texts, lang: Lang, well: bool) -> String {
    let mut text = String::new();
    for view in all {
        let mark = match view.weight {
            Weight::Fine => "doctor-mark-fine",
            Weight::Note => "doctor-mark-note",
            Weight::Warning => "doctor-mark-warning",
            Weight::Error => "doctor-mark-error",
        };
        text.push_str(&format!("{} {}\n", texts.say(lang, mark, &[]), view.message));
        if let Some(remedy) = &view.remedy {
            text.push_str(&format!("    {remedy}\n"));
        }
    }
    text.push_str(&texts.say(lang, if well { "doctor-well" } else { "doctor-not-well" }, &[]));
    text.push('\n');
    text
}

/// What holds, secrets masked.
fn settings(config: &Config) -> Finding {
    Finding::fine("settings")
        .with("data", config.data.display().to_string())
        .with("database", house::masked(&config.database_url()))
        .with("storage", house::masked(&config.storage_url()))
}

/// The data folder and the keys in it.
fn folder(config: &Config) -> Vec<Finding> {
    let path = config.data.display().to_string();
    let bad = |code, reason: String| {
        vec![Finding::fine(code).weighs(Weight::Error).with("folder", path.as_str()).with("reason", reason)]
    };
    if !config.data.is_dir() {
        return bad("folder-none", String::new());
    }
    let probe = config.data.join(format!(".doctor-{}", std::process::id()));
    let written = std::fs::write(&probe, b"doctor");
    let _ = std::fs::remove_file(&probe);
    if let Err(error) = written {
        return bad("folder-closed", error.to_string());
    }
    let given = config.keys.as_deref().is_some_and(|keys| !keys.trim().is_empty());
    if !given && !config.data.join("keys").is_file() {
        return bad("keys-none", String::new());
    }
    let mut all = vec![Finding::fine("folder").with("folder", path.as_str())];
    if let Some(free) = free(&config.data) {
        let megabytes = free / (1024 * 1024);
        let weight = match free {
            free if free < ROOM.1 => Weight::Error,
            free if free < ROOM.0 => Weight::Warning,
            _ => Weight::Fine,
        };
        let code = if weight == Weight::Fine { "room" } else { "room-little" };
        // Little room is no reason not to look further.
        let weight = weight.min(Weight::Warning);
        all.push(Finding::fine(code).weighs(weight).with("megabytes", megabytes).with("folder", path.as_str()));
    }
    all
}

/// Bytes that we may still write there.
#[cfg(unix)]
fn free(path: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(path).ok()?;
    told.f_bavail.checked_mul(told.f_frsize)
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}

/// Do people, and networks that send them back, reach us?
async fn public(config: &Config, quiet: bool) -> Vec<Finding> {
    let Some(url) = config.public_url.as_deref().map(str::trim).filter(|url| !url.is_empty()) else {
        return vec![Finding::fine("public-none").weighs(Weight::Note)];
    };
    let url = url.trim_end_matches('/');
    let about = |code, weight| Finding::fine(code).weighs(weight).with("url", url);
    let host = url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let name = host.split(':').next().unwrap_or_default();
    let mut all = Vec::new();
    if !url.starts_with("https://") && !["localhost", "127.0.0.1"].contains(&name) {
        all.push(about("public-plain", Weight::Warning));
    }
    if quiet {
        return all;
    }
    // It is ours: it may well be private.
    let door = Door::new(DoorConfig { allow_private: vec![host.to_owned()], ..DoorConfig::default() });
    let answer = match &door {
        Ok(door) => door.send(Request::get(format!("{url}/health"))).await.ok(),
        Err(_) => None,
    };
    // While the queue stands still it answers too, with 503.
    let is_ours = answer.is_some_and(|reply| {
        matches!(reply.status, 200 | 503)
            && serde_json::from_slice::<serde_json::Value>(&reply.body).is_ok_and(|told| told.get("queue").is_some())
    });
    all.push(if is_ours { about("public", Weight::Fine) } else { about("public-away", Weight::Warning) });
    all
}
