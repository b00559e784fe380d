//! `sarafan keys`: the keys that seal what opens channels.

use clap::{Args, Subcommand};
use sarafan_domain::problem::Arg;
use sarafan_store::secrets::Keyring;
use serde_json::json;

use super::Desk;
use crate::config::Config;
use crate::table;
use crate::trouble::{Outcome, Trouble};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a new key and seal everything anew with it, also while Sarafan works
    #[command(
        long_about = "Make a new key and seal everything anew with it, also while Sarafan works: programs that run take the \
            new key over by themselves. It may be cut short at any moment; run again, it goes on with the key it had \
            made. The old keys stay in the file, since older back-ups need them, unless --forget-old says otherwise.",
        after_help = "Examples:\n  \
            sarafan keys rotate\n  \
            sarafan keys rotate --forget-old"
    )]
    Rotate(Rotate),
    /// List the ids of the keys, the one that seals first
    List,
}

/// How to rotate.
#[derive(Debug, Args)]
pub(crate) struct Rotate {
    /// Remove keys that nothing here needs any more
    #[arg(long)]
    forget_old: bool,
    /// Make no key: seal anew with the first one there is
    #[arg(long, conflicts_with = "forget_old")]
    reseal_only: bool,
}

pub(crate) async fn run(desk: &Desk, config: &Config, command: Command) -> Outcome {
    match command {
        Command::List => {
            let ids = desk.app.key_ids();
            desk.show(&json!({ "keys": ids }), || ids.join("\n") + "\n");
            Ok(())
        }
        Command::Rotate(how) => rotate(desk, config, &how).await,
    }
}

async fn rotate(desk: &Desk, config: &Config, how: &Rotate) -> Outcome {
    let path = config.data.join("keys");
    let refused = |error: sarafan_store::StoreError| {
        Trouble::say("cli-no-keys").remedy("cli-no-keys-remedy").with("reason", error.to_string())
    };
    let given = config.keys.as_deref().is_some_and(|keys| !keys.trim().is_empty());
    if given && !how.reseal_only {
        return Err(Trouble::say("cli-keys-elsewhere").remedy("cli-keys-elsewhere-remedy"));
    }
    // A rotation that was cut short goes on with the key it had made.
    let resumed = !how.reseal_only && desk.app.key_ids().len() > 1 && desk.app.outdated_seals().await? > 0;
    if !resumed && !how.reseal_only {
        Keyring::renew(&path).map_err(refused)?;
    }
    let done = desk.app.reseal(&desk.actor).await?;
    // Whoever sealed with an old key while this ran is found by a second look.
    let late = desk.app.reseal(&desk.actor).await?;
    let forgot = match how.forget_old && late.unreadable == 0 {
        true => Some(Keyring::keep_first(&path).map_err(refused)?),
        false => None,
    };
    let keys = desk.app.key_ids().len();
    let args: Vec<(&str, Arg)> = vec![
        ("done", (done.done + late.done).into()),
        ("current", done.current.into()),
        ("keys", keys.into()),
        ("count", forgot.map_or(late.unreadable, |gone| u64::try_from(gone).unwrap_or_default()).into()),
    ];
    if desk.json {
        table::json(
            &json!({ "done": done.done + late.done, "unreadable": late.unreadable, "resumed": resumed, "keys": keys }),
        );
        return Ok(());
    }
    let mut lines = Vec::new();
    if resumed {
        lines.push(desk.say("cli-keys-resumed", &[]));
    }
    lines.push(desk.say("cli-keys-rotated", &args));
    if late.unreadable > 0 {
        lines.push(desk.say("cli-keys-unreadable", &args));
    }
    lines.push(desk.say(if forgot.is_some() { "cli-keys-forgot" } else { "cli-keys-kept" }, &args));
    table::line(&lines.join("\n"));
    Ok(())
}
