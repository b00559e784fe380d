//! `sarafan brand`: brands.

use clap::Subcommand;
use sarafan_app::brands::NewBrand;

use super::Desk;
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
