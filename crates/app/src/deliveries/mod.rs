//! The queue as people see it, and the one place where a decision about a delivery becomes rows.

use sarafan_domain::approval::Standing;
use sarafan_domain::delivery::{
    self, Decision, Delivery, Due, Effect, Event as DeliveryEvent, Published, Repeat, State, UNAPPROVED,
};
use sarafan_domain::id::{BrandId, ChannelId, DeliveryId, PostId};
use sarafan_domain::member::Action;
use sarafan_domain::post::PostState;
use sarafan_domain::problem::Problem;
use sarafan_domain::time::Timestamp;
use sarafan_domain::webhook::Topic;
use sarafan_store::attempts::AttemptRow;
use sarafan_store::deliveries::{DeliveryFilter, DeliveryRow, Order};
use sarafan_store::{Conn, StoreError, attempts, channels, deliveries as rows, posts};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::jobs as work;
use crate::live::Event;
use crate::view::instant;
use crate::{Actor, App, AppError, webhooks};

mod view;

pub use view::{AttemptView, DeliveryDetail, DeliveryPage, DeliveryView, ReasonView};

/// What to list.
#[derive(Debug, Clone, Default)]
pub struct DeliveryQuery {
    /// Only these states.
    pub states: Vec<State>,
    /// Only this channel.
    pub channel: Option<ChannelId>,
    /// Due at or after.
    pub from: Option<Timestamp>,
    /// Due before.
    pub to: Option<Timestamp>,
    /// What is due last comes first.
    pub latest_first: bool,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// How many; at most 200.
    pub limit: Option<usize>,
}

/// What a person asks of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(tag = "command", rename_all = "snake_case")]
pub enum DeliveryCommand {
    /// Call it off.
    Cancel,
    /// Try again after it was mended.
    Retry,
    /// Do not wait for its time.
    SendNow,
    /// Take it down over there.
    Delete,
    /// Send the changed content over there.
    Update,
    /// It is out; I have looked.
    ResolveSent {
        /// Where it can be seen.
        #[serde(default)]
        url: Option<String>,
        /// The network's id of it, if known.
        #[serde(default)]
        external_id: Option<String>,
    },
    /// It is not out; I have looked.
    ResolveNotSent {
        /// Send it again?
        again: bool,
    },
}

impl DeliveryCommand {
    fn action(&self) -> Action {
        match self {
            Self::Cancel | Self::Retry | Self::SendNow | Self::Update => Action::PostPublish,
            Self::Delete => Action::PostDelete,
            Self::ResolveSent { .. } | Self::ResolveNotSent { .. } => Action::DeliveryResolve,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Cancel => "delivery.cancel",
            Self::Retry => "delivery.retry",
            Self::SendNow => "delivery.send_now",
            Self::Delete => "delivery.delete",
            Self::Update => "delivery.update",
            Self::ResolveSent { .. } => "delivery.resolve_sent",
            Self::ResolveNotSent { .. } => "delivery.resolve_not_sent",
        }
    }
}

impl App {
    /// A page of the queue with the number of deliveries in each state.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a cursor we did not make.
    pub async fn list_deliveries(
        &self,
        actor: &Actor,
        brand: BrandId,
        query: DeliveryQuery,
    ) -> Result<DeliveryPage, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let filter = DeliveryFilter {
            states: query.states,
            channel: query.channel,
            from: query.from,
            to: query.to,
            order: if query.latest_first { Order::DueLast } else { Order::DueFirst },
        };
        let limit = query.limit.unwrap_or(50).clamp(1, 200);
        let (found, next) =
            rows::list(&mut conn, brand, &filter, crate::paging::cursor(query.cursor.as_deref())?, limit).await?;
        let all = channels::some(&mut conn, brand, found.iter().map(|row| row.delivery.channel)).await?;
        let counts = rows::counts(&mut conn, brand).await?;
        Ok(DeliveryPage {
            items: found
                .into_iter()
                .map(|row| {
                    let channel = all.iter().find(|channel| channel.id == row.delivery.channel);
                    self.delivery_view(actor, &row, channel)
                })
                .collect(),
            next: next.map(|next| next.to_string()),
            counts: counts.into_iter().map(|(state, count)| (state.code().to_owned(), count)).collect(),
        })
    }

    /// One delivery with the story of its attempts.
    ///
    /// # Errors
    /// [`AppError::NotFound`], also for another brand's delivery.
    pub async fn delivery(&self, actor: &Actor, brand: BrandId, id: DeliveryId) -> Result<DeliveryDetail, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        self.delivery_detail(&mut conn, actor, brand, id).await
    }

    async fn delivery_detail(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        id: DeliveryId,
    ) -> Result<DeliveryDetail, AppError> {
        let row = rows::get(conn, brand, id).await?;
        let channel = channels::get(conn, brand, row.delivery.channel).await?;
        let history = attempts::of_delivery(conn, brand, id).await?;
        Ok(DeliveryDetail {
            delivery: self.delivery_view(actor, &row, Some(&channel)),
            history: history.into_iter().map(|row| self.attempt_view(actor, row)).collect(),
        })
    }

    /// Does what a person asks of a delivery.
    ///
    /// # Errors
    /// [`AppError::Refused`] where it makes no sense in its state; nothing changes then.
    pub async fn command_delivery(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: DeliveryId,
        command: DeliveryCommand,
    ) -> Result<DeliveryDetail, AppError> {
        self.enter(actor, brand, command.action()).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, command) = (app.clone(), who.clone(), command.clone());
                Box::pin(async move { app.command_in(conn, &who, brand, id, command).await })
            })
            .await?;
        self.wake();
        self.delivery(actor, brand, id).await
    }

    /// What [`App::command_delivery`] would do and answer; nothing changes.
    ///
    /// # Errors
    /// As [`App::command_delivery`].
    pub async fn rehearse_command(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: DeliveryId,
        command: DeliveryCommand,
    ) -> Result<DeliveryDetail, AppError> {
        self.enter(actor, brand, command.action()).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.rehearse(move |conn| {
            let (app, who, command) = (app.clone(), who.clone(), command.clone());
            Box::pin(async move {
                app.command_in(conn, &who, brand, id, command).await?;
                app.delivery_detail(conn, &who, brand, id).await
            })
        })
        .await
    }

    async fn command_in(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        id: DeliveryId,
        command: DeliveryCommand,
    ) -> Result<(), AppError> {
        let row = rows::get(conn, brand, id).await?;
        let delivery = &row.delivery;
        self.within_limit(conn, actor, brand, Action::PostPublish, &[delivery.channel]).await?;
        let code = command.code();
        let event = match command {
            DeliveryCommand::Cancel => DeliveryEvent::Cancel,
            DeliveryCommand::Retry | DeliveryCommand::SendNow => {
                self.must_leave(conn, brand, delivery.post, delivery.channel).await?;
                DeliveryEvent::SendNow
            }
            DeliveryCommand::ResolveSent { url, external_id } => {
                let url = url.filter(|url| !url.trim().is_empty());
                if url.as_ref().is_some_and(|url| !(url.starts_with("https://") || url.starts_with("http://"))) {
                    return Err(Problem::error("link-bad", "url").with("link", url.unwrap_or_default()).into());
                }
                let external_id = external_id.filter(|id| !id.trim().is_empty()).unwrap_or_default();
                DeliveryEvent::ResolvedSent(Published::one(external_id, url))
            }
            DeliveryCommand::ResolveNotSent { again } => DeliveryEvent::ResolvedNotSent { again },
            DeliveryCommand::Delete | DeliveryCommand::Update => {
                if delivery.state != State::Sent {
                    return Err(refused(delivery.state));
                }
                let kind = if command == DeliveryCommand::Delete { work::Kind::TakeDown } else { work::Kind::Update };
                self.can_over_there(conn, delivery, kind).await?;
                if command == DeliveryCommand::Update {
                    self.must_leave(conn, brand, delivery.post, delivery.channel).await?;
                }
                work::put_for(self, conn, delivery, kind, self.now()).await?;
                return record(conn, self, actor, Some(brand), code, &id.to_string(), json!({})).await;
            }
        };
        self.apply(conn, row, event, Some(actor)).await?;
        record(conn, self, actor, Some(brand), code, &id.to_string(), json!({})).await
    }

    /// Refuses what the channel's network does not offer, in words.
    async fn can_over_there(&self, conn: &mut Conn, delivery: &Delivery, kind: work::Kind) -> Result<(), AppError> {
        let channel = channels::get(conn, delivery.brand, delivery.channel).await?;
        let network = self.networks().get(&channel.network).ok_or(AppError::NotFound)?;
        let able = match kind {
            work::Kind::TakeDown => network.delete().is_some(),
            _ => network.edit().is_some(),
        };
        if able {
            Ok(())
        } else {
            let code = if kind == work::Kind::TakeDown { "network-no-delete" } else { "network-no-edit" };
            Err(AppError::Refused(Problem::error(code, "channel").with("network", network.about().title)))
        }
    }

    /// A new delivery with its job.
    pub(crate) async fn new_delivery(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        post: PostId,
        channel: ChannelId,
        due: Due,
    ) -> Result<(), AppError> {
        let delivery = Delivery::new(self.new_id(), brand, post, channel, due);
        rows::insert(conn, &delivery).await?;
        tracing::debug!(delivery = %delivery.id, %post, %channel, "delivery scheduled");
        work::put_for(self, conn, &delivery, work::Kind::Publish, delivery.due.at).await?;
        self.live().tell(brand, Event::Delivery { id: delivery.id, post });
        Ok(())
    }

    /// Lets `domain` decide and saves what follows, inside the caller's transaction. The caller that holds the job of
    /// this delivery settles it from `delivery.next_at`; everybody else has the job put here.
    pub(crate) async fn apply(
        &self,
        conn: &mut Conn,
        row: DeliveryRow,
        event: DeliveryEvent,
        by: Option<&Actor>,
    ) -> Result<(), AppError> {
        let now = self.now();
        let before = row.delivery.state;
        let event = self.unless_in_doubt(conn, &row, event).await?;
        let decision = delivery::decide(row.delivery, event, now).map_err(|error| refused(error.state))?;
        self.save(conn, &decision, row.rev).await?;
        let d = decision.delivery;
        if let Some(at) = d.next_at {
            work::put_for(self, conn, &d, work::Kind::Publish, at).await?;
        }
        if let Some(actor) = by {
            let n = row.attempts + 1;
            let note = AttemptRow {
                brand: d.brand,
                delivery: d.id,
                n,
                step: d.step,
                kind: if before == State::Unknown { work::publish::RESOLVED } else { "by_hand" }.to_owned(),
                started_at: now,
                by: Some(actor.name.clone()),
                ended_at: None,
                outcome: None,
                detail: None,
            };
            attempts::start(conn, &note).await?;
            let outcome = format!("by-hand-{}", d.state.code());
            attempts::end(conn, d.brand, d.id, n, now, &outcome, None).await?;
        }
        let network = match channels::get(conn, d.brand, d.channel).await {
            Ok(channel) => self.network_label(&channel.network),
            Err(_) => "missing",
        };
        crate::measure::moved(network, d.id, before, d.state);
        Ok(())
    }

    /// What may be out already cannot be called off: a network with keys was to be asked again, and somebody must look.
    async fn unless_in_doubt(
        &self,
        conn: &mut Conn,
        row: &DeliveryRow,
        event: DeliveryEvent,
    ) -> Result<DeliveryEvent, AppError> {
        if event != DeliveryEvent::Cancel {
            return Ok(event);
        }
        let channel = channels::get(conn, row.delivery.brand, row.delivery.channel).await?;
        let network = self.networks().get(&channel.network);
        let keys = network.is_some_and(|network| network.about().repeat == Repeat::NativeKey);
        let doubt = keys && work::publish::in_doubt_since(conn, row).await?.is_some();
        Ok(if doubt { DeliveryEvent::CancelInDoubt } else { event })
    }

    /// Saves a decision over revision `rev`, with those of its effects that are rows; the new revision.
    pub(crate) async fn save(&self, conn: &mut Conn, decision: &Decision, rev: i64) -> Result<i64, AppError> {
        let d = &decision.delivery;
        let rev = rows::update(conn, d, rev).await?;
        for effect in &decision.effects {
            match effect {
                Effect::Out => {
                    work::after_out(self, conn, d).await?;
                    self.tell_delivery(conn, Topic::DeliverySent, d).await?;
                }
                Effect::AskReconnect => {
                    if let Some(reason) = &d.reason {
                        crate::channels::mark_reconnect(self, conn, d.brand, d.channel, reason).await?;
                    }
                }
                // Boxed, because a word about an approval may let deliveries go again.
                Effect::AskApproval => Box::pin(self.unapproved_at_due(conn, d.brand, d.post)).await?,
                Effect::BlockChannel => {
                    if let Some(until) = d.next_at {
                        channels::block(conn, d.brand, d.channel, until).await?;
                    }
                }
                Effect::Tell => {
                    crate::notices::post_failed(self, conn, d).await?;
                    match d.state {
                        State::Failed => self.tell_delivery(conn, Topic::DeliveryFailed, d).await?,
                        State::Unknown => self.tell_delivery(conn, Topic::DeliveryUnknown, d).await?,
                        _ => {}
                    }
                }
                Effect::Send | Effect::Refresh | Effect::Look | Effect::Wake => {}
            }
        }
        self.settle_post(conn, d.brand, d.post).await?;
        self.live().tell(d.brand, Event::Delivery { id: d.id, post: d.post });
        Ok(rev)
    }

    /// Writes the state of a post that its deliveries tell.
    pub(crate) async fn settle_post(&self, conn: &mut Conn, brand: BrandId, post: PostId) -> Result<(), AppError> {
        let states: Vec<State> = rows::of_post(conn, brand, post).await?.iter().map(|row| row.delivery.state).collect();
        let standing = match states.as_slice() {
            [] => crate::approvals::standing(conn, brand, post).await?,
            _ => Standing::Draft,
        };
        let state = PostState::of(&states, standing);
        if state == PostState::Sent {
            let row = posts::get(conn, brand, post).await?;
            if row.state != state {
                let data = || json!({ "brand": brand, "post": post, "key": row.key });
                webhooks::tell(self, conn, brand, Topic::PostSent, data).await?;
            }
        }
        posts::set_state(conn, brand, post, state).await?;
        Ok(())
    }

    /// Tells programs elsewhere what became of a delivery.
    async fn tell_delivery(&self, conn: &mut Conn, topic: Topic, d: &Delivery) -> Result<(), AppError> {
        let channel = match channels::get(conn, d.brand, d.channel).await {
            Ok(channel) => Some(channel),
            Err(StoreError::NotFound) => None,
            Err(error) => return Err(error.into()),
        };
        let data = || {
            json!({
                "brand": d.brand,
                "post": d.post,
                "delivery": d.id,
                "channel": d.channel,
                "network": channel.as_ref().map(|channel| channel.network.as_str()),
                "state": d.state,
                "due_at": instant(d.due.at),
                "sent_at": d.sent_at.map(instant),
                "url": d.published.as_ref().and_then(|published| published.url.as_deref()),
                "external_id": d.published.as_ref().map(|published| published.external_id.as_str()),
                "reason": d.reason.as_ref().map(|reason| reason.code.as_ref()),
            })
        };
        webhooks::tell(self, conn, d.brand, topic, data).await
    }

    /// The pause of a brand, a channel or everything ended: what was held because of it goes on, unless it is too
    /// late by the brand's own word.
    pub(crate) async fn pause_ended(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        channel: Option<ChannelId>,
    ) -> Result<(), AppError> {
        self.resume_held(conn, brand, channel, "held-paused").await
    }

    /// A channel wants no approval any more: what was held for want of it goes on.
    pub(crate) async fn held_no_longer(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        channel: ChannelId,
    ) -> Result<(), AppError> {
        self.resume_held(conn, brand, Some(channel), UNAPPROVED).await
    }

    async fn resume_held(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        channel: Option<ChannelId>,
        why: &str,
    ) -> Result<(), AppError> {
        let filter = DeliveryFilter { states: vec![State::Held], channel, ..DeliveryFilter::default() };
        let mut cursor = None;
        loop {
            let (held, next) = rows::list(conn, brand, &filter, cursor, 500).await?;
            for row in held {
                if row.delivery.reason.as_ref().is_some_and(|reason| reason.code == why) {
                    self.apply(conn, row, DeliveryEvent::Resumed, None).await?;
                }
            }
            cursor = next;
            if cursor.is_none() {
                return Ok(());
            }
        }
    }
}

/// Instants that the queue of a channel already takes, from `now` on.
pub(crate) async fn taken(
    conn: &mut Conn,
    brand: BrandId,
    channel: ChannelId,
    now: Timestamp,
) -> Result<Vec<Timestamp>, AppError> {
    let filter = DeliveryFilter {
        states: vec![State::Scheduled, State::Held, State::Sending, State::Waiting],
        channel: Some(channel),
        from: Some(now),
        ..DeliveryFilter::default()
    };
    let (rows, _) = rows::list(conn, brand, &filter, None, MOST_TAKEN).await?;
    Ok(rows.into_iter().map(|row| row.delivery.due.at).collect())
}

/// A queue longer than this has no use for the next free slot.
const MOST_TAKEN: usize = 2000;

fn refused(state: State) -> AppError {
    AppError::Refused(Problem::error("delivery-state", "state").with("state", state.code()))
}
