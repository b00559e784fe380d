//! Today: what needs somebody first, then what goes out, then how yesterday was.

use jiff::SignedDuration;
use sarafan_domain::approval::Standing;
use sarafan_domain::delivery::State;
use sarafan_domain::id::BrandId;
use sarafan_domain::member::{Action, may};
use sarafan_domain::post::PostState;
use sarafan_domain::time;
use sarafan_store::deliveries::DeliveryFilter;
use sarafan_store::{Conn, approvals, brands, channels, deliveries as rows, posts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::approvals::ApprovalItem;
use crate::channels::ChannelView;
use crate::deliveries::DeliveryView;
use crate::health::HealthView;
use crate::numbers::Tile;
use crate::tasks::TaskView;
use crate::view::instant;
use crate::{Actor, App, AppError};

/// So many of each kind are shown; the queue page has the rest.
const MOST: usize = 50;

/// The first page of the day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TodayView {
    /// The present.
    pub now: String,
    /// The brand's zone.
    pub zone: String,
    /// What needs a person.
    pub needs: Needs,
    /// What goes out and went out today.
    pub timeline: Vec<DeliveryView>,
    /// Yesterday's numbers against the day before.
    pub yesterday: Vec<Tile>,
    /// How the machine is.
    pub health: HealthView,
}

/// What needs a person.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Needs {
    /// Refused by the network.
    pub failed: Vec<DeliveryView>,
    /// Nobody knows what became of these.
    pub unknown: Vec<DeliveryView>,
    /// Wait for a word.
    pub held: Vec<DeliveryView>,
    /// Channels to be connected again.
    pub reconnect: Vec<ChannelView>,
    /// Posts that wait for a yes, for those who may give one; the first due first.
    pub approval: Vec<ApprovalItem>,
    /// Posts of which somebody wants changes, for those who write.
    pub changes: Vec<ApprovalItem>,
    /// The reader's own tasks that are due by the end of the day.
    pub tasks: Vec<TaskView>,
    /// Drafts that some network would refuse.
    pub drafts_with_problems: i64,
}

impl App {
    /// The first page of the day.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for another brand.
    pub async fn today(&self, actor: &Actor, brand: BrandId) -> Result<TodayView, AppError> {
        let now = self.now();
        let mut conn = self.store().read().await?;
        let role = self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let home = brands::get(&mut conn, brand).await?;
        let zone = time::zone(&home.time_zone)?;
        let midnight = time::wall(now, &zone).date().to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
        let from = midnight.unwrap_or(now);
        let to = from.checked_add(SignedDuration::from_hours(24)).unwrap_or(now);
        let of = |states: &[State]| DeliveryFilter { states: states.to_vec(), ..DeliveryFilter::default() };
        let needs = Needs {
            failed: self.some(&mut conn, actor, brand, of(&[State::Failed])).await?,
            unknown: self.some(&mut conn, actor, brand, of(&[State::Unknown])).await?,
            held: self.some(&mut conn, actor, brand, of(&[State::Held])).await?,
            approval: match may(role, Action::PostApprove) && actor.leaves(Action::PostApprove) {
                true => self.waiting(&mut conn, brand, Standing::InReview).await?,
                false => Vec::new(),
            },
            changes: match may(role, Action::PostSubmit) {
                true => self.waiting(&mut conn, brand, Standing::ChangesAsked).await?,
                false => Vec::new(),
            },
            reconnect: Vec::new(),
            tasks: match may(role, Action::Discuss) {
                true => self.tasks_until(&mut conn, actor, brand, to).await?,
                false => Vec::new(),
            },
            drafts_with_problems: posts::count_with_problems(&mut conn, brand, PostState::Draft).await?,
        };
        let today = DeliveryFilter { from: Some(from), to: Some(to), ..DeliveryFilter::default() };
        let mut timeline = self.some(&mut conn, actor, brand, today).await?;
        timeline.sort_by(|one, other| one.due_at.cmp(&other.due_at));
        drop(conn);
        let reconnect = self
            .list_channels(actor, brand)
            .await?
            .into_iter()
            .filter(|channel| channel.state == sarafan_domain::channel::ChannelState::Reconnect)
            .collect();
        Ok(TodayView {
            now: instant(now),
            zone: home.time_zone,
            needs: Needs { reconnect, ..needs },
            timeline,
            yesterday: self.yesterday(brand, from).await?,
            health: self.health().await?,
        })
    }

    /// Posts whose approval stands there, the first due first.
    async fn waiting(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        standing: Standing,
    ) -> Result<Vec<ApprovalItem>, AppError> {
        let (found, _) = approvals::list(conn, brand, standing, None, MOST).await?;
        let mut items = self.approval_items(conn, brand, found).await?;
        items.sort_by(|one, other| {
            let due = |item: &ApprovalItem| (item.post.due_at.is_none(), item.post.due_at.clone());
            due(one).cmp(&due(other))
        });
        Ok(items)
    }

    async fn some(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        filter: DeliveryFilter,
    ) -> Result<Vec<DeliveryView>, AppError> {
        let all = channels::list(conn, brand).await?;
        let (found, _) = rows::list(conn, brand, &filter, None, MOST).await?;
        Ok(found
            .into_iter()
            .map(|row| {
                let channel = all.iter().find(|channel| channel.id == row.delivery.channel);
                self.delivery_view(actor, &row, channel)
            })
            .collect())
    }
}
