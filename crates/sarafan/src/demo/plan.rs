//! The example plan, embedded in the binary, with its dates moved to the present.

use bytes::Bytes;
use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};
use rust_embed::RustEmbed;
use sarafan_domain::time::{self, Timestamp};

#[derive(RustEmbed)]
#[folder = "../../examples/plan"]
#[allow_missing = true]
struct Files;

/// Rows so many days after the first one are left where they are: they show what only happens on that day.
const FAR: i32 = 60;

/// The pictures of the plan.
pub(super) fn media() -> Vec<(String, Bytes)> {
    let names = Files::iter().filter_map(|path| path.strip_prefix("media/").map(str::to_owned));
    names
        .filter_map(|name| Some((name.clone(), Files::get(&format!("media/{name}"))?.data.into_owned().into())))
        .collect()
}

/// The plan as if its first day were today; `None` where the example was not there at the build.
pub(super) fn moved(now: Timestamp) -> Option<String> {
    let file = Files::get("plan.csv")?;
    move_to(&file.data, now)
}

fn move_to(plan: &[u8], now: Timestamp) -> Option<String> {
    let mut reader = csv::Reader::from_reader(plan);
    let heads = reader.headers().ok()?.clone();
    let column = |name: &str| heads.iter().position(|head| head == name);
    let (at, zone) = (column("at")?, column("time_zone")?);
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().ok()?;
    let first = rows.iter().filter_map(|row| wall(row.get(at)?)).map(DateTime::date).min()?;
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&heads).ok()?;
    let mut today = 0;
    for row in &rows {
        let moved = place(row.get(at)?, row.get(zone)?, first, now, &mut today);
        let cells = row.iter().enumerate().map(|(index, cell)| match &moved {
            Some(moved) if index == at => moved.as_str(),
            _ => cell,
        });
        writer.write_record(cells).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

fn wall(text: &str) -> Option<DateTime> {
    text.replacen(' ', "T", 1).parse().ok()
}

/// The new time of a row: those of the first day follow each other from now on, the others keep hour and distance.
fn place(text: &str, zone: &str, first: Date, now: Timestamp, today: &mut i64) -> Option<String> {
    let wall = wall(text)?;
    let days = first.until(wall.date()).ok()?.get_days();
    let here = time::wall(now, &time::zone(zone).ok()?);
    let moved = match days {
        0 => {
            *today += 1;
            here.checked_add((3 * *today).minutes()).ok()?
        }
        1..FAR => here.date().checked_add(Span::new().try_days(days).ok()?).ok()?.to_datetime(wall.time()),
        _ => return None,
    };
    Some(moved.strftime("%Y-%m-%d %H:%M").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_begins_now() {
        let plan = "id,time_zone,at,text\n\
            a,Europe/Moscow,2026-12-01 10:00,x\n\
            b,Europe/London,2026-12-01 08:00,\"two\nlines\"\n\
            c,Europe/Moscow,2026-12-03 09:00,x\n\
            d,Europe/Warsaw,2027-03-28 02:30,x\n\
            e,Europe/Warsaw,31.12.2026 18:00,x\n";
        let moved = move_to(plan.as_bytes(), "2027-05-10T12:00:00Z".parse().unwrap()).unwrap();
        let expected = "id,time_zone,at,text\n\
            a,Europe/Moscow,2027-05-10 15:03,x\n\
            b,Europe/London,2027-05-10 13:06,\"two\nlines\"\n\
            c,Europe/Moscow,2027-05-12 09:00,x\n\
            d,Europe/Warsaw,2027-03-28 02:30,x\n\
            e,Europe/Warsaw,31.12.2026 18:00,x\n";
        assert_eq!(moved, expected);
    }
}
