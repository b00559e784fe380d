//! The hours of the week that do well: a map of 7 by 24, from what went out before.

use super::median;
use crate::time::Wall;

/// Hours of a day.
pub const HOURS: usize = 24;

/// Monday first, midnight first; `None` where nothing went out or nothing is known.
pub type HourMap = [[Option<f64>; HOURS]; 7];

/// The median engagement of the posts that went out in each hour of the week, on the wall of their channel. The
/// median, because one lucky post says little about an hour.
pub fn hours(rows: impl IntoIterator<Item = (Wall, Option<f64>)>) -> HourMap {
    let mut cells: Vec<Vec<Option<f64>>> = vec![Vec::new(); 7 * HOURS];
    for (wall, engagement) in rows {
        let cell = index(wall).and_then(|index| cells.get_mut(index));
        if let Some(cell) = cell {
            cell.push(engagement);
        }
    }
    let mut map = [[None; HOURS]; 7];
    for (cell, values) in map.iter_mut().flatten().zip(cells) {
        *cell = median(values);
    }
    map
}

fn index(wall: Wall) -> Option<usize> {
    let day = usize::try_from(wall.weekday().to_monday_zero_offset()).ok()?;
    Some(day * HOURS + usize::try_from(wall.hour()).ok()?)
}

/// The best hours of a map: weekday (1 is Monday), hour and value, best first, at most `count`. Equal ones stand in
/// the order of the week.
pub fn best_hours(map: &HourMap, count: usize) -> Vec<(i8, i8, f64)> {
    let mut found: Vec<(i8, i8, f64)> = (1_i8..)
        .zip(map)
        .flat_map(|(day, hours)| {
            (0_i8..).zip(hours).filter_map(move |(hour, value)| value.map(|value| (day, hour, value)))
        })
        .collect();
    found.sort_by(|one, other| other.2.total_cmp(&one.2));
    found.truncate(count);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_fall_into_the_hours_of_the_week() {
        let rows = [
            ("2026-11-30T10:05", Some(4.0)),
            ("2026-12-07T10:59", Some(8.0)),
            ("2026-12-07T10:30", Some(90.0)),
            ("2026-12-06T23:59", Some(3.0)),
            ("2026-12-05T00:00", None),
        ];
        let map = hours(rows.map(|(wall, value)| (wall.parse().unwrap(), value)));
        assert_eq!((map[0][10], map[6][23], map[5][0]), (Some(8.0), Some(3.0), None));
        assert_eq!(map.iter().flatten().flatten().count(), 2);
        assert_eq!(best_hours(&map, 9), [(1, 10, 8.0), (7, 23, 3.0)]);
        assert_eq!(best_hours(&map, 1).len(), 1);
    }
}
