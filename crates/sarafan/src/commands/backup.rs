//! `sarafan backup` and `sarafan restore`. A back-up is read to its end before anything here is opened or made.

use std::path::PathBuf;

use clap::Args;
use sarafan_app::backup::{self, BackupView, LockedKeys, Restore, Restored, Target, Whole};
use sarafan_app::persons::Password;
use sarafan_app::{Actor, App};
use sarafan_domain::language::Lang;
use sarafan_domain::problem::Arg;
use sarafan_domain::time::Timestamp;
use sarafan_store::secrets::Secret;
use serde_json::json;

use super::{Desk, secret_input};
use crate::config::Config;
use crate::house;
use crate::trouble::{Outcome, Trouble};

/// How to back up.
#[derive(Debug, Args)]
pub(crate) struct BackupArgs {
    /// The file to make; one that exists is never overwritten
    file: PathBuf,
    /// Put the keys of the credentials into it too, under a passphrase: the first line of standard input
    #[arg(long)]
    with_keys: bool,
}

/// How to restore.
#[derive(Debug, Args)]
pub(crate) struct RestoreArgs {
    /// The back-up
    file: PathBuf,
    /// Only read the back-up to its end and say what is in it
    #[arg(long)]
    dry_run: bool,
    /// There is an installation already: everything in it goes
    #[arg(long)]
    replace_everything: bool,
    /// Take the keys of the credentials from the back-up; their passphrase is the first line of standard input
    #[arg(long)]
    with_keys: bool,
    /// Also hold what is due later, until somebody has looked at each
    #[arg(long)]
    hold_all: bool,
}

/// Makes a back-up.
pub(crate) async fn back_up(desk: &Desk, config: &Config, args: &BackupArgs) -> Outcome {
    let keys = match args.with_keys {
        true => Some(LockedKeys::lock(&house::keys_text(config)?, &passphrase(&desk.app, desk.actor.language)?)?),
        false => None,
    };
    let made = desk.app.back_up(&args.file, keys).await?;
    desk.show(&made, || {
        let mut lines = vec![said(desk, "backup-made", &made, args)];
        if made.missing_files + made.changed_files > 0 {
            lines.push(said(desk, "backup-made-files", &made, args));
        }
        lines.push(desk.say(if made.has_keys { "backup-made-keys" } else { "backup-made-no-keys" }, &[]));
        lines.join("\n") + "\n"
    });
    Ok(())
}

fn said(desk: &Desk, key: &str, made: &BackupView, args: &BackupArgs) -> String {
    let mut all = about(made);
    all.push(("file", args.file.display().to_string().into()));
    desk.say(key, &all)
}

fn about(view: &BackupView) -> Vec<(&'static str, Arg)> {
    vec![
        ("rows", view.rows.into()),
        ("files", view.files.into()),
        ("megabytes", view.bytes.div_ceil(1024 * 1024).into()),
        ("missing", view.missing_files.into()),
        ("changed", view.changed_files.into()),
        ("at", view.made_at.as_str().into()),
        ("version", view.version.as_str().into()),
    ]
}

/// Puts a back-up back. `opened` holds the use cases once they stand.
pub(crate) async fn restore(
    config: &Config,
    args: &RestoreArgs,
    lang: Lang,
    as_json: bool,
    opened: &mut Option<App>,
) -> Outcome {
    let whole = backup::check(&args.file, Timestamp::now()).await?;
    let view = whole.view();
    let texts = sarafan_app::texts::Texts::load(sarafan_connectors::registry())
        .map_err(|error| Trouble::say("cli-broken").with("reason", error.to_string()))?;
    if args.dry_run {
        if as_json {
            crate::table::json(&view);
        } else {
            let mut lines = vec![texts.say(lang, "restore-whole", &about(&view))];
            lines.push(texts.say(lang, if view.has_keys { "restore-has-keys" } else { "restore-no-keys" }, &[]));
            crate::table::line(&lines.join("\n"));
        }
        return Ok(());
    }
    let keys = if args.with_keys { Some(unlocked(&whole, &texts, lang)?) } else { None };
    let target = if args.replace_everything { Target::Anything } else { Target::Empty };
    let mut house = house::open(config, config.public_address(&config.listen), false).await?;
    *opened = Some(house.app.clone());
    house.app.may_restore(target).await?;
    if let Some(keys) = keys {
        // They are there before anything needs them: a key too many does no harm.
        house.close().await;
        house::add_keys(config, &keys)?;
        house = house::open(config, config.public_address(&config.listen), false).await?;
        *opened = Some(house.app.clone());
    }
    let how = Restore { target, hold_all: args.hold_all, scratch: config.data.clone() };
    let done = house.app.restore(&Actor::command_line(lang), &whole, how).await?;
    let desk = Desk::new(house.app.clone(), lang, as_json);
    let has_key = house.app.has_key_of(&view.key_ids);
    desk.show(&json!({ "restored": done, "has_key": has_key }), || story(&desk, &done, view.has_keys));
    house.close().await;
    Ok(())
}

/// What was put back and what a person does now.
fn story(desk: &Desk, done: &Restored, has_keys: bool) -> String {
    let args: Vec<(&str, Arg)> = vec![
        ("at", done.made_at.as_str().into()),
        ("rows", done.rows.into()),
        ("files", done.files.into()),
        ("missing", done.missing_files.into()),
        ("unknown", done.unknown.into()),
        ("scheduled", done.scheduled.into()),
        ("channels", done.reconnect.len().into()),
    ];
    let mut lines = vec![desk.say("restore-done", &args)];
    if done.missing_files > 0 {
        lines.push(desk.say("restore-missing", &args));
    }
    lines.push(desk.say("restore-paused", &args));
    if done.unknown > 0 {
        lines.push(desk.say("restore-unknown", &args));
    }
    if !done.reconnect.is_empty() {
        lines.push(desk.say("restore-reconnect", &args));
        let names = done.reconnect.iter().map(|lost| format!("  {}: {}, {}", lost.brand, lost.network, lost.channel));
        lines.extend(names);
        if has_keys {
            lines.push(desk.say("restore-use-keys", &[]));
        }
    }
    lines.join("\n") + "\n"
}

fn unlocked(whole: &Whole, texts: &sarafan_app::texts::Texts, lang: Lang) -> Outcome<Secret> {
    let keys = whole.keys().ok_or_else(|| Trouble::say("restore-without-keys").usage())?;
    Ok(keys.unlock(&Password::new(secret_input(&texts.say(lang, "backup-passphrase", &[]))?))?)
}

fn passphrase(app: &App, lang: Lang) -> Outcome<Password> {
    Ok(Password::new(secret_input(&app.texts().say(lang, "backup-passphrase", &[]))?))
}
