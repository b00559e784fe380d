//! Connecting: the form, a choice of accounts, the way to the network's own page and back, and connecting again.
//!
//! Connecting an account that is connected already renews its credential; so there is never a second channel for it.

use std::collections::BTreeMap;

use sarafan_domain::channel::{Channel, ChannelState};
use sarafan_domain::delivery::Failure;
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_network::{Candidate, Connecting, Network, Opening, check};
use sarafan_store::{Conn, brands, channels, connects, credentials};
use serde::{Deserialize, Serialize};
use serde_json::json;
use subtle::ConstantTimeEq;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ChannelView;
use super::pending::{Kept, Pending, PendingStep, id_in, nonce};
use crate::actor::record;
use crate::jobs::{Kind, put_channel};
use crate::live::Event;
use crate::{Actor, App, AppError};

/// The filled form of a network.
#[derive(Clone, Deserialize, ToSchema)]
pub struct ConnectInput {
    /// Which network.
    pub network: String,
    /// Its fields. Some are secret: there is no way to print them.
    pub fields: BTreeMap<String, String>,
}

/// What came of a step of connecting.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ConnectView {
    /// The channel stands.
    Connected {
        /// The channel.
        connected: Box<ChannelView>,
    },
    /// One of several accounts is to be chosen.
    Choose {
        /// The accounts.
        choose: Vec<CandidateView>,
        /// Sent back with the choice.
        connect_id: Uuid,
    },
    /// The person is to be sent to the network's page.
    Redirect {
        /// Its address.
        redirect: String,
    },
}

/// An account that can become a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CandidateView {
    /// What the network calls it.
    pub external_id: String,
    /// As people know it.
    pub name: String,
    /// `@name` or the like.
    pub handle: String,
}

/// A person came back from a network's page.
#[derive(Debug, Clone, PartialEq)]
pub struct Returned {
    /// The brand they were connecting for.
    pub brand: BrandId,
    /// What came of it.
    pub outcome: ConnectView,
}

/// Who connects what.
struct Begun<'a> {
    actor: &'a Actor,
    brand: BrandId,
    network: &'static dyn Network,
    again: Option<ChannelId>,
}

impl App {
    /// Begins to connect a channel.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for an unknown network, a bad form, or what the network refuses; [`AppError::Refused`]
    /// where it does not answer; [`AppError::TooMany`] where it limits the rate.
    pub async fn connect_channel(
        &self,
        actor: &Actor,
        brand: BrandId,
        input: ConnectInput,
    ) -> Result<ConnectView, AppError> {
        self.enter_channel(actor, brand, Action::ChannelConnect, None).await?;
        let network = self.networks().get(&input.network).ok_or_else(|| {
            AppError::from(Problem::error("network-unknown", "network").with("network", input.network.as_str()))
        })?;
        self.begin(Begun { actor, brand, network, again: None }, input.fields).await
    }

    /// Begins to connect a channel again whose credential no longer works.
    ///
    /// # Errors
    /// As [`App::connect_channel`]; `reconnect-other` where it turns out to be another account.
    pub async fn reconnect_channel(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: ChannelId,
        fields: BTreeMap<String, String>,
    ) -> Result<ConnectView, AppError> {
        self.enter_channel(actor, brand, Action::ChannelConnect, Some(id)).await?;
        let channel = self.connected(brand, id).await?;
        let network = self.network_of(&channel)?;
        self.begin(Begun { actor, brand, network, again: Some(id) }, fields).await
    }

    /// The accounts to choose from, for a page that was loaded anew.
    ///
    /// # Errors
    /// [`AppError::NotFound`] after half an hour, or for somebody else.
    pub async fn connect_choices(&self, actor: &Actor, brand: BrandId, id: Uuid) -> Result<ConnectView, AppError> {
        self.enter(actor, brand, Action::ChannelConnect).await?;
        let row = connects::get(&mut *self.store().read().await?, brand, id, self.now()).await?;
        match self.open_pending(actor, &row)?.step {
            PendingStep::Choose(all) => Ok(choose(&all, id)),
            PendingStep::Away { .. } => Err(AppError::NotFound),
        }
    }

    /// Connects the chosen account.
    ///
    /// # Errors
    /// [`AppError::NotFound`] after half an hour, for somebody else, or for an account that was not offered.
    pub async fn choose_channel(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: Uuid,
        external_id: &str,
    ) -> Result<ConnectView, AppError> {
        self.enter(actor, brand, Action::ChannelConnect).await?;
        let row = connects::get(&mut *self.store().read().await?, brand, id, self.now()).await?;
        let Pending { again, step: PendingStep::Choose(all) } = self.open_pending(actor, &row)? else {
            return Err(AppError::NotFound);
        };
        let network = self.networks().get(&row.network).ok_or(AppError::NotFound)?;
        let chosen = all.into_iter().find(|one| one.external_id == external_id).ok_or(AppError::NotFound)?;
        let begun = Begun { actor, brand, network, again };
        self.connect_candidate(begun, chosen.into(), Some(id)).await
    }

    /// The person came back from the network's page.
    ///
    /// # Errors
    /// [`AppError::NotFound`] where this person was not sent away less than half an hour ago; else as
    /// [`App::connect_channel`].
    pub async fn oauth_callback(&self, actor: &Actor, query: &BTreeMap<String, String>) -> Result<Returned, AppError> {
        let state = query.get("state").map(String::as_str).unwrap_or_default();
        let id = id_in(state).ok_or(AppError::NotFound)?;
        let row = connects::find(&mut *self.store().read().await?, id, self.now()).await?;
        self.enter(actor, row.brand, Action::ChannelConnect).await?;
        let Pending { again, step: PendingStep::Away { saved, nonce } } = self.open_pending(actor, &row)? else {
            return Err(AppError::NotFound);
        };
        if !bool::from(nonce.as_bytes().ct_eq(state.as_bytes())) {
            return Err(AppError::NotFound);
        }
        let network = self.networks().get(&row.network).ok_or(AppError::NotFound)?;
        // Before the network is asked: a state is good for one return only.
        let brand = row.brand;
        self.store().write(move |conn| Box::pin(connects::delete(conn, brand, id))).await?;
        let (door, redirect) = (self.opening_door(network), self.redirect());
        let opening = Opening { http: door.as_ref(), redirect: &redirect, nonce: state, now: self.now() };
        let saved = sarafan_network::Secret::new(saved);
        let candidates = network.auth().finish(&opening, &saved, query).await.map_err(said)?;
        let begun = Begun { actor, brand, network, again };
        Ok(Returned { brand, outcome: self.offer(begun, candidates).await? })
    }

    fn redirect(&self) -> String {
        format!("{}/api/v1/oauth/callback", self.config().public_url)
    }

    async fn begin(&self, begun: Begun<'_>, fields: BTreeMap<String, String>) -> Result<ConnectView, AppError> {
        let network = begun.network;
        let form = filled(network, &fields)?;
        let (door, redirect, nonce) = (self.opening_door(network), self.redirect(), nonce());
        let opening = Opening { http: door.as_ref(), redirect: &redirect, nonce: &nonce, now: self.now() };
        match network.auth().connect(&opening, &form).await.map_err(said)? {
            Connecting::Choose(candidates) => self.offer(begun, candidates).await,
            Connecting::Redirect { url, saved } => {
                let id = id_in(&nonce).ok_or_else(|| AppError::Broken("a state without an id".to_owned()))?;
                let step = PendingStep::Away { saved: saved.expose().to_owned(), nonce };
                let pending = Pending { again: begun.again, step };
                self.keep_pending(begun.actor, begun.brand, network.about().id, id, &pending).await?;
                Ok(ConnectView::Redirect { redirect: url })
            }
        }
    }

    /// A single account is connected at once; of several one is chosen.
    async fn offer(&self, begun: Begun<'_>, mut candidates: Vec<Candidate>) -> Result<ConnectView, AppError> {
        match candidates.len() {
            0 => {
                Err(Problem::error("nothing-to-connect", "network").with("network", begun.network.about().title).into())
            }
            1 => self.connect_candidate(begun, candidates.remove(0), None).await,
            _ => {
                let all: Vec<Kept> = candidates.into_iter().map(Kept::from).collect();
                let id = Uuid::from_bytes(rand::random());
                let view = choose(&all, id);
                let pending = Pending { again: begun.again, step: PendingStep::Choose(all) };
                self.keep_pending(begun.actor, begun.brand, begun.network.about().id, id, &pending).await?;
                Ok(view)
            }
        }
    }

    async fn connect_candidate(
        &self,
        begun: Begun<'_>,
        candidate: Candidate,
        chosen: Option<Uuid>,
    ) -> Result<ConnectView, AppError> {
        let (brand, again, network) = (begun.brand, begun.again, begun.network.about().id);
        let (app, who, new) = (self.clone(), begun.actor.clone(), self.new_id());
        let id = self
            .store()
            .write(move |conn| {
                let (app, who, candidate) = (app.clone(), who.clone(), candidate.clone());
                Box::pin(async move {
                    if let Some(pending) = chosen {
                        connects::delete(conn, brand, pending).await?;
                    }
                    let found = existing(conn, brand, network, again, &candidate).await?;
                    let action = if found.is_some() { "channel.reconnect" } else { "channel.connect" };
                    let id = app.put_channel_row(conn, brand, network, found, new, &candidate).await?;
                    credentials::put(conn, brand, id, &app.seal(id, &candidate.credential)?, app.now()).await?;
                    put_channel(&app, conn, brand, id, Kind::Stats, app.now()).await?;
                    put_channel(&app, conn, brand, id, Kind::News, app.now()).await?;
                    put_channel(&app, conn, brand, id, Kind::Health, app.now()).await?;
                    let detail = json!({ "network": network, "external_id": candidate.external_id });
                    record(conn, &app, &who, Some(brand), action, &id.to_string(), detail).await?;
                    Ok::<_, AppError>(id)
                })
            })
            .await?;
        self.live().tell(brand, Event::Channel { id });
        self.wake();
        let connected = Box::new(self.channel(begun.actor, brand, id).await?);
        Ok(ConnectView::Connected { connected })
    }

    async fn put_channel_row(
        &self,
        conn: &mut Conn,
        brand: BrandId,
        network: &str,
        found: Option<Channel>,
        new: ChannelId,
        candidate: &Candidate,
    ) -> Result<ChannelId, AppError> {
        let now = self.now();
        let Candidate { handle, url, facts, expires_at, .. } = candidate.clone();
        if let Some(mut row) = found {
            (row.handle, row.url, row.facts, row.expires_at) = (handle, url, facts, expires_at);
            (row.checked_at, row.health) = (Some(now), None);
            if row.state == ChannelState::Reconnect {
                row.state = ChannelState::Ok;
            }
            channels::update(conn, &row).await?;
            return Ok(row.id);
        }
        let row = Channel {
            id: new,
            brand,
            network: network.to_owned(),
            external_id: candidate.external_id.clone(),
            name: candidate.name.clone(),
            handle,
            url,
            state: ChannelState::Ok,
            reason: None,
            time_zone: brands::get(conn, brand).await?.time_zone,
            slots: Vec::new(),
            facts,
            checked_at: Some(now),
            health: None,
            expires_at,
            blocked_until: None,
        };
        channels::insert(conn, &row, now).await?;
        Ok(new)
    }
}

/// The channel that this account already is.
async fn existing(
    conn: &mut Conn,
    brand: BrandId,
    network: &str,
    again: Option<ChannelId>,
    candidate: &Candidate,
) -> Result<Option<Channel>, AppError> {
    let found = channels::by_external(conn, brand, network, &candidate.external_id).await?;
    let Some(again) = again else { return Ok(found) };
    match found {
        Some(channel) if channel.id == again => Ok(Some(channel)),
        _ => Err(Problem::error("reconnect-other", "channel").with("name", candidate.name.as_str()).into()),
    }
}

fn choose(all: &[Kept], connect_id: Uuid) -> ConnectView {
    let view = |one: &Kept| CandidateView {
        external_id: one.external_id.clone(),
        name: one.name.clone(),
        handle: one.handle.clone(),
    };
    ConnectView::Choose { choose: all.iter().map(view).collect(), connect_id }
}

/// The form without spaces around its values, with what stands in it at first, and without fields nobody asked for.
fn filled(network: &dyn Network, fields: &BTreeMap<String, String>) -> Result<BTreeMap<String, String>, AppError> {
    let form = network.about().auth.fields;
    let mut values = BTreeMap::new();
    for field in form {
        let given = fields.get(field.key).map(|value| value.trim()).filter(|value| !value.is_empty());
        values.insert(field.key.to_owned(), given.unwrap_or(field.default).to_owned());
    }
    let problems: Vec<Problem> = check::fields(form, &values, "").into_iter().filter(Problem::is_error).collect();
    if problems.is_empty() { Ok(values) } else { Err(AppError::Invalid(problems)) }
}

/// What a network said while connecting, for the person in front of the form.
fn said(failure: Failure) -> AppError {
    match failure {
        Failure::Rejected { .. } | Failure::Reconnect { .. } | Failure::AuthExpired => {
            AppError::Invalid(vec![failure.problem()])
        }
        other => AppError::Refused(other.problem()),
    }
}
