//! `sarafan brand`: brands.

use std::path::PathBuf;

use clap::Subcommand;
use sarafan_app::brands::NewBrand;
use sarafan_app::moves::{ImportedBrand, MoveView};
use sarafan_domain::problem::Arg;

use super::Desk;
use crate::args::OfBrand;
use crate::trouble::Outcome;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make a brand with the standard rubrics
    #[command(
        long_about = "Make a brand with the standard rubrics. The owner who was made last becomes its owner.",
        after_help = "Examples:\n  \
            sarafan brand create \"Зерно и пар\" --language ru --time-zone Europe/Moscow --country RU\n  \
            sarafan brand create Ziarno --language pl --time-zone Europe/Warsaw --country PL --json"
    )]
    Create {
        /// As people call it
        name: String,
        /// Language its posts are written in: ru, pl, en or another
        #[arg(long)]
        language: String,
        /// Zone of its calendar, by its IANA name
        #[arg(long, value_name = "ZONE")]
        time_zone: String,
        /// Its country in two letters, for holidays
        #[arg(long)]
        country: String,
    },
    /// List the brands
    List,
    /// Make a member the only owner of a brand
    #[command(
        long_about = "Make a member the only owner of a brand; who owned it before stays as a manager. For the day on which \
            no owner can be reached.",
        after_help = "Example:\n  sarafan brand transfer \"Зерно и пар\" --to anna@zerno.example"
    )]
    Transfer {
        /// The brand, by its name or id [default: the only one]
        brand: Option<String>,
        /// E-mail address of the member
        #[arg(long, value_name = "E-MAIL")]
        to: String,
    },
    /// Write everything of a brand into one file, for another installation
    #[command(
        long_about = "Write everything of a brand into one file, for another installation: posts with their history, \
            deliveries, library, numbers, comments, people and the log, but nothing that opens a channel. See \
            docs/moving.md; the whole installation goes by `sarafan backup`.",
        after_help = "Example:\n  \
            sarafan brand export zerno.tar --brand \"Зерно и пар\""
    )]
    Export {
        /// The file; it must not be there yet
        file: PathBuf,
        #[command(flatten)]
        brand: OfBrand,
    },
    /// Bring a brand in from a file that another installation wrote
    #[command(
        long_about = "Bring a brand in from a file that another installation wrote. It is checked as a whole first. The \
            brand arrives paused, its channels are to be connected again, and what was still to be sent is held until \
            somebody says so: nothing is sent twice. See docs/moving.md.",
        after_help = "Examples:\n  \
            sarafan brand import zerno.tar --dry-run\n  \
            sarafan brand import zerno.tar"
    )]
    Import {
        /// The file
        file: PathBuf,
        /// Only say what would be here and what is wrong; save nothing
        #[arg(long)]
        dry_run: bool,
    },
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    match command {
        Command::Create { name, language, time_zone, country } => {
            let brand = desk.app.create_brand(&desk.actor, NewBrand { name, language, time_zone, country }).await?;
            desk.show(&brand, || {
                let id = brand.brief.id.to_string();
                desk.say("cli-brand-made", &[("name", brand.brief.name.as_str().into()), ("id", id.into())]) + "\n"
            });
        }
        Command::Transfer { brand, to } => {
            let brand = desk.brand(brand.as_deref()).await?;
            let members = desk.app.transfer_brand_at_command_line(&desk.actor, brand, &to).await?;
            desk.show(&members, || desk.say("cli-brand-transferred", &[("email", to.as_str().into())]) + "\n");
        }
        Command::Export { file, brand } => {
            let brand = desk.brand(brand.brand.as_deref()).await?;
            let view = desk.app.export_brand(&desk.actor, brand, &file).await?;
            desk.show(&view, || desk.say("cli-brand-exported", &about(&view)) + "\n");
        }
        Command::Import { file, dry_run: true } => {
            let would = desk.app.rehearse_import(&desk.actor, &file).await?;
            desk.show(&would, || {
                ["cli-brand-whole", "cli-brand-would", "cli-brand-saved-nothing"]
                    .map(|key| desk.say(key, &arrival(&would)))
                    .join("\n")
                    + "\n"
            });
        }
        Command::Import { file, dry_run: false } => {
            let done = desk.app.import_brand(&desk.actor, &file).await?;
            desk.show(&done, || {
                let args = arrival(&done);
                ["cli-brand-imported", "cli-brand-imported-next"].map(|key| desk.say(key, &args)).join("\n") + "\n"
            });
        }
        Command::List => {
            let all = desk.app.list_brands(&desk.actor).await?;
            desk.show(&all, || {
                let mut table = desk.table(&[
                    "cli-head-id",
                    "cli-head-name",
                    "cli-head-language",
                    "cli-head-zone",
                    "cli-head-state",
                ]);
                for brand in &all {
                    let state = if brand.paused { "cli-state-paused" } else { "cli-state-ok" };
                    table.row([
                        brand.id.to_string(),
                        brand.name.clone(),
                        brand.language.clone(),
                        brand.time_zone.clone(),
                        desk.say(state, &[]),
                    ]);
                }
                table.text()
            });
        }
    }
    Ok(())
}

fn arrival(brand: &ImportedBrand) -> Vec<(&'static str, Arg)> {
    let mut args = about(&brand.view);
    args.extend([
        ("held", brand.held.into()),
        ("channels", brand.reconnect.len().into()),
        ("people", brand.newcomers.len().into()),
    ]);
    args
}

fn about(view: &MoveView) -> Vec<(&'static str, Arg)> {
    vec![
        ("name", view.name.as_str().into()),
        ("posts", view.posts.into()),
        ("files", view.files.into()),
        ("megabytes", view.file_bytes.div_ceil(1024 * 1024).into()),
        ("at", view.made_at.as_str().into()),
    ]
}
