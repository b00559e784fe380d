//! Putting a post on its way, moving it, and calling it back.

use sarafan_domain::channel::Channel;
use sarafan_domain::delivery::{Due, Event as DeliveryEvent, State};
use sarafan_domain::id::{BrandId, PostId};
use sarafan_domain::member::Action;
use sarafan_domain::post::PostState;
use sarafan_domain::problem::Problem;
use sarafan_domain::schedule::{self, Mode, RepeatRule, Schedule};
use sarafan_domain::time;
use sarafan_store::deliveries::DeliveryRow;
use sarafan_store::{Conn, brands, deliveries as rows, posts};
use serde_json::json;

use super::{PostInput, PostView, ScheduleInput, When, fail_on};
use crate::actor::record;
use crate::live::Event;
use crate::{Actor, App, AppError, deliveries};

impl App {
    /// Puts a post on its way: one delivery per channel, each with its time.
    ///
    /// # Errors
    /// [`AppError::Invalid`] with every problem that a network would refuse it for; [`AppError::Conflict`] for an
    /// old version.
    pub async fn schedule_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
        when: When,
        repeat: Option<RepeatRule>,
    ) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostPublish).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, when, repeat) = (app.clone(), who.clone(), when.clone(), repeat.clone());
                Box::pin(async move { app.schedule_in(conn, &who, brand, id, version, &when, repeat).await })
            })
            .await?;
        self.live().tell(brand, Event::Post { id });
        self.wake();
        self.post(actor, brand, id).await
    }

    /// What [`App::schedule_post`] would do and answer; nothing changes.
    ///
    /// # Errors
    /// As [`App::schedule_post`].
    pub async fn rehearse_schedule(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
        when: When,
        repeat: Option<RepeatRule>,
    ) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostPublish).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.rehearse(move |conn| {
            let (app, who, when, repeat) = (app.clone(), who.clone(), when.clone(), repeat.clone());
            Box::pin(async move {
                app.schedule_in(conn, &who, brand, id, version, &when, repeat).await?;
                let row = posts::get(conn, brand, id).await?;
                app.post_view(conn, &who, row).await
            })
        })
        .await
    }

    /// The same inside a transaction; the import of a plan uses it too.
    #[expect(clippy::too_many_arguments, reason = "each is a separate word of the command")]
    pub(crate) async fn schedule_in(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
        when: &When,
        repeat: Option<RepeatRule>,
    ) -> Result<(), AppError> {
        let mut row = posts::get(conn, brand, id).await?;
        self.within_limit(conn, actor, brand, Action::PostPublish, &row.channels).await?;
        let home = brands::get(conn, brand).await?;
        let channels = self.channels_of(conn, brand, &row.channels).await?;
        if channels.is_empty() {
            return Err(Problem::error("channels-none", "channels").into());
        }
        let problems: Vec<Problem> = self
            .checked(conn, brand, &row.content, &channels)
            .await?
            .into_iter()
            .flat_map(|checked| checked.problems)
            .filter(Problem::is_error)
            .collect();
        fail_on(problems)?;
        let now = self.now();
        let (mode, fixed) = match when {
            When::Now => (Mode::At, Some(due_at(now, &home.time_zone)?)),
            When::At(input) => {
                let (schedule, at) = input.resolve()?;
                if at < now {
                    return Err(Problem::error("at-past", "at").into());
                }
                (Mode::At, Some(Due { at, wall: schedule.wall, zone: schedule.zone }))
            }
            When::Slot => (Mode::Slot, None),
        };
        let mut first: Option<Due> = None;
        let existing = rows::of_post(conn, brand, id).await?;
        for channel in &channels {
            let due = match &fixed {
                Some(due) => due.clone(),
                None => self.next_slot(conn, channel, now).await?,
            };
            if first.as_ref().is_none_or(|first| due.at < first.at) {
                first = Some(due.clone());
            }
            match existing.iter().find(|row| row.delivery.channel == channel.id) {
                None => self.new_delivery(conn, brand, id, channel.id, due).await?,
                Some(row) => self.move_delivery(conn, row, due).await?,
            }
        }
        if let (Some(rule), Some(first)) = (&repeat, &first) {
            fail_on(schedule::check(rule, first.wall))?;
        }
        let first = first.ok_or(AppError::NotFound)?;
        row.due_at = Some(first.at);
        row.schedule = Some(Schedule { mode, wall: first.wall, zone: first.zone });
        row.repeat = repeat;
        if row.repeat.is_some() && row.series.is_none() {
            row.series = Some(self.new_id());
        }
        row.updated_at = now;
        posts::update(conn, &row, version).await?;
        self.settle_post(conn, brand, id).await?;
        row.state = PostState::Scheduled;
        self.scheduled(conn, actor, &row).await?;
        if row.repeat.is_some() {
            crate::jobs::series::plan(self, conn, &row).await?;
        }
        if !row.content.assets().is_empty() {
            crate::jobs::prepare::plan(self, conn, brand, id).await?;
        }
        let detail = json!({ "at": first.at.to_string() });
        record(conn, self, actor, Some(brand), "post.schedule", &id.to_string(), detail).await
    }

    async fn move_delivery(&self, conn: &mut Conn, row: &DeliveryRow, due: Due) -> Result<(), AppError> {
        let d = &row.delivery;
        let event = match (d.state, d.step) {
            (State::Scheduled | State::Held | State::Failed | State::Cancelled, 0) => DeliveryEvent::Move(due),
            // The first part is out: what is left of it goes on at once.
            (State::Failed | State::Held, _) => DeliveryEvent::SendNow,
            _ => return Ok(()),
        };
        self.apply(conn, row.clone(), event, None).await
    }

    /// Moves what has not left to another time on the wall (calendar).
    ///
    /// # Errors
    /// As [`App::schedule_post`]; a draft just gets another planned time.
    pub async fn move_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
        to: ScheduleInput,
    ) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostWrite).await?;
        let row = posts::get(&mut *self.store().read().await?, brand, id).await?;
        if row.state.is_written() {
            let input = PostInput { content: row.content, channels: row.channels, schedule: Some(to), key: row.key };
            return self.update_post(actor, brand, id, version, input).await;
        }
        self.schedule_post(actor, brand, id, version, When::At(to), row.repeat).await
    }

    /// Back to a draft: calls off everything that has not left.
    ///
    /// # Errors
    /// [`AppError::Refused`] where a delivery is being sent this moment.
    pub async fn unschedule_post(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
    ) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostPublish).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who) = (app.clone(), who.clone());
                Box::pin(async move { app.unschedule_in(conn, &who, brand, id, version).await })
            })
            .await?;
        self.live().tell(brand, Event::Post { id });
        self.post(actor, brand, id).await
    }

    /// What [`App::unschedule_post`] would do and answer; nothing changes.
    ///
    /// # Errors
    /// As [`App::unschedule_post`].
    pub async fn rehearse_unschedule(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
    ) -> Result<PostView, AppError> {
        self.enter(actor, brand, Action::PostPublish).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.rehearse(move |conn| {
            let (app, who) = (app.clone(), who.clone());
            Box::pin(async move {
                app.unschedule_in(conn, &who, brand, id, version).await?;
                let row = posts::get(conn, brand, id).await?;
                app.post_view(conn, &who, row).await
            })
        })
        .await
    }

    async fn unschedule_in(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        id: PostId,
        version: i64,
    ) -> Result<(), AppError> {
        let mut row = posts::get(conn, brand, id).await?;
        self.within_limit(conn, actor, brand, Action::PostPublish, &row.channels).await?;
        for delivery in self.pending(conn, brand, id).await? {
            self.apply(conn, delivery, DeliveryEvent::Cancel, None).await?;
        }
        row.repeat = None;
        row.updated_at = self.now();
        posts::update(conn, &row, version).await?;
        let left = rows::of_post(conn, brand, id).await?;
        if left.iter().all(|row| row.delivery.state == State::Cancelled) {
            let standing = crate::approvals::standing(conn, brand, id).await?;
            posts::set_state(conn, brand, id, standing.state()).await?;
        }
        record(conn, self, actor, Some(brand), "post.unschedule", &id.to_string(), json!({})).await
    }

    pub(super) async fn next_slot(
        &self,
        conn: &mut Conn,
        channel: &Channel,
        now: time::Timestamp,
    ) -> Result<Due, AppError> {
        let zone = time::zone(&channel.time_zone)?;
        let taken = deliveries::taken(conn, channel.brand, channel.id, now).await?;
        let none = || Problem::error("slot-none", "at").with("channel", channel.name.as_str());
        let (at, wall) = schedule::next_free(&channel.slots, &zone, &taken, now, SLOT_HORIZON_DAYS).ok_or_else(none)?;
        Ok(Due { at, wall, zone: channel.time_zone.clone() })
    }
}

/// How far ahead a free slot is looked for.
const SLOT_HORIZON_DAYS: u16 = 365;

fn due_at(at: time::Timestamp, zone: &str) -> Result<Due, AppError> {
    Ok(Due { at, wall: time::wall(at, &time::zone(zone)?), zone: zone.to_owned() })
}
