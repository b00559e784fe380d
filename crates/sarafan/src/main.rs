//! The house: commands, configuration, wiring and the log. What the commands do is in `app`.

use std::process::ExitCode;

use clap::Parser;
use sarafan_app::App;
use sarafan_app::texts::Texts;
use sarafan_domain::language::Lang;

use crate::args::{Cli, Command};
use crate::commands::Desk;
use crate::config::Config;
use crate::trouble::{Outcome, Trouble};

mod args;
mod commands;
mod config;
mod demo;
mod docs;
mod house;
mod sandbox;
mod serve;
mod stop;
mod table;
mod telemetry;
mod trouble;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    small_pages();
    let cli = Cli::parse();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // Whoever reads from SQLite stands on a thread of the runtime meanwhile: there are as many more.
    let threads = cores + sarafan_store::SQLITE_READERS;
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(1);
        }
    };
    runtime.block_on(run(cli))
}

/// Asks the system for memory in small pages: the allocator's blocks would come in huge ones, and an idle program would
/// hold nearly twice the heap it uses. Nothing depends on it.
fn small_pages() {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

async fn run(cli: Cli) -> ExitCode {
    let as_json = cli.json;
    let flags = cli.flags();
    let config = match config::load(cli.config.as_deref(), &flags) {
        Ok(config) => config,
        Err(bad) => return fail(bad.into(), None, language(flags.lang.as_deref()), as_json),
    };
    let lang = language(config.lang.as_deref());
    let runs_on = matches!(cli.command, Command::Serve(_) | Command::Work(_) | Command::Sandbox(_));
    telemetry::start(&config, !runs_on);
    let mut opened = None;
    if let Command::Doctor(args) = &cli.command {
        return match commands::doctor::run(&config, args, lang, as_json, &mut opened).await {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            Err(trouble) => fail(trouble, opened.as_ref(), lang, as_json),
        };
    }
    match command(cli, config, lang, &mut opened).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => fail(trouble, opened.as_ref(), lang, as_json),
    }
}

/// Runs the command. `opened` holds the use cases once they stand, so that a refusal can be told in words.
async fn command(cli: Cli, config: Config, lang: Lang, opened: &mut Option<App>) -> Outcome {
    let command = match cli.command {
        Command::Serve(args) => return serve::serve(config, &args, lang, cli.json, opened).await,
        Command::Work(_) => return serve::work(&config, lang, cli.json).await,
        Command::Sandbox(args) => return sandbox::run(&args.listen, lang, cli.json).await,
        Command::Restore(args) => return commands::backup::restore(&config, &args, lang, cli.json, opened).await,
        Command::Mcp => return commands::mcp::run(&config, opened).await,
        Command::Openapi => {
            table::json(&sarafan_web::document());
            return Ok(());
        }
        Command::Docs(args) => return docs::run(args.check),
        other => other,
    };
    let house = house::open(&config, config.public_address(&config.listen), false).await?;
    *opened = Some(house.app.clone());
    let desk = Desk::new(house.app.clone(), lang, cli.json);
    let done = match command {
        Command::Owner(command) => commands::owner::run(&desk, command).await,
        Command::Person(command) => commands::person::run(&desk, command).await,
        Command::Brand(command) => commands::brand::run(&desk, command).await,
        Command::Member(command) => commands::member::run(&desk, command).await,
        Command::Channel(command) => commands::channel::run(&desk, command).await,
        Command::Plan(command) => commands::plan::run(&desk, command).await,
        Command::Post(command) => commands::post::run(&desk, command).await,
        Command::Approval(command) => commands::approval::run(&desk, command).await,
        Command::Delivery(command) => commands::delivery::run(&desk, command).await,
        Command::Mail(command) => commands::mail::run(&desk, command).await,
        Command::Note(command) => commands::note::run(&desk, command).await,
        Command::Task(command) => commands::task::run(&desk, command).await,
        Command::Stats(command) => commands::stats::run(&desk, command).await,
        Command::Audit(command) => commands::audit::run(&desk, command).await,
        Command::Webhook(command) => commands::webhook::run(&desk, command).await,
        Command::Token(command) => commands::token::run(&desk, command).await,
        Command::Keys(command) => commands::keys::run(&desk, &config, command).await,
        Command::Backup(args) => commands::backup::back_up(&desk, &config, &args).await,
        Command::Serve(_)
        | Command::Work(_)
        | Command::Sandbox(_)
        | Command::Restore(_)
        | Command::Doctor(_)
        | Command::Mcp
        | Command::Openapi
        | Command::Docs(_) => Ok(()),
    };
    house.close().await;
    done
}

/// Tells what went wrong and gives the exit code.
fn fail(trouble: Trouble, app: Option<&App>, lang: Lang, as_json: bool) -> ExitCode {
    let code = trouble.code();
    match app.map(App::texts) {
        Some(texts) => trouble.tell(app, texts, lang, as_json),
        None => match Texts::load(sarafan_connectors::registry()) {
            Ok(texts) => trouble.tell(None, &texts, lang, as_json),
            Err(error) => eprintln!("{error}"),
        },
    }
    code
}

/// The language of answers: as said, else that of the machine, else English.
fn language(said: Option<&str>) -> Lang {
    let mut machine = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let machine = machine.find(|value| !value.is_empty());
    said.or(machine.as_deref()).and_then(Lang::parse).unwrap_or_default()
}
