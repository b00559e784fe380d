//! The simulation itself: events in the order of time. A delivery becomes due, waits for its channel, for a slot of a
//! worker and for the database to commit its start, asks the quotas, leaves, comes back, and its end is committed.
//! Not played: crashes and faults (that is `torture`), and the reading of numbers, which does not stand in the way.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

use super::random::{Random, Table};
use super::world::{ANSWERS, Due, NETWORKS, SLOTS, Scope, World, ZONES};

/// What an observer is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The request of a delivery leaves.
    Leaves { channel: u32, at: u64 },
    /// Its end is committed.
    Ends { channel: u32 },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    /// How many became due.
    pub(super) due: u64,
    /// How many went out.
    pub(super) sent: u64,
    /// How many had to wait for a quota at least once.
    pub(super) waited: u64,
    /// Transactions committed.
    pub(super) commits: u64,
    /// How many were so many milliseconds late when they left; the last place is for all that were later.
    late: Vec<u32>,
    /// The same for those that no quota held up.
    own: Vec<u32>,
    /// The longest that jobs waited for a slot, in milliseconds.
    pub(super) slot_wait: u64,
}

/// Ten minutes.
const LATEST: usize = 600_000;

impl Outcome {
    /// Milliseconds that so many in ten thousand did not exceed; all of them, or those that no quota held up.
    pub(super) fn percentile(&self, part: u64, own: bool) -> u64 {
        let late = if own { &self.own } else { &self.late };
        let all: u64 = late.iter().map(|count| u64::from(*count)).sum();
        let (mut seen, wanted) = (0, (all * part).div_ceil(10_000));
        for (millis, count) in (0..).zip(late) {
            seen += u64::from(*count);
            if seen >= wanted {
                return millis;
            }
        }
        0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Job {
    due: u64,
    channel: u32,
    waited: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// Its lane may be asked for (again).
    Ready(Job),
    /// The start of the attempt is committed.
    Started(Job),
    /// The network answered.
    Answered(Job),
    /// The end is committed.
    Settled(Job),
    /// It goes back into the queue because of a quota: committed; due again then.
    PutOff(Job, u64),
}

/// A database: transactions one after the other, as quick as it commits.
#[derive(Debug, Clone, Copy, Default)]
struct Shard {
    free_at: u64,
}

struct Run<'a> {
    world: &'a World,
    random: Random,
    events: BinaryHeap<Reverse<(u64, u64, Event)>>,
    order: u64,
    /// Channels that are sending, with what waits for them.
    lanes: Table<u32, VecDeque<Job>>,
    /// What has its lane and waits for a slot, and since when.
    waiting: VecDeque<(Job, u64)>,
    slots: u64,
    shards: Vec<Shard>,
    windows: Table<(u32, u32), VecDeque<u64>>,
    /// Brand and network of every channel.
    homes: Vec<(u32, usize)>,
    outcome: Outcome,
}

/// Plays it to the end: also what became due last goes out. Times inside are microseconds.
pub(super) fn run(world: &World, mut observe: impl FnMut(Seen)) -> Outcome {
    let mut run = Run {
        world,
        random: Random::new(world.seed),
        events: BinaryHeap::new(),
        order: 0,
        lanes: Table::default(),
        waiting: VecDeque::new(),
        slots: u64::from(world.workers) * u64::from(SLOTS),
        shards: vec![Shard::default(); usize::try_from(world.shards.max(1)).unwrap_or(1)],
        windows: Table::default(),
        homes: (0..world.channels).map(|channel| (world.brand(channel), world.network(channel))).collect(),
        outcome: Outcome {
            due: 0,
            sent: 0,
            waited: 0,
            commits: 0,
            late: vec![0; LATEST + 1],
            own: vec![0; LATEST + 1],
            slot_wait: 0,
        },
    };
    let minutes = world.minutes();
    for (minute, zones) in (0_u64..).zip(&minutes) {
        let at = minute * 60_000;
        if at < world.from || at >= world.to {
            continue;
        }
        run.until(at * 1000, &mut observe);
        run.minute(at, zones);
    }
    run.until(u64::MAX, &mut observe);
    run.outcome
}

impl Run<'_> {
    /// What becomes due in a minute, at its first second unless it is spread.
    fn minute(&mut self, at: u64, zones: &[u32; ZONES.len()]) {
        for (zone, count) in (0_u32..).zip(zones) {
            for _ in 0..*count {
                let channel = channel_in(self.world, &mut self.random, zone);
                let shift = if self.world.spread == 0 { 0 } else { self.random.below(self.world.spread * 1000) };
                let due = Due { at: at + u64::from(shift), channel };
                self.outcome.due += 1;
                self.put(due.at * 1000, Event::Ready(Job { due: due.at * 1000, channel, waited: false }));
            }
        }
    }

    fn put(&mut self, at: u64, event: Event) {
        self.order += 1;
        self.events.push(Reverse((at, self.order, event)));
    }

    /// Plays everything before `end`.
    fn until(&mut self, end: u64, observe: &mut impl FnMut(Seen)) {
        while let Some(Reverse((at, _, event))) = self.events.peek().copied().filter(|Reverse((at, _, _))| *at < end) {
            self.events.pop();
            match event {
                Event::Ready(job) => match self.lanes.get_mut(&job.channel) {
                    Some(lane) => lane.push_back(job),
                    None => {
                        self.lanes.insert(job.channel, VecDeque::new());
                        self.waiting.push_back((job, at));
                    }
                },
                Event::Started(job) => self.leave(job, at, observe),
                Event::Answered(job) => {
                    let done = self.commit(job.channel, at);
                    self.put(done, Event::Settled(job));
                }
                Event::Settled(job) => {
                    self.outcome.sent += 1;
                    observe(Seen::Ends { channel: job.channel });
                    self.release(job.channel, at);
                }
                Event::PutOff(job, until) => {
                    self.put(until, Event::Ready(Job { waited: true, ..job }));
                    self.release(job.channel, at);
                }
            }
            self.fill(at);
        }
    }

    /// Gives free slots to what waits for one.
    fn fill(&mut self, now: u64) {
        while self.slots > 0
            && let Some((job, since)) = self.waiting.pop_front()
        {
            self.slots -= 1;
            self.outcome.slot_wait = self.outcome.slot_wait.max((now - since) / 1000);
            let done = self.commit(job.channel, now);
            self.put(done, Event::Started(job));
        }
    }

    fn leave(&mut self, job: Job, now: u64, observe: &mut impl FnMut(Seen)) {
        if let Some(until) = self.quota(job.channel, now) {
            if !job.waited {
                self.outcome.waited += 1;
            }
            let done = self.commit(job.channel, now);
            self.put(done, Event::PutOff(job, until.max(done)));
            return;
        }
        observe(Seen::Leaves { channel: job.channel, at: now });
        let late = usize::try_from((now - job.due) / 1000).unwrap_or(LATEST).min(LATEST);
        let own = (!job.waited).then_some(&mut self.outcome.own);
        for counts in [Some(&mut self.outcome.late), own].into_iter().flatten() {
            if let Some(count) = counts.get_mut(late) {
                *count += 1;
            }
        }
        let answers = u32::try_from(ANSWERS.len()).unwrap_or(1);
        let index = usize::try_from(self.random.below(answers)).unwrap_or(0);
        let wait = ANSWERS.get(index).copied().unwrap_or(200) * 1000;
        self.put(now + wait, Event::Answered(job));
    }

    /// When one transaction of this channel's brand will be committed.
    fn commit(&mut self, channel: u32, now: u64) -> u64 {
        self.outcome.commits += 1;
        let service = 1_000_000 / u64::from(self.world.commits.max(1));
        let count = self.shards.len();
        let place = usize::try_from(self.home(channel).0).unwrap_or(0) % count.max(1);
        let Some(shard) = self.shards.get_mut(place) else { return now };
        shard.free_at = shard.free_at.max(now) + service;
        shard.free_at
    }

    fn home(&self, channel: u32) -> (u32, usize) {
        usize::try_from(channel).ok().and_then(|channel| self.homes.get(channel).copied()).unwrap_or_default()
    }

    /// The slot is free again, and the next of the channel takes the lane.
    fn release(&mut self, channel: u32, now: u64) {
        self.slots += 1;
        let next = self.lanes.get_mut(&channel).and_then(VecDeque::pop_front);
        match next {
            Some(job) => self.waiting.push_back((job, now)),
            None => {
                self.lanes.remove(&channel);
            }
        }
    }

    /// Counts a call against every quota of the channel, or says until when one of them is used up.
    fn quota(&mut self, channel: u32, now: u64) -> Option<u64> {
        let (brand, network) = self.home(channel);
        let quotas = NETWORKS.get(network).map_or(&[][..], |(_, quotas)| quotas);
        let owner = |scope| match scope {
            Scope::Channel => channel,
            // Apart from the numbers of channels.
            Scope::App => u32::MAX - brand,
        };
        let keys = || (0_u32..).zip(quotas).map(|(n, quota)| ((owner(quota.scope), n), *quota));
        let mut until = None;
        for (key, quota) in keys() {
            let window = self.windows.entry(key).or_default();
            while window.front().is_some_and(|first| first + quota.per * 1000 <= now) {
                window.pop_front();
            }
            if window.len() >= quota.calls {
                until = until.max(window.front().map(|first| first + quota.per * 1000));
            }
        }
        if until.is_none() {
            for (key, _) in keys() {
                self.windows.entry(key).or_default().push_back(now);
            }
        }
        until
    }
}

/// A channel of a zone: zones own the channels in turn, by their shares.
fn channel_in(world: &World, random: &mut Random, zone: u32) -> u32 {
    let shares = ZONES.map(|(_, share)| share);
    let before: u32 = shares.iter().take(usize::try_from(zone).unwrap_or(0)).sum();
    let own = shares.get(usize::try_from(zone).unwrap_or(0)).copied().unwrap_or(1);
    let part = |thousandths: u32| u32::try_from(u64::from(world.channels) * u64::from(thousandths) / 1000).unwrap_or(0);
    let (from, to) = (part(before), part(before + own));
    from + random.below((to - from).max(1))
}
