//! `sarafan serve` and `sarafan work`: the parts that run until somebody stops them.

use std::time::Duration;

use sarafan_app::App;
use sarafan_app::notices::Silence;
use sarafan_app::worker::Worker;
use sarafan_domain::language::Lang;
use sarafan_domain::problem::Arg;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::args::ServeArgs;
use crate::config::Config;
use crate::house::{self, House};
use crate::telemetry::Watched;
use crate::trouble::{Outcome, Trouble};
use crate::{demo, stop, table};

/// Workers are looked at this often.
const LOOK: Duration = Duration::from_secs(5);
/// After a worker broke off, so long until the next one begins.
const AGAIN: Duration = Duration::from_secs(1);

/// Serves until it is stopped.
///
/// # Errors
/// An address that cannot be listened on, or an installation that cannot be opened.
pub(crate) async fn serve(
    mut config: Config,
    args: &ServeArgs,
    lang: Lang,
    as_json: bool,
    opened: &mut Option<App>,
) -> Outcome {
    // The port comes first: when somebody listens there already, nothing else has happened yet.
    let listener = listen(&config.listen).await?;
    let address = listener.local_addr().map_err(|error| cannot_listen(&config.listen, &error))?;
    let watched = Watched::open(&config).await?;
    let public = config.public_address(&address.to_string());
    let stage = if args.demo { Some(demo::Stage::open(&mut config).await?) } else { None };
    let house = house::open(&config, public.clone(), args.demo).await?;
    let app = house.app.clone();
    *opened = Some(app.clone());
    let rates =
        sarafan_web::Rates { token: config.rate_token, session: config.rate_session, address: config.rate_address };
    let settings = sarafan_web::Settings { behind_proxy: config.behind_proxy, rates };
    let (stop, stopping) = watch::channel(false);
    let router = sarafan_web::router(app.clone(), settings, stopping.clone())
        .map_err(|error| Trouble::say("cli-bad-public-url").with("reason", error.to_string()).usage())?;
    let metrics = watched.as_ref().map(Watched::address);
    if let Some(watched) = watched {
        watched.serve(app.clone(), stopping.clone());
    }
    let server = tokio::spawn(sarafan_web::serve(listener, router, stopping.clone()));
    // Channels of the demonstration are connected before anything is sent to them.
    let shown = match &stage {
        Some(stage) => Some(demo::fill(&app, stage, lang).await?),
        None => None,
    };
    let watch = tokio::spawn(watch(app.clone(), stopping.clone()));
    let worker = (!args.web).then(|| tokio::spawn(keep_working(app.clone(), stopping.clone())));
    let places = Places { public: &public, metrics: metrics.as_deref() };
    greet(&app, &places, shown.as_ref(), lang, as_json).await?;
    stop::asked().await;
    tracing::info!("stopping");
    let _ = stop.send(true);
    if let Err(error) = server.await {
        tracing::error!(%error, "the server broke off");
    }
    if let Err(error) = watch.await {
        tracing::error!(%error, "the workers are not watched any more");
    }
    finish(house, worker).await
}

/// Looks whether the workers work: where none lives, only who serves pages can tell.
async fn watch(app: App, mut stopping: watch::Receiver<bool>) {
    let silence = Silence::new(app.now());
    while !*stopping.borrow() {
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            _ = stopping.changed() => return,
        }
        if let Err(error) = silence.look(&app).await {
            tracing::warn!(%error, "nobody knows whether the workers work");
        }
    }
}

/// Sends what is due until it is stopped.
///
/// # Errors
/// An installation that cannot be opened.
pub(crate) async fn work(config: &Config, lang: Lang, as_json: bool) -> Outcome {
    let watched = Watched::open(config).await?;
    let metrics = watched.as_ref().map(Watched::address);
    let house = house::open(config, config.public_address(&config.listen), false).await?;
    let (stop, stopping) = watch::channel(false);
    if let Some(watched) = watched {
        watched.serve(house.app.clone(), stopping.clone());
    }
    let worker = tokio::spawn(keep_working(house.app.clone(), stopping));
    if as_json {
        table::line(&json!({ "event": "working", "metrics": metrics }).to_string());
    } else {
        table::line(&house.app.texts().say(lang, "cli-working", &[]));
        watching(&house.app, metrics.as_deref(), lang);
    }
    stop::asked().await;
    tracing::info!("stopping");
    let _ = stop.send(true);
    finish(house, Some(worker)).await
}

/// A worker, and another one should it break off by a mistake of ours: what it held comes back when its leases end.
async fn keep_working(app: App, stopping: watch::Receiver<bool>) {
    while !*stopping.borrow() {
        match tokio::spawn(Worker::new(app.clone()).run(stopping.clone())).await {
            Ok(()) => return,
            Err(error) => tracing::error!(%error, "the worker broke off; another one begins"),
        }
        tokio::time::sleep(AGAIN).await;
    }
}

/// What is being sent is finished; then everything is written down.
async fn finish(house: House, worker: Option<tokio::task::JoinHandle<()>>) -> Outcome {
    if let Some(worker) = worker
        && let Err(error) = worker.await
    {
        tracing::error!(%error, "the worker broke off");
    }
    house.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// Listens on an address.
///
/// # Errors
/// Where it cannot be had, with what helps.
pub(crate) async fn listen(address: &str) -> Outcome<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| cannot_listen(address, &error))
}

fn cannot_listen(address: &str, error: &std::io::Error) -> Trouble {
    Trouble::say("cli-cannot-listen")
        .remedy("cli-cannot-listen-remedy")
        .with("address", address)
        .with("reason", error.to_string())
}

/// Where it is served.
struct Places<'a> {
    public: &'a str,
    metrics: Option<&'a str>,
}

/// Says where machines can watch.
fn watching(app: &App, metrics: Option<&str>, lang: Lang) {
    if let Some(address) = metrics {
        table::line(&app.texts().say(lang, "cli-watched", &[("address", address.into())]));
    }
}

/// Says where it is, and how to come in.
async fn greet(app: &App, places: &Places<'_>, demo: Option<&demo::Shown>, lang: Lang, as_json: bool) -> Outcome {
    let (address, metrics) = (places.public, places.metrics);
    let link = if demo.is_some() { None } else { app.setup_link().await? };
    if as_json {
        let greeting =
            json!({ "event": "listening", "address": address, "metrics": metrics, "setup": link, "demo": demo });
        table::line(&greeting.to_string());
        return Ok(());
    }
    let say = |key, args: &[(&str, Arg)]| table::line(&app.texts().say(lang, key, args));
    say("cli-serving", &[("address", address.into())]);
    watching(app, metrics, lang);
    if let Some(link) = link {
        say("cli-setup-link", &[("link", link.into())]);
    }
    if let Some(demo) = demo {
        say("cli-demo-sign-in", &[("email", demo.email.into()), ("password", demo.password.into())]);
        say("cli-demo-sandbox", &[("address", demo.sandbox.as_str().into())]);
    }
    Ok(())
}
