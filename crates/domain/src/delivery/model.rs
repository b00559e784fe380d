//! Random histories of a delivery against a simple reference: a wall on which posts can be counted.
//!
//! Two workers, a queue with leases, a clock that jumps, a network that answers, keeps silent or refuses, and a person
//! who looks at the wall before saying anything. Whatever happens, no part stands on the wall twice; and when all faults
//! end, the delivery is out exactly once, or somebody has called it off. The queue and the leases are played here in a few
//! lines; the real ones are tortured in `tests/torture`.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::time::zone;

/// By the database, and by the holder itself (`app::lease`).
const LEASE: i64 = 30;
const HELD: i64 = 25;
/// A network with keys forgets them after this.
const KEY_LIVES: i64 = 3600;
/// A post of so many steps.
const STEPS: u32 = 2;

/// What a worker is about to do.
#[derive(Debug, Clone)]
enum Hand {
    Idle,
    /// It has the job.
    Claimed,
    /// The start of the attempt is saved.
    Begun(Box<Decision>, i64, usize),
    /// The request is on its way, and this will be its answer.
    Asking(Box<Delivery>, i64, usize, Result<Step, Failure>),
    /// The outcome is in memory.
    Knows(Box<Delivery>, i64, usize, Event, bool),
}

#[derive(Debug, Clone)]
struct Worker {
    hand: Hand,
    token: u64,
    /// When it took the job: by the real clock, and by the one on the wall.
    since: (i64, i64),
}

#[derive(Debug)]
struct Attempt {
    step: u32,
    started: i64,
    silent: Option<bool>,
}

struct World {
    repeat: Repeat,
    /// Seconds that have really passed, and what the machines' clock shows on top of that.
    real: i64,
    shift: i64,
    put_forward: i64,
    delivery: Delivery,
    rev: i64,
    /// Due when, and whose; `None` where nothing is to be done.
    job: Option<(i64, u64)>,
    tokens: u64,
    attempts: Vec<Attempt>,
    paused: bool,
    workers: [Worker; 2],
    /// What stands on the wall: step, key, and when it came.
    wall: Vec<(u32, String, i64)>,
}

/// One turn of a history.
#[derive(Debug, Clone)]
enum Turn {
    Pass(i64),
    Jump(i64),
    /// A worker goes on: what the network does, should it come to that.
    Work(usize, Network),
    Crash(usize),
    Pause(bool),
    Cancel,
    Move(i64),
    SendNow,
    Person {
        again: bool,
    },
}

#[derive(Debug, Clone, Copy)]
enum Network {
    Answers,
    /// It keeps the post and nobody hears of it.
    KeepsSilent,
    /// Nothing arrives, and nobody hears of it.
    Loses,
    Unreachable,
    Busy,
    Expired,
    Refuses,
    /// When it is searched, it does not answer.
    Blank,
}

impl World {
    fn new(repeat: Repeat) -> Self {
        let id = Uuid::from_u128(9);
        let at = Timestamp::from_second(1_800_000_060).unwrap();
        let due = Due { at, wall: crate::time::wall(at, &zone("UTC").unwrap()), zone: "UTC".into() };
        let idle = Worker { hand: Hand::Idle, token: 0, since: (0, 0) };
        Self {
            repeat,
            real: 0,
            shift: 0,
            put_forward: -HELD,
            delivery: Delivery::new(DeliveryId(id), BrandId(id), PostId(id), ChannelId(id), due),
            rev: 1,
            job: Some((60, 0)),
            tokens: 0,
            attempts: Vec::new(),
            paused: false,
            workers: [idle.clone(), idle],
            wall: Vec::new(),
        }
    }

    fn clock(&self) -> i64 {
        self.real + self.shift
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + self.clock()).unwrap()
    }

    /// May this worker still act?
    fn holds(&self, who: usize) -> bool {
        let (real, wall) = self.workers[who].since;
        self.real - real < HELD && self.clock() - wall < HELD
    }

    /// Saves a decision, as `App::save` does.
    fn save(&mut self, decision: &Decision, rev: i64) -> bool {
        if self.rev != rev {
            return false;
        }
        self.rev += 1;
        self.delivery = decision.delivery.clone();
        true
    }

    fn second(at: Timestamp) -> i64 {
        at.as_second() - 1_800_000_000
    }

    /// The end of a worker's job: only with the latest token.
    fn finish(&mut self, who: usize) -> bool {
        let mine = self.job.is_some_and(|(_, token)| token == self.workers[who].token);
        if mine {
            self.job = self.delivery.next_at.map(|at| (Self::second(at), 0));
        }
        mine
    }

    /// A person's word: the decision is saved, and the job put or moved.
    fn person(&mut self, event: Event) {
        let Ok(decision) = decide(self.delivery.clone(), event, self.now()) else { return };
        let rev = self.rev;
        self.save(&decision, rev);
        self.job = self.delivery.next_at.map(|at| (Self::second(at), 0));
    }

    fn key_forgotten(&self) -> bool {
        let d = &self.delivery;
        let doubt = self.attempts.iter().filter(|a| a.step == d.step).find(|a| a.silent != Some(false));
        let age = doubt.filter(|_| self.repeat == Repeat::NativeKey).map(|attempt| self.clock() - attempt.started);
        age.is_some_and(|age| !(0..KEY_LIVES - LEASE).contains(&age))
    }

    fn work(&mut self, who: usize, network: Network) {
        match self.workers[who].hand.clone() {
            Hand::Idle => {
                let clock = self.clock();
                // A lease that ends later than any lease was given by a clock that has been put back since.
                if let Some((due, 1..)) = &mut self.job {
                    *due = (*due).min(clock + 2 * LEASE);
                }
                if let Some((due, token)) = &mut self.job
                    && *due <= clock
                {
                    self.tokens += 1;
                    (*due, *token) = (clock + LEASE, self.tokens);
                    let since = (self.real, clock);
                    self.workers[who] = Worker { hand: Hand::Claimed, token: self.tokens, since };
                }
            }
            Hand::Claimed => self.begin(who),
            Hand::Begun(decision, rev, attempt) => self.ask(who, &decision, rev, attempt, network),
            Hand::Asking(delivery, rev, attempt, answer) => {
                let answer = if self.holds(who) { answer } else { Err(Failure::Unknown) };
                let silent = matches!(answer, Err(Failure::Unknown));
                let event = Event::Ended { result: answer, repeat: self.repeat };
                self.workers[who].hand = Hand::Knows(delivery, rev, attempt, event, silent);
            }
            Hand::Knows(delivery, rev, attempt, event, silent) => {
                self.workers[who].hand = Hand::Idle;
                let mine = self.job.is_some_and(|(_, token)| token == self.workers[who].token);
                let decision = decide(*delivery, event, self.now()).unwrap();
                if mine && self.rev == rev {
                    if let Some(row) = self.attempts.get_mut(attempt) {
                        row.silent = Some(silent);
                    }
                    assert!(self.save(&decision, rev) && self.finish(who));
                }
            }
        }
    }

    /// The first transaction of `app::jobs::publish`.
    fn begin(&mut self, who: usize) {
        self.workers[who].hand = Hand::Idle;
        if self.job.is_none_or(|(_, token)| token != self.workers[who].token) {
            return;
        }
        if self.delivery.state == State::Sending {
            for attempt in &mut self.attempts {
                attempt.silent.get_or_insert(true);
            }
        }
        let event = Event::Claimed {
            paused: self.paused,
            approved: true,
            late: SignedDuration::from_mins(60),
            blocked_until: None,
            repeat: self.repeat,
            key_forgotten: self.key_forgotten(),
        };
        let Ok(decision) = decide(self.delivery.clone(), event, self.now()) else {
            self.job = None;
            return;
        };
        let rev = self.rev;
        self.save(&decision, rev);
        if !decision.effects.iter().any(|effect| matches!(effect, Effect::Send | Effect::Look)) {
            self.finish(who);
            return;
        }
        self.attempts.push(Attempt { step: decision.delivery.step, started: self.clock(), silent: None });
        self.workers[who].hand = Hand::Begun(Box::new(decision), self.rev, self.attempts.len() - 1);
    }

    /// The request leaves, where the lease still allows it.
    fn ask(&mut self, who: usize, decision: &Decision, rev: i64, attempt: usize, network: Network) {
        let d = Box::new(decision.delivery.clone());
        let here = self.wall.iter().any(|(step, ..)| *step == d.step);
        if decision.effects.contains(&Effect::Look) {
            let found = match network {
                _ if !self.holds(who) => Err(Failure::Transient { after: None }),
                Network::Blank => Err(Failure::Transient { after: None }),
                _ => Ok(here.then(|| done(d.step))),
            };
            self.workers[who].hand = Hand::Knows(d, rev, attempt, Event::Looked(found), false);
            return;
        }
        if !self.holds(who) {
            let event = Event::Ended { result: Err(Failure::Transient { after: None }), repeat: self.repeat };
            self.workers[who].hand = Hand::Knows(d, rev, attempt, event, false);
            return;
        }
        let until = self.now() + SignedDuration::from_secs(90);
        let answer = match network {
            Network::Answers | Network::Blank => Ok(done(d.step)),
            Network::KeepsSilent | Network::Loses => Err(Failure::Unknown),
            Network::Unreachable => Err(Failure::Transient { after: None }),
            Network::Busy => Err(Failure::RateLimited { scope: Scope::Channel, until }),
            Network::Expired => Err(Failure::AuthExpired),
            Network::Refuses => Err(Failure::Rejected { problem: Problem::error("text-too-long", "text") }),
        };
        if matches!(network, Network::Answers | Network::Blank | Network::KeepsSilent) {
            let known = |(_, key, at): &&(u32, String, i64)| *key == d.key() && self.real - at < KEY_LIVES;
            let is_echo = self.repeat == Repeat::NativeKey && self.wall.iter().any(|post| known(&post));
            if !is_echo {
                self.wall.push((d.step, d.key(), self.real));
            }
        }
        self.workers[who].hand = Hand::Asking(d, rev, attempt, answer);
    }

    /// A person looks at the wall and says what is there.
    fn resolve(&mut self, again: bool) {
        let step = self.delivery.step;
        let here = self.wall.iter().any(|(of, ..)| *of == step);
        if self.delivery.state != State::Unknown {
            return;
        }
        // Only this settles a doubt.
        self.attempts.clear();
        if here {
            self.person(Event::ResolvedSent(Published::one("seen", None)));
        } else {
            self.person(Event::ResolvedNotSent { again });
        }
    }

    fn turn(&mut self, turn: &Turn) {
        match turn {
            Turn::Pass(seconds) => self.real += seconds,
            Turn::Jump(seconds) => {
                // Two things no clock can tell, see docs/reliability.md: forward and back within one lease, and how old
                // a key is of whose life an hour was taken back.
                if *seconds > 0 {
                    self.put_forward = self.real;
                } else if self.real - self.put_forward < HELD || self.attempts.iter().any(|a| a.silent != Some(false)) {
                    return;
                }
                self.shift += seconds;
            }
            Turn::Work(who, network) => self.work(*who, *network),
            Turn::Crash(who) => self.workers[*who].hand = Hand::Idle,
            Turn::Pause(paused) => {
                self.paused = *paused;
                let held = self.delivery.reason.as_ref().is_some_and(|reason| reason.code == "held-paused");
                if !paused && self.delivery.state == State::Held && held {
                    self.person(Event::Resumed);
                }
            }
            Turn::Cancel => {
                let step = self.delivery.step;
                let silent = self.attempts.iter().any(|a| a.step == step && a.silent != Some(false));
                let doubt = self.repeat == Repeat::NativeKey && silent;
                self.person(if doubt { Event::CancelInDoubt } else { Event::Cancel });
            }
            Turn::Move(seconds) => {
                let at = self.now() + SignedDuration::from_secs(*seconds);
                self.person(Event::Move(Due { at, ..self.delivery.due.clone() }));
            }
            Turn::SendNow => self.person(Event::SendNow),
            Turn::Person { again } => self.resolve(*again),
        }
    }

    /// The reference: how often the parts of the post stand on the wall.
    fn counts(&self) -> Vec<usize> {
        (0..STEPS).map(|step| self.wall.iter().filter(|(of, ..)| *of == step).count()).collect()
    }

    /// All faults end: workers work, time passes, and a person does what is asked for.
    fn rest(&mut self) {
        self.paused = false;
        for _ in 0..400 {
            self.work(0, Network::Answers);
            self.work(1, Network::Answers);
            match self.delivery.state {
                State::Sent | State::Cancelled => return,
                State::Failed | State::Held => self.person(Event::SendNow),
                State::Unknown if self.delivery.next_at.is_none() => self.resolve(true),
                // A time that was planned by a clock that ran ahead comes late, but it comes.
                _ => {
                    let ahead = self.job.filter(|(_, token)| *token == 0).map_or(0, |(due, _)| due - self.clock());
                    self.real += ahead.max(5);
                }
            }
        }
    }
}

fn done(step: u32) -> Step {
    if step + 1 == STEPS {
        return Step::Done(Published::one("1", None));
    }
    Step::Wait { resume: serde_json::json!(step), wait: std::time::Duration::ZERO, published: None }
}

fn network() -> impl Strategy<Value = Network> {
    prop_oneof![
        5 => Just(Network::Answers),
        3 => Just(Network::KeepsSilent),
        2 => Just(Network::Loses),
        1 => Just(Network::Unreachable),
        1 => Just(Network::Busy),
        1 => Just(Network::Expired),
        1 => Just(Network::Refuses),
        1 => Just(Network::Blank),
    ]
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        5 => prop_oneof![0..15_i64, 20..40_i64, 3000..4000_i64].prop_map(Turn::Pass),
        1 => prop_oneof![-7200..-1_i64, 1..7200_i64].prop_map(Turn::Jump),
        12 => (0..2_usize, network()).prop_map(|(who, network)| Turn::Work(who, network)),
        2 => (0..2_usize).prop_map(Turn::Crash),
        1 => any::<bool>().prop_map(Turn::Pause),
        1 => Just(Turn::Cancel),
        1 => (-60..600_i64).prop_map(Turn::Move),
        1 => Just(Turn::SendNow),
        1 => any::<bool>().prop_map(|again| Turn::Person { again }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn once_or_called_off_and_never_twice(turns in proptest::collection::vec(turn(), 1..80), which in 0..3_usize) {
        let mut world = World::new([Repeat::NativeKey, Repeat::FindOwn, Repeat::Blind][which]);
        for turn in &turns {
            world.turn(turn);
            prop_assert!(world.counts().iter().all(|count| *count <= 1), "twice: {:?}", world.wall);
        }
        world.rest();
        let counts = world.counts();
        prop_assert!(counts.iter().all(|count| *count <= 1), "twice at last: {:?}", world.wall);
        match world.delivery.state {
            State::Sent => {
                // A person who finds the part in doubt ends the delivery there; the parts before it are out for sure.
                let by_hand = world.delivery.published.as_ref().is_some_and(|published| published.external_id == "seen");
                prop_assert!(by_hand || counts.iter().all(|count| *count == 1), "lost: {counts:?}");
                prop_assert_eq!(counts.first(), Some(&1));
            }
            // What was called off is not out, parts before the one that was called off apart.
            State::Cancelled => {
                let step = usize::try_from(world.delivery.step).unwrap();
                prop_assert!(counts.iter().skip(step).all(|count| *count == 0), "called off, and out: {counts:?}");
            }
            other => prop_assert!(false, "it never came to an end: {other:?}"),
        }
    }
}
