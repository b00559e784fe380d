//! A member who is limited to some channels: writes only for these and sends only to these. Asked beside `may`, so that
//! pages, API and commands cannot differ. Reading is not limited.

use sarafan_domain::id::{BrandId, ChannelId, PersonId};
use sarafan_domain::member::{self, Action, Role};
use sarafan_domain::problem::Problem;
use sarafan_store::{Conn, channels, members};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::MemberView;
use crate::actor::record;
use crate::live::Event;
use crate::{Actor, App, AppError};

/// Which channels somebody is limited to.
#[derive(Debug, Clone, Deserialize, ToSchema)]
pub struct LimitInput {
    /// The channels; `null` for all there are and will be.
    pub channels: Option<Vec<ChannelId>>,
}

impl App {
    /// Limits a member to some channels, or lifts the limit.
    ///
    /// # Errors
    /// [`AppError::MayNot`] where a manager touches an owner; [`AppError::Refused`] `limit-owner`: an owner has no limits;
    /// [`AppError::Invalid`] for a channel that is not here.
    pub async fn limit_member(
        &self,
        actor: &Actor,
        brand: BrandId,
        person: PersonId,
        input: LimitInput,
    ) -> Result<MemberView, AppError> {
        self.enter(actor, brand, Action::MemberChange).await?;
        let (app, who) = (self.clone(), actor.clone());
        self.store()
            .write(move |conn| {
                let (app, who, input) = (app.clone(), who.clone(), input.clone());
                Box::pin(async move {
                    let role = members::role(conn, brand, person).await?.ok_or(AppError::NotFound)?;
                    if role == Role::Owner {
                        return Err(AppError::Refused(Problem::error("limit-owner", "channels")));
                    }
                    let all = channels::list(conn, brand).await?;
                    let strange = |id: &&ChannelId| !all.iter().any(|channel| channel.id == **id);
                    if let Some(id) = input.channels.iter().flatten().find(strange) {
                        return Err(Problem::error("channel-missing", "channels")
                            .with("channel", id.to_string())
                            .into());
                    }
                    members::limit(conn, brand, person, input.channels.as_ref()).await?;
                    let names = input.channels.map(|some| {
                        let named = all.iter().filter(|channel| some.contains(&channel.id));
                        named.map(|channel| channel.name.clone()).collect::<Vec<_>>()
                    });
                    let detail = json!({ "channels": names });
                    record(conn, &app, &who, Some(brand), "member.limit", &person.to_string(), detail).await
                })
            })
            .await?;
        self.live().tell(brand, Event::Brand {});
        let rows = members::list(&mut *self.store().read().await?, brand).await?;
        rows.into_iter().find(|row| row.person == person).map(MemberView::from).ok_or(AppError::NotFound)
    }

    /// The channels that somebody is limited to, if they are.
    pub(crate) async fn limit_of(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
    ) -> Result<Option<Vec<ChannelId>>, AppError> {
        match actor.person {
            Some(person) => Ok(members::channels(conn, brand, person).await?),
            None => Ok(None),
        }
    }

    /// Refuses what goes beyond the channels that somebody is limited to.
    pub(crate) async fn within_limit(
        &self,
        conn: &mut Conn,
        actor: &Actor,
        brand: BrandId,
        action: Action,
        wanted: &[ChannelId],
    ) -> Result<(), AppError> {
        let limit = self.limit_of(conn, actor, brand).await?;
        if member::leaves(limit.as_deref(), wanted) { Ok(()) } else { Err(AppError::MayNot { action }) }
    }

    /// The gate of what is done to one channel; `None` is a channel that is not there yet.
    pub(crate) async fn enter_channel(
        &self,
        actor: &Actor,
        brand: BrandId,
        action: Action,
        channel: Option<ChannelId>,
    ) -> Result<Role, AppError> {
        let mut conn = self.store().read().await?;
        let role = self.enter_with(&mut conn, actor, brand, action).await?;
        match channel {
            Some(channel) => self.within_limit(&mut conn, actor, brand, action, &[channel]).await?,
            None if self.limit_of(&mut conn, actor, brand).await?.is_some() => return Err(AppError::MayNot { action }),
            None => {}
        }
        Ok(role)
    }
}
