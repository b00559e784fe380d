//! `/brands/{brand}/events`: what happens in a brand, as it happens (server-sent events).
//!
//! A message of `app` only names what changed. Each is looked up with the listener's own rights before it is told, so
//! a stream ends by itself with the session or the membership. A listener that is too slow is let go; the browser
//! connects again and loads what it shows.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::response::sse::{Event as Sent, KeepAlive, Sse};
use futures::Stream;
use sarafan_app::live::{Event, Message};
use sarafan_app::{Actor, App, AppError};
use sarafan_domain::id::BrandId;
use serde::Serialize;
use serde_json::json;
use tokio::sync::{broadcast, watch};
use tokio::time::Interval;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::Web;
use crate::body::Path;
use crate::problem::Answer;
use crate::session::{Pass, Signed};

/// The state of the machine is told this often, the first time at once.
const HEALTH: Duration = Duration::from_secs(10);

/// A comment is sent this often, so that proxies do not close a quiet line.
const ALIVE: Duration = Duration::from_secs(15);

pub(super) fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new().routes(routes!(events))
}

/// What happens in a brand: `delivery` with the delivery, `post` with id, state and version, `channel`, `asset` and
/// `task` with the id, `comment` and `note` with the post, `notice`, `import` with its progress, `brand`, and every ten seconds `health`.
#[utoipa::path(get, path = "/brands/{brand}/events", operation_id = "listen", tag = "live",
    params(("brand" = BrandId, Path)),
    responses((status = 200, description = "A stream without end", body = String, content_type = "text/event-stream")))]
async fn events(
    State(web): State<Web>,
    signed: Signed,
    Path(brand): Path<BrandId>,
) -> Answer<Sse<impl Stream<Item = Result<Sent, Infallible>> + use<>>> {
    web.app().brand(&signed.actor, brand).await?;
    let listener = Listener {
        _counted: Counted::new(),
        pass: signed.pass,
        messages: web.app().live().listen(),
        stop: web.stop(),
        tick: tokio::time::interval(HEALTH),
        app: web.app().clone(),
        brand,
    };
    let stream = futures::stream::unfold(listener, |mut listener| async move {
        let next = listener.next().await?;
        Some((Ok(next), listener))
    });
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(ALIVE)))
}

/// Counts an open stream for as long as it lives.
struct Counted;

impl Counted {
    fn new() -> Self {
        metrics::gauge!("sarafan_live_listeners").increment(1.0);
        Self
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("sarafan_live_listeners").decrement(1.0);
    }
}

struct Listener {
    _counted: Counted,
    app: App,
    pass: Pass,
    brand: BrandId,
    messages: broadcast::Receiver<Message>,
    stop: watch::Receiver<bool>,
    tick: Interval,
}

enum Woken {
    Message(Event),
    Tick,
    Other,
    End,
}

impl Listener {
    /// The next event, or `None` when the stream is over.
    async fn next(&mut self) -> Option<Sent> {
        loop {
            let woken = tokio::select! {
                message = self.messages.recv() => match message {
                    Ok((brand, event)) if brand == self.brand => Woken::Message(event),
                    Ok(_) => Woken::Other,
                    Err(_) => Woken::End,
                },
                _ = self.tick.tick() => Woken::Tick,
                _ = self.stop.wait_for(|stop| *stop) => Woken::End,
            };
            let told = match woken {
                Woken::Other => continue,
                Woken::End => return None,
                Woken::Tick => self.health().await,
                Woken::Message(event) => self.tell(event).await,
            };
            match told {
                Ok(Some(sent)) => return Some(sent),
                Ok(None) => {}
                // Signed out, or no longer a member.
                Err(_) => return None,
            }
        }
    }

    async fn actor(&self) -> Result<Actor, AppError> {
        Ok(self.pass.clone().signed(&self.app).await?.actor)
    }

    async fn health(&self) -> Result<Option<Sent>, AppError> {
        self.app.brand(&self.actor().await?, self.brand).await?;
        Ok(sent("health", &self.app.health().await?))
    }

    async fn tell(&self, event: Event) -> Result<Option<Sent>, AppError> {
        let (actor, brand) = (self.actor().await?, self.brand);
        match event {
            Event::Delivery { id, .. } => match self.app.delivery(&actor, brand, id).await {
                Ok(detail) => Ok(sent("delivery", &detail.delivery)),
                Err(error) => self.gone(&actor, error).await.map(|()| None),
            },
            Event::Post { id } => match self.app.post(&actor, brand, id).await {
                Ok(post) => Ok(sent("post", &json!({ "id": id, "state": post.state, "version": post.version }))),
                Err(error) => {
                    self.gone(&actor, error).await?;
                    Ok(sent("post", &json!({ "id": id, "state": "deleted", "version": 0 })))
                }
            },
            Event::Channel { id } => self.plain(&actor, "channel", &json!({ "id": id })).await,
            Event::Comment { post } => self.plain(&actor, "comment", &json!({ "post": post })).await,
            Event::Note { post } => self.plain(&actor, "note", &json!({ "post": post })).await,
            Event::Task { id } => self.plain(&actor, "task", &json!({ "id": id })).await,
            // What somebody else was told is nobody's business.
            Event::Notice { person } if actor.person != Some(person) => Ok(None),
            Event::Notice { .. } => self.plain(&actor, "notice", &json!({})).await,
            Event::Asset { id } => self.plain(&actor, "asset", &json!({ "id": id })).await,
            Event::Import { job, done, total } => {
                self.plain(&actor, "import", &json!({ "job": job, "done": done, "total": total })).await
            }
            Event::Brand {} => self.plain(&actor, "brand", &json!({})).await,
        }
    }

    /// An event that shows nothing but an id still needs the right to see the brand.
    async fn plain(&self, actor: &Actor, name: &str, value: &impl Serialize) -> Result<Option<Sent>, AppError> {
        self.app.brand(actor, self.brand).await?;
        Ok(sent(name, value))
    }

    /// Not found: was it removed, or may the listener no longer see the brand?
    async fn gone(&self, actor: &Actor, error: AppError) -> Result<(), AppError> {
        match error {
            AppError::NotFound => self.app.brand(actor, self.brand).await.map(|_| ()),
            other => Err(other),
        }
    }
}

fn sent(name: &str, value: &impl Serialize) -> Option<Sent> {
    Sent::default().event(name).json_data(value).ok()
}
