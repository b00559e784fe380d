//! `sarafan serve --demo`: an owner, a brand and its channels on the sandbox, all made by the ordinary use cases, with
//! the example plan moved to the present. Nothing here can be done only here.

use std::net::Ipv4Addr;
use std::path::Path;

use sarafan_app::brands::NewBrand;
use sarafan_app::channels::{ConnectInput, ConnectView, SlotTime};
use sarafan_app::persons::Password;
use sarafan_app::plan::PlanFile;
use sarafan_app::posts::{PostQuery, When};
use sarafan_app::sessions::{Entry, Visitor};
use sarafan_app::setup::NewOwner;
use sarafan_app::{Actor, App};
use sarafan_connectors::PLAYERS;
use sarafan_domain::id::BrandId;
use sarafan_domain::language::Lang;
use serde::Serialize;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::trouble::{Outcome, Trouble};
use crate::{house, sandbox};

mod plan;
mod visitors;

/// Who owns the demonstration.
const EMAIL: &str = "demo@sarafan.example";
/// Known to everybody: a demonstration has no secrets.
const PASSWORD: &str = "sarafan-demo";
/// Where the port of the sandbox is remembered, so that channels find it again after a restart.
const PORT: &str = "sandbox-port";
/// So many posts of the plan go out at once.
const AT_ONCE: usize = 3;

/// The networks to play with, running.
pub(crate) struct Stage {
    /// `http://127.0.0.1:port`.
    address: String,
}

/// What a person must know.
#[derive(Debug, Serialize)]
pub(crate) struct Shown {
    pub(crate) email: &'static str,
    pub(crate) password: &'static str,
    pub(crate) sandbox: String,
}

impl Stage {
    /// Starts the networks on a free port of this machine and lets Sarafan speak to it.
    ///
    /// # Errors
    /// Where no port can be had, or the data folder cannot be written.
    pub(crate) async fn open(config: &mut Config) -> Outcome<Self> {
        house::folder(&config.data)?;
        let listener = port(&config.data.join(PORT)).await?;
        let place = listener.local_addr().map_err(|error| unwritable(&config.data, &error))?;
        std::fs::write(config.data.join(PORT), place.port().to_string())
            .map_err(|error| unwritable(&config.data, &error))?;
        config.allow_private.push(place.to_string());
        tokio::spawn(sandbox::serve(listener, std::future::pending()));
        Ok(Self { address: format!("http://{place}") })
    }
}

/// The port of last time, or a free one.
async fn port(kept: &Path) -> Outcome<TcpListener> {
    let last = std::fs::read_to_string(kept).ok().and_then(|text| text.trim().parse::<u16>().ok());
    if let Some(last) = last
        && let Ok(listener) = TcpListener::bind((Ipv4Addr::LOCALHOST, last)).await
    {
        return Ok(listener);
    }
    crate::serve::listen("127.0.0.1:0").await
}

fn unwritable(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::say("cli-unwritable").with("file", path.display().to_string()).with("reason", error.to_string())
}

/// Makes what is missing of the demonstration; the posts come a little later by themselves.
///
/// # Errors
/// Where the data folder holds another installation; else those of the use cases.
pub(crate) async fn fill(app: &App, stage: &Stage, lang: Lang) -> Outcome<Shown> {
    let actor = owner(app, lang).await?;
    let brand = match app.list_brands(&actor).await?.first() {
        Some(brand) => brand.id,
        None => app.create_brand(&actor, studio(app, lang)).await?.brief.id,
    };
    connect(app, &actor, brand, &stage.address).await?;
    let written = app.list_posts(&actor, brand, PostQuery { limit: Some(1), ..PostQuery::default() }).await?;
    if written.items.is_empty() {
        // The pictures of the plan take a while; nobody waits for them.
        let (app, actor) = (app.clone(), actor.clone());
        tokio::spawn(async move {
            if let Err(error) = write(&app, &actor, brand).await {
                tracing::error!(?error, "the example plan could not be imported");
            }
        });
    }
    tokio::spawn(visitors::come(stage.address.clone()));
    Ok(Shown { email: EMAIL, password: PASSWORD, sandbox: stage.address.clone() })
}

/// The owner of the demonstration, made where nobody is yet.
async fn owner(app: &App, lang: Lang) -> Outcome<Actor> {
    if app.setup_state().await?.needs_owner {
        let name = app.texts().say(lang, "cli-demo-owner", &[]);
        let new = NewOwner { email: EMAIL.to_owned(), name, password: Password::new(PASSWORD), language: lang };
        app.make_owner_at_command_line(new).await?;
    }
    let signed_in = app.sign_in(EMAIL, Password::new(PASSWORD), &Visitor::default()).await;
    let Ok(Entry::In(_, token)) = signed_in else {
        return Err(Trouble::say("cli-demo-refused").remedy("cli-demo-refused-remedy"));
    };
    let (actor, _) = app.actor(token.expose()).await?;
    app.sign_out(token.expose()).await?;
    Ok(actor)
}

fn studio(app: &App, lang: Lang) -> NewBrand {
    let (time_zone, country) = match lang {
        Lang::En => ("Europe/London", "GB"),
        Lang::Ru => ("Europe/Moscow", "RU"),
        Lang::Pl => ("Europe/Warsaw", "PL"),
    };
    NewBrand {
        name: app.texts().say(lang, "cli-demo-brand", &[]),
        language: lang.code().to_owned(),
        time_zone: time_zone.to_owned(),
        country: country.to_owned(),
    }
}

/// Connects one channel per network; one that is connected already is connected again.
async fn connect(app: &App, actor: &Actor, brand: BrandId, sandbox: &str) -> Outcome {
    for player in PLAYERS {
        let fields = player.form(&format!("{sandbox}/{}", player.id()));
        let input = ConnectInput { network: player.id().to_owned(), fields };
        let mut view = app.connect_channel(actor, brand, input).await?;
        if let ConnectView::Choose { choose, connect_id } = &view
            && let Some(first) = choose.first()
        {
            view = app.choose_channel(actor, brand, *connect_id, &first.external_id).await?;
        }
        if let ConnectView::Connected { connected } = view
            && connected.slots.is_empty()
        {
            app.set_slots(actor, brand, connected.id, timetable()).await?;
        }
    }
    Ok(())
}

/// Three times on weekdays, once on the others.
fn timetable() -> Vec<SlotTime> {
    let times = |weekday: i8| if weekday <= 5 { vec!["09:30", "13:00", "18:30"] } else { vec!["12:00"] };
    let slot = |weekday, time: &str| SlotTime { weekday, time: time.to_owned() };
    (1..=7).flat_map(|weekday| times(weekday).into_iter().map(move |time| slot(weekday, time))).collect()
}

/// Imports the example plan and sends its first posts.
async fn write(app: &App, actor: &Actor, brand: BrandId) -> Outcome {
    let Some(file) = plan::moved(app.now()) else {
        return Ok(());
    };
    tracing::info!("filling the demonstration with the example plan");
    let file = PlanFile { bytes: file.into(), media: plan::media(), ..PlanFile::default() };
    let report = app.import_plan(actor, brand, file, false).await?;
    let scheduled = report.rows.iter().filter(|row| row.result.as_deref() == Some("scheduled"));
    for id in scheduled.filter_map(|row| row.post).take(AT_ONCE) {
        let version = app.post(actor, brand, id).await?.version;
        app.schedule_post(actor, brand, id, version, When::Now, None).await?;
    }
    Ok(())
}
