//! Snapshots along time: what was gained, what was known when, and fewer points for a plot.

use crate::time::Timestamp;

use super::number;

/// A snapshot of one metric: when and what; `None` is a gap that a plot must show.
pub type Point = (Timestamp, Option<f64>);

/// The last known value at or before a time. The points are in the order of time.
pub fn value_at(points: &[Point], at: Timestamp) -> Option<f64> {
    points.iter().take_while(|(when, _)| *when <= at).filter_map(|(_, value)| *value).last()
}

/// What a counter gained between two times; missing where nothing is known at one of them.
pub fn gain(points: &[Point], from: Timestamp, to: Timestamp) -> Option<f64> {
    Some(value_at(points, to)? - value_at(points, from)?)
}

/// The difference of every point from the known one before it. The first known point has none, a missing one none
/// either; the one after a gap has what came together in between. Reactions taken back make it negative.
pub fn deltas(points: &[Point]) -> Vec<Point> {
    let mut before: Option<f64> = None;
    points
        .iter()
        .map(|(at, value)| {
            let delta = value.zip(before).map(|(value, before)| value - before);
            before = value.or(before);
            (*at, delta)
        })
        .collect()
}

/// At most `max` of the points (but never fewer than two), for a plot: real ones, never averages, the first and the
/// last always among them.
///
/// The largest triangle decides which point stands for its bucket (Steinarsson, 2013), so that peaks stay; a bucket
/// with nothing known stays a gap.
pub fn downsample(points: &[Point], max: usize) -> Vec<Point> {
    let max = max.max(2);
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Vec::new() };
    if points.len() <= max {
        return points.to_vec();
    }
    let inner = points.get(1..points.len() - 1).unwrap_or_default();
    let buckets: Vec<&[Point]> = (0..max - 2)
        .map(|index| {
            let edge = |index: usize| index * inner.len() / (max - 2);
            inner.get(edge(index)..edge(index + 1)).unwrap_or_default()
        })
        .collect();
    let mut kept = vec![*first];
    let mut left = *first;
    for (index, bucket) in buckets.iter().enumerate() {
        let right = centre(buckets.get(index + 1).copied().unwrap_or(std::slice::from_ref(last)));
        let area = |point: &Point| right.map_or(0.0, |right| triangle(place(&left), place(point), right));
        let known = bucket.iter().filter(|(_, value)| value.is_some());
        let chosen = known.max_by(|one, other| area(one).total_cmp(&area(other))).or(bucket.first());
        if let Some(chosen) = chosen {
            kept.push(*chosen);
            if chosen.1.is_some() {
                left = *chosen;
            }
        }
    }
    kept.push(*last);
    kept
}

fn place((at, value): &Point) -> (f64, f64) {
    (at.duration_since(Timestamp::UNIX_EPOCH).as_secs_f64(), value.unwrap_or(0.0))
}

/// The middle of what is known in a bucket.
fn centre(bucket: &[Point]) -> Option<(f64, f64)> {
    let known: Vec<(f64, f64)> = bucket.iter().filter(|(_, value)| value.is_some()).map(place).collect();
    let count = number(known.len());
    let (x, y) = known.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0, y + point.1));
    (!known.is_empty()).then_some((x / count, y / count))
}

fn triangle(a: (f64, f64), b: (f64, f64), c: (f64, f64)) -> f64 {
    ((a.0 - c.0) * (b.1 - a.1) - (a.0 - b.0) * (c.1 - a.1)).abs()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points(values: &[Option<f64>]) -> Vec<Point> {
        (0..).zip(values).map(|(minute, value)| (at(minute), *value)).collect()
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + 60 * minute).unwrap()
    }

    #[test]
    fn what_was_gained() {
        let series = points(&[None, Some(5.0), None, Some(9.0), Some(8.0)]);
        let got: Vec<Option<f64>> = deltas(&series).into_iter().map(|point| point.1).collect();
        assert_eq!(got, [None, None, None, Some(4.0), Some(-1.0)]);
        let rows =
            [(0, 4, None), (1, 4, Some(3.0)), (2, 3, Some(4.0)), (3, 3, Some(0.0)), (-5, 4, None), (1, 99, Some(3.0))];
        for (from, to, expected) in rows {
            assert_eq!(gain(&series, at(from), at(to)), expected, "{from} {to}");
        }
    }

    #[test]
    fn a_peak_and_a_gap_stay() {
        let mut values = vec![Some(1.0); 100];
        values[37] = Some(50.0);
        values[60..75].fill(None);
        let kept = downsample(&points(&values), 20);
        assert_eq!(kept.len(), 20);
        assert!(kept.contains(&(at(37), Some(50.0))));
        assert!(kept.iter().any(|point| point.1.is_none()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn fewer_points_but_real_ones(
            values in prop::collection::vec(prop::option::of(-1e6..1e6_f64), 0..200),
            max in 0..60_usize,
        ) {
            let all = points(&values);
            let kept = downsample(&all, max);
            prop_assert_eq!(kept.len(), all.len().min(max.max(2)));
            prop_assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
            prop_assert!(kept.iter().all(|point| all.contains(point)));
            prop_assert_eq!((kept.first(), kept.last()), (all.first(), all.last()));
        }
    }
}
