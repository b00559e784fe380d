//! The weekly timetable of a channel, in its own zone.

use jiff::civil::Time;
use sarafan_domain::channel::Slot;
use sarafan_domain::id::{BrandId, ChannelId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::ChannelView;
use crate::{Actor, App, AppError};

/// So many slots a week are enough for anybody.
const MOST: usize = 500;

/// A time of the weekly timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SlotTime {
    /// 1 is Monday, 7 is Sunday.
    pub weekday: i8,
    /// `HH:MM` on the wall.
    #[schema(example = "10:00")]
    pub time: String,
}

impl From<&Slot> for SlotTime {
    fn from(slot: &Slot) -> Self {
        Self { weekday: slot.weekday, time: slot.time.strftime("%H:%M").to_string() }
    }
}

impl App {
    /// Replaces the timetable.
    ///
    /// # Errors
    /// [`AppError::Invalid`] for a weekday or time that does not exist, or too many slots.
    pub async fn set_slots(
        &self,
        actor: &Actor,
        brand: BrandId,
        id: ChannelId,
        slots: Vec<SlotTime>,
    ) -> Result<ChannelView, AppError> {
        let slots = parse(&slots)?;
        let detail = json!({ "count": slots.len() });
        self.change_channel(actor, brand, id, (Action::ChannelConnect, "channel.slots", detail), move |row| {
            row.slots.clone_from(&slots);
        })
        .await
    }
}

/// In order, each once.
fn parse(given: &[SlotTime]) -> Result<Vec<Slot>, Problem> {
    if given.len() > MOST {
        return Err(Problem::error("slots-too-many", "slots").with("max", MOST));
    }
    let mut slots = Vec::with_capacity(given.len());
    for slot in given {
        let time: Option<Time> = Time::strptime("%H:%M", slot.time.trim()).ok();
        let time = time.filter(|_| (1..=7).contains(&slot.weekday));
        let bad = || Problem::error("slot-bad", "slots").with("time", format!("{} {}", slot.weekday, slot.time));
        slots.push(Slot { weekday: slot.weekday, time: time.ok_or_else(bad)? });
    }
    slots.sort_unstable();
    slots.dedup();
    Ok(slots)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(weekday: i8, time: &str) -> SlotTime {
        SlotTime { weekday, time: time.to_owned() }
    }

    #[test]
    fn slots_are_put_in_order_and_nonsense_is_refused() {
        let good = parse(&[slot(7, "09:00"), slot(1, "18:30"), slot(1, "08:05"), slot(7, "09:00")]).unwrap();
        let shown: Vec<SlotTime> = good.iter().map(SlotTime::from).collect();
        assert_eq!(shown, [slot(1, "08:05"), slot(1, "18:30"), slot(7, "09:00")]);
        for bad in [slot(0, "09:00"), slot(8, "09:00"), slot(1, "24:00"), slot(1, "9"), slot(1, "")] {
            assert_eq!(parse(std::slice::from_ref(&bad)).unwrap_err().code, "slot-bad", "{bad:?}");
        }
        assert_eq!(parse(&vec![slot(1, "09:00"); 501]).unwrap_err().code, "slots-too-many");
    }
}
