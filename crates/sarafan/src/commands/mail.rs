//! `sarafan mail`: does the way out for letters work?

use clap::Subcommand;

use super::Desk;
use crate::trouble::Outcome;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Mail a letter to this address at once and say what the server says
    #[command(
        long_about = "Mail a letter to this address at once and say what the server says. Settings: mail, mail_password \
            and mail_from; see docs/configuration.md.",
        after_help = "Example:\n  \
            SARAFAN_MAIL=smtp://sarafan@mail.example.org SARAFAN_MAIL_PASSWORD=… sarafan mail test anna@example.org"
    )]
    Test {
        /// For whom
        #[arg(value_name = "ADDRESS")]
        to: String,
    },
}

pub(crate) async fn run(desk: &Desk, command: Command) -> Outcome {
    let Command::Test { to } = command;
    let sent = desk.app.test_mail(&desk.actor, &to).await?;
    desk.show(&sent, || {
        let args = [("server", sent.server.as_str().into()), ("to", sent.to.as_str().into())];
        desk.say("cli-mail-sent", &args) + "\n"
    });
    Ok(())
}
