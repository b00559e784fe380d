//! The rubric mix: how much of the plan each rubric has, against what was wanted.

use std::collections::BTreeMap;

use super::{number, rate};
use crate::id::RubricId;

/// The part of one rubric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Which; `None` for posts without one.
    pub rubric: Option<RubricId>,
    /// Its posts.
    pub posts: usize,
    /// Its part of all posts, as a ratio; missing where there are no posts.
    pub share: Option<f64>,
    /// The wanted part, as a ratio; missing where none is set.
    pub target: Option<f64>,
    /// Part minus wanted part: below nought is too little.
    pub gap: Option<f64>,
}

/// The mix of `posts` (the rubric of each) against the wanted shares in per cent. Every rubric of `targets` is
/// there in their order, even without a post; then posts without a rubric, where there are any, and with a rubric
/// that is no longer known.
pub fn shares(posts: &[Option<RubricId>], targets: &[(RubricId, Option<i64>)]) -> Vec<Share> {
    let mut counts: BTreeMap<Option<RubricId>, usize> = BTreeMap::new();
    for rubric in posts {
        *counts.entry(*rubric).or_default() += 1;
    }
    let all = Some(number(posts.len()));
    let share = |rubric: Option<RubricId>, posts: usize, target: Option<i64>| {
        let share = rate(Some(number(posts)), all);
        let target = target.and_then(|target| i32::try_from(target).ok()).map(|target| f64::from(target) / 100.0);
        Share { rubric, posts, share, target, gap: share.zip(target).map(|(share, target)| share - target) }
    };
    let mut found: Vec<Share> = targets
        .iter()
        .map(|(rubric, target)| share(Some(*rubric), counts.remove(&Some(*rubric)).unwrap_or(0), *target))
        .collect();
    found.extend(counts.into_iter().map(|(rubric, posts)| share(rubric, posts, None)));
    found
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn the_mix_against_the_wanted_one() {
        let rubric = |id| RubricId(Uuid::from_u128(id));
        let posts = [Some(rubric(1)), Some(rubric(1)), Some(rubric(9)), None];
        let targets = [(rubric(2), Some(25)), (rubric(1), Some(40)), (rubric(3), None)];
        type Row = (Option<RubricId>, usize, Option<f64>, Option<f64>);
        let shown = |shares: Vec<Share>| -> Vec<Row> {
            let per_cent = |ratio: f64| (ratio * 100.0).round();
            shares.iter().map(|s| (s.rubric, s.posts, s.share.map(per_cent), s.gap.map(per_cent))).collect()
        };
        let got = shown(shares(&posts, &targets));
        assert_eq!(
            got,
            [
                (Some(rubric(2)), 0, Some(0.0), Some(-25.0)),
                (Some(rubric(1)), 2, Some(50.0), Some(10.0)),
                (Some(rubric(3)), 0, Some(0.0), None),
                (None, 1, Some(25.0), None),
                (Some(rubric(9)), 1, Some(25.0), None),
            ]
        );
        assert_eq!(shown(shares(&[], &targets[..1])), [(Some(rubric(2)), 0, None, None)]);
    }
}
