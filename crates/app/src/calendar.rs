//! The calendar: posts between two days, and the holidays of the brand's country.

use jiff::civil::Date;
use sarafan_domain::id::{BrandId, ChannelId, RubricId};
use sarafan_domain::member::Action;
use sarafan_domain::problem::Problem;
use sarafan_domain::{holiday, time};
use sarafan_store::posts::PostFilter;
use sarafan_store::{brands, posts};
use serde::Serialize;
use utoipa::ToSchema;

use crate::posts::PostBriefView;
use crate::{Actor, App, AppError};

/// So many posts are shown at once; a month of a hundred posts a day fits.
const MOST: usize = 4000;
/// So many days at most.
const MOST_DAYS: i32 = 100;

/// What the calendar shows.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CalendarView {
    /// Posts by due time.
    pub items: Vec<PostBriefView>,
    /// Holidays.
    pub holidays: Vec<HolidayView>,
    /// There are more than are shown.
    pub more: bool,
}

/// A public holiday.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct HolidayView {
    /// The day.
    pub date: String,
    /// Its name in the reader's language.
    pub name: String,
}

impl App {
    fn holiday_name(&self, actor: &Actor, holiday: &holiday::Holiday) -> String {
        let name = self.texts().say(actor.language, &format!("holiday-{}", holiday.key), &[]);
        if holiday.observed {
            self.texts().say(actor.language, "holiday-observed", &[("name", name.into())])
        } else {
            name
        }
    }

    /// Posts due from the first moment of `from` to the last of `to`, in the brand's zone.
    ///
    /// # Errors
    /// [`AppError::Invalid`] where the days are the wrong way round or too many.
    pub async fn calendar(
        &self,
        actor: &Actor,
        brand: BrandId,
        from: Date,
        to: Date,
        channel: Option<ChannelId>,
        rubric: Option<RubricId>,
    ) -> Result<CalendarView, AppError> {
        let mut conn = self.store().read().await?;
        self.enter_with(&mut conn, actor, brand, Action::Read).await?;
        let days = from.until(to).map(|span| span.get_days()).unwrap_or(-1);
        if !(0..=MOST_DAYS).contains(&days) {
            return Err(Problem::error("days-range", "to").with("max", i64::from(MOST_DAYS)).into());
        }
        let home = brands::get(&mut conn, brand).await?;
        let zone = time::zone(&home.time_zone)?;
        let start = |date: Date| {
            let midnight = date.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
            midnight.map_err(|_| AppError::from(Problem::error("wall-out-of-range", "from")))
        };
        let after = to.tomorrow().map_err(|_| AppError::from(Problem::error("wall-out-of-range", "to")))?;
        let filter = PostFilter { channel, rubric, ..PostFilter::default() };
        let (items, more) = posts::calendar(&mut conn, brand, start(from)?, start(after)?, &filter, MOST).await?;
        Ok(CalendarView {
            items: PostBriefView::all(&mut conn, brand, items).await?,
            holidays: holiday::between(&home.country, from, to)
                .into_iter()
                .map(|holiday| HolidayView { date: holiday.date.to_string(), name: self.holiday_name(actor, &holiday) })
                .collect(),
            more,
        })
    }
}
