//! When the numbers of a post are read: often while it is young, hardly ever later.

use jiff::SignedDuration;

use crate::time::Timestamp;

/// The numbers of a channel are read this often.
pub const CHANNEL_STEP: SignedDuration = SignedDuration::from_hours(1);
/// The numbers of a post are read for the last time at this age.
pub const LAST_AGE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Up to this age (the first number) at this step (the second), in minutes.
const STEPS: [(i64, i64); 4] = [(3 * 60, 10), (2 * DAY, 60), (14 * DAY, DAY), (90 * DAY, 7 * DAY)];
const DAY: i64 = 24 * 60;

/// The next time at which the numbers of a post that went out at `sent` are to be read, after `now`: every ten
/// minutes for three hours, every hour for two days, every day for two weeks, every week up to [`LAST_AGE`], and
/// at that age for the last time. `None` afterwards. The times depend on `sent` only, so that a snapshot missed
/// does not move the next ones.
pub fn next_snapshot(sent: Timestamp, now: Timestamp) -> Option<Timestamp> {
    let age = now.duration_since(sent).max(SignedDuration::ZERO);
    let mut from = 0;
    for (until, step) in STEPS {
        if age < SignedDuration::from_mins(until) {
            let done = (age.as_mins() - from) / step;
            let next = (from + (done + 1) * step).min(until);
            return sent.checked_add(SignedDuration::from_mins(next)).ok();
        }
        from = until;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn often_first_and_then_less() {
        let rows = [
            (-60, Some(10)),
            (0, Some(10)),
            (9, Some(10)),
            (10, Some(20)),
            (179, Some(180)),
            (180, Some(240)),
            (241, Some(300)),
            (2 * DAY - 1, Some(2 * DAY)),
            (2 * DAY, Some(3 * DAY)),
            (13 * DAY + 5, Some(14 * DAY)),
            (14 * DAY, Some(21 * DAY)),
            (84 * DAY, Some(90 * DAY)),
            (90 * DAY - 1, Some(90 * DAY)),
            (90 * DAY, None),
        ];
        let sent = Timestamp::from_second(1_800_000_000).unwrap();
        let at = |minutes| sent.checked_add(SignedDuration::from_mins(minutes)).unwrap();
        for (age, next) in rows {
            assert_eq!(next_snapshot(sent, at(age)), next.map(at), "{age}");
        }
    }

    #[test]
    fn fewer_than_a_hundred_readings_and_an_end() {
        let sent = Timestamp::from_second(1_800_000_007).unwrap();
        let all: Vec<Timestamp> = std::iter::successors(Some(sent), |now| next_snapshot(sent, *now)).skip(1).collect();
        assert_eq!(all.len(), 18 + 45 + 12 + 11);
        assert_eq!(all.last().map(|last| last.duration_since(sent)), Some(LAST_AGE));
    }
}
