//! `sarafan owner`: people who own this installation.

use clap::Subcommand;
use sarafan_app::persons::Password;
use sarafan_app::setup::NewOwner;
use sarafan_domain::language::Lang;

use super::{Desk, secret_input};
use crate::trouble::{Outcome, Trouble};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make an owner; the password comes by standard input
    #[command(
        long_about = "Make an owner, who may make brands and do everything in them. The password is the first line of \
            standard input.",
        after_help = "Examples:\n  \
            sarafan owner create --email anna@zerno.example --name Анна < password.txt\n  \
            printf '%s' \"$PASSWORD\" | sarafan owner create --email anna@zerno.example --json"
    )]
    Create {
        /// E-mail address; signing in needs it
        #[arg(long, value_name = "E-MAIL")]
        email: String,
        /// The name others see [default: the first part of the e-mail address]
        #[arg(long)]
        name: Option<String>,
        /// Language of their pages: en, ru or pl [default: that of the command line]
        #[arg(long, value_name = "LANG")]
        language: Option<String>,
    },
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    let Command::Create { email, name, language } = command;
    let language = match language {
        None => desk.actor.language,
        Some(text) => Lang::parse(&text).ok_or_else(|| Trouble::say("cli-bad-word").with("word", text).usage())?,
    };
    let password = Password::new(secret_input(&desk.say("cli-owner-password", &[]))?);
    let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or_default().to_owned());
    let person = desk.app.make_owner_at_command_line(NewOwner { email, name, password, language }).await?;
    desk.show(&person, || {
        desk.say("cli-owner-made", &[("email", person.email.as_str().into()), ("name", person.name.as_str().into())])
            + "\n"
    });
    Ok(())
}
