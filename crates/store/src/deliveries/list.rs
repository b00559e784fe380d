//! The queue page: deliveries by state, channel and time. Every list walks one index per state and stops at its page.

use sarafan_domain::delivery::State;
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::time::Timestamp;
use uuid::Uuid;

use super::{COLUMNS, DeliveryRow, POST, read};
use crate::paging::{Cursor, cut, one_more};
use crate::sql::{Sql, built, only, sql};
use crate::store::Engine;
use crate::{Conn, Result};

/// In which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The first due first: what is to come.
    #[default]
    DueFirst,
    /// The last due first: what has been.
    DueLast,
}

/// Which deliveries to list; an empty filter lists all.
#[derive(Debug, Clone, Default)]
pub struct DeliveryFilter {
    /// In one of these states; empty for any.
    pub states: Vec<State>,
    /// To this channel.
    pub channel: Option<ChannelId>,
    /// Due at this instant or later.
    pub from: Option<Timestamp>,
    /// Due before this instant.
    pub to: Option<Timestamp>,
    /// In which order.
    pub order: Order,
}

/// A page of deliveries.
///
/// # Errors
/// Only those of the database.
pub async fn list(
    conn: &mut Conn,
    brand: BrandId,
    filter: &DeliveryFilter,
    cursor: Option<Cursor>,
    limit: usize,
) -> Result<(Vec<DeliveryRow>, Option<Cursor>)> {
    // The channel's index goes by state, so without states it is walked once per state.
    let states: Vec<Option<State>> = match (filter.states.as_slice(), filter.channel) {
        ([], None) => vec![None],
        ([], Some(_)) => State::ALL.into_iter().map(Some).collect(),
        (some, _) => some.iter().copied().map(Some).collect(),
    };
    let mut rows = Vec::new();
    let engine = conn.engine();
    for state in &states {
        rows.extend(page(engine, brand, filter, *state, cursor, limit).all(conn, read).await?);
    }
    if states.len() > 1 {
        rows.sort_by_key(|row| (row.delivery.due.at, row.delivery.id));
        if filter.order == Order::DueLast {
            rows.reverse();
        }
    }
    Ok(cut(rows, limit, |row| Cursor { at: row.delivery.due.at.as_microsecond(), id: row.delivery.id.0 }))
}

fn page(
    engine: Engine,
    brand: BrandId,
    filter: &DeliveryFilter,
    state: Option<State>,
    cursor: Option<Cursor>,
    limit: usize,
) -> Sql {
    let from = filter.from.map_or(i64::MIN, Timestamp::as_microsecond);
    let to = filter.to.map_or(i64::MAX, |to| to.as_microsecond().saturating_sub(1));
    let (after, other, rest) = match filter.order {
        Order::DueFirst => {
            let start = Cursor { at: from, id: Uuid::nil() };
            let after = cursor.filter(|cursor| cursor.at >= from).unwrap_or(start);
            (after, to, "(d.due_at, d.id) > ($2, $3) AND d.due_at <= $4 ORDER BY d.due_at, d.id LIMIT $5")
        }
        Order::DueLast => {
            let end = Cursor { at: to, id: Uuid::max() };
            let after = cursor.filter(|cursor| cursor.at <= to).unwrap_or(end);
            (after, from, "(d.due_at, d.id) < ($2, $3) AND d.due_at >= $4 ORDER BY d.due_at DESC, d.id DESC LIMIT $5")
        }
    };
    let (index, own) = match (state, filter.channel) {
        (None, _) => ("delivery_due", ""),
        (Some(_), None) => ("delivery_state", "d.state = $6 AND "),
        (Some(_), Some(_)) => ("delivery_channel", "d.state = $6 AND d.channel_id = $7 AND "),
    };
    let walk = engine.walk(index);
    let statement = built(format!("{COLUMNS}{walk}{POST}d.brand_id = $1 AND {own}{rest}"))
        .bind(brand)
        .bind(after.at)
        .bind(after.id)
        .bind(other)
        .bind(one_more(limit));
    match (state, filter.channel) {
        (None, _) => statement,
        (Some(state), None) => statement.bind(state.code()),
        (Some(state), Some(channel)) => statement.bind(state.code()).bind(channel),
    }
}

/// Counting stops here: "100,000 or more" is as good as the number, and always quick.
pub const COUNT_CEILING: i64 = 100_000;

/// How many deliveries are in each state, at most [`COUNT_CEILING`] each; every state is there.
///
/// # Errors
/// Only those of the database.
pub async fn counts(conn: &mut Conn, brand: BrandId) -> Result<Vec<(State, i64)>> {
    let mut counts = Vec::with_capacity(State::ALL.len());
    for state in State::ALL {
        let count =
            sql("SELECT count(*) FROM (SELECT 1 FROM delivery WHERE brand_id = $1 AND state = $2 LIMIT $3) counted")
                .bind(brand)
                .bind(state.code())
                .bind(COUNT_CEILING)
                .one(conn, only::int)
                .await?;
        counts.push((state, count));
    }
    Ok(counts)
}
