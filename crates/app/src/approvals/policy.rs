//! What a brand wants of approval: which channels need it, what happens without it, and when people are reminded.

use sarafan_domain::approval::{Policy, WhenDue};
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::member::Action;
use sarafan_store::approvals as rows;
use sarafan_store::channels;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::actor::record;
use crate::live::Event;
use crate::{Actor, App, AppError};

/// What a brand wants of approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PolicyView {
    /// Do channels want a yes that say nothing else?
    pub required: bool,
    /// What happens when a post is due without a yes.
    pub when_due: WhenDue,
    /// Reminders so many hours before a post is due, the earliest first.
    pub remind_hours: Vec<u32>,
    /// Channels that say otherwise.
    pub channels: Vec<ChannelPolicy>,
}

/// What a channel says otherwise than its brand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ChannelPolicy {
    /// Which channel.
    pub channel: ChannelId,
    /// Does it want a yes?
    pub required: bool,
}

/// What a brand shall want of approval; it replaces what it wanted.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct PolicyInput {
    /// Do channels want a yes that say nothing else?
    pub required: bool,
    /// What happens when a post is due without a yes.
    #[serde(default)]
    pub when_due: WhenDue,
    /// Reminders so many hours before a post is due.
    #[serde(default)]
    pub remind_hours: Vec<u32>,
    /// Channels that say otherwise.
    #[serde(default)]
    pub channels: Vec<ChannelPolicy>,
}

impl From<Policy> for PolicyView {
    fn from(policy: Policy) -> Self {
        let channels = policy.channels.into_iter().map(|(channel, required)| ChannelPolicy { channel, required });
        Self {
            required: policy.required,
            when_due: policy.when_due,
            remind_hours: policy.remind_hours,
            channels: channels.collect(),
        }
    }
}

impl App {
    /// What a brand wants of approval.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for strangers too.
    pub async fn approval_policy(&self, actor: &Actor, brand: BrandId) -> Result<PolicyView, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let mut policy = rows::policy(&mut conn, brand).await?;
        // What was said of a channel that is no longer connected says nothing.
        let connected = channels::list(&mut conn, brand).await?;
        policy.channels.retain(|id, _| connected.iter().any(|channel| channel.id == *id));
        Ok(policy.into())
    }

    /// Changes what a brand wants of approval. What is held for want of a yes that is no longer wanted goes on.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an unknown channel or a reminder that is too early.
    pub async fn set_approval_policy(
        &self,
        actor: &Actor,
        brand: BrandId,
        input: PolicyInput,
    ) -> Result<PolicyView, AppError> {
        self.enter(actor, brand, Action::BrandSettings).await?;
        let policy = Policy {
            required: input.required,
            when_due: input.when_due,
            remind_hours: input.remind_hours,
            channels: input.channels.into_iter().map(|one| (one.channel, one.required)).collect(),
        }
        .checked()?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, policy) = (app.clone(), who.clone(), policy.clone());
                Box::pin(async move {
                    let ids: Vec<ChannelId> = policy.channels.keys().copied().collect();
                    app.channels_of(conn, brand, &ids).await?;
                    let old: PolicyView = rows::policy(conn, brand).await?.into();
                    rows::set_policy(conn, brand, &policy).await?;
                    for channel in channels::list(conn, brand).await? {
                        if !policy.needs(channel.id) {
                            app.held_no_longer(conn, brand, channel.id).await?;
                        }
                    }
                    let new: PolicyView = policy.into();
                    let detail = json!({ "from": old, "to": new });
                    record(conn, &app, &who, Some(brand), "approval.policy", &brand.to_string(), detail).await?;
                    app.live().tell(brand, Event::Brand {});
                    Ok::<_, AppError>(())
                })
            })
            .await?;
        self.wake();
        self.approval_policy(actor, brand).await
    }
}
