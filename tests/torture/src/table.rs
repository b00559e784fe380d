//! The table of a run: fault x point x network x database, and what came of it.

use std::collections::BTreeMap;

use crate::plan::{Fault, Round};
use crate::round::{Outcome, Tally};

const HEAD: [&str; 12] = [
    "fault",
    "point",
    "network",
    "database",
    "rounds",
    "deliveries",
    "sent",
    "unknown",
    "held or refused",
    "repeated by key",
    "lost",
    "twice",
];

type Key = (Fault, usize, &'static str, String, &'static str);

/// What has been counted so far.
#[derive(Debug, Default)]
pub(crate) struct Table {
    rows: BTreeMap<Key, (u32, Tally)>,
    pub(crate) rounds: u32,
    /// Rounds in which the fault did not take place.
    missed: u32,
    /// Everything that was wrong, with the round it was in.
    pub(crate) wrong: Vec<String>,
}

impl Table {
    /// Adds a round.
    pub(crate) fn add(&mut self, round: &Round, outcome: &Outcome) {
        self.rounds += 1;
        self.missed += u32::from(!outcome.reached);
        let place =
            round.point.and_then(|point| crate::points::POINTS.iter().position(|other| other.name == point.name));
        for (network, tally) in &outcome.networks {
            let servers = if round.real { " (real server)" } else { "" };
            let key = (
                round.fault,
                place.map_or(0, |place| place + 1),
                round.point.map_or("", |point| point.name),
                format!("{network}{servers}"),
                round.ground.name(),
            );
            let (rounds, sum) = self.rows.entry(key).or_default();
            *rounds += 1;
            *sum += tally;
        }
        let what = crate::plan::describe(round);
        self.wrong.extend(outcome.wrong.iter().map(|wrong| format!("{what}: {wrong}")));
    }

    /// Nothing lost, nothing twice, nothing told wrongly.
    pub(crate) fn is_good(&self) -> bool {
        self.wrong.is_empty() && self.rows.values().all(|(_, tally)| tally.lost == 0 && tally.twice == 0)
    }

    /// As a Markdown table with a line of sums.
    pub(crate) fn text(&self) -> String {
        let mut lines = vec![row(HEAD), row(["---"; 12])];
        let mut sum = Tally::default();
        for ((fault, _, point, network, ground), (rounds, tally)) in &self.rows {
            let numbers =
                [tally.deliveries, tally.sent, tally.unknown, tally.told, tally.repeated, tally.lost, tally.twice];
            let words = [fault.name(), point, network, ground].map(str::to_owned);
            let all: Vec<String> =
                words.into_iter().chain([rounds.to_string()]).chain(numbers.map(|number| number.to_string())).collect();
            lines.push(format!("| {} |", all.join(" | ")));
            sum += tally;
        }
        lines.push(String::new());
        lines.push(format!(
            "{} rounds, {} without their fault; {} deliveries: {} sent, {} were in doubt, {} held or refused first, {} steps \
             repeated by key, {} lost, {} twice",
            self.rounds, self.missed, sum.deliveries, sum.sent, sum.unknown, sum.told, sum.repeated, sum.lost, sum.twice
        ));
        lines.join("\n")
    }
}

fn row(words: [&str; 12]) -> String {
    format!("| {} |", words.join(" | "))
}
