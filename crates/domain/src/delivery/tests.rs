//! Tables of single decisions, and random histories that must never send twice.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::time::zone;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn fresh() -> Delivery {
    let due = Due { at: at(0), wall: crate::time::wall(at(0), &zone("UTC").unwrap()), zone: "UTC".into() };
    let id = Uuid::from_u128(7);
    Delivery::new(DeliveryId(id), BrandId(id), PostId(id), ChannelId(id), due)
}

fn claimed(repeat: Repeat) -> Event {
    Event::Claimed {
        paused: false,
        approved: true,
        late: SignedDuration::from_mins(60),
        blocked_until: None,
        repeat,
        key_forgotten: false,
    }
}

fn done() -> Step {
    Step::Done(Published::one("1", None))
}

fn after(repeat: Repeat, failure: Failure) -> Decision {
    let sending = decide(fresh(), claimed(repeat), at(0)).unwrap().delivery;
    decide(sending, Event::Ended { result: Err(failure), repeat }, at(1)).unwrap()
}

#[test]
fn one_quiet_delivery() {
    let first = decide(fresh(), claimed(Repeat::Blind), at(0)).unwrap();
    assert_eq!((first.delivery.state, first.effects), (State::Sending, vec![Effect::Send]));
    let sent = decide(first.delivery, Event::Ended { result: Ok(done()), repeat: Repeat::Blind }, at(1)).unwrap();
    assert_eq!((sent.delivery.state, sent.effects), (State::Sent, vec![Effect::Out]));
    assert_eq!(sent.delivery.sent_at, Some(at(1)));
}

#[test]
fn what_follows_a_failure() {
    let rejected = || Failure::Rejected { problem: Problem::error("text-too-long", "text") };
    let rows = [
        (Repeat::Blind, Failure::Transient { after: None }, State::Scheduled),
        (Repeat::Blind, Failure::Unknown, State::Unknown),
        (Repeat::FindOwn, Failure::Unknown, State::Unknown),
        (Repeat::NativeKey, Failure::Unknown, State::Scheduled),
        (Repeat::Blind, Failure::Protocol { detail: "x".into() }, State::Unknown),
        (Repeat::NativeKey, rejected(), State::Failed),
        (Repeat::NativeKey, Failure::AuthExpired, State::Scheduled),
        (Repeat::NativeKey, Failure::RateLimited { scope: Scope::Channel, until: at(9) }, State::Scheduled),
    ];
    for (repeat, failure, expected) in rows {
        assert_eq!(after(repeat, failure.clone()).delivery.state, expected, "{repeat:?} {failure:?}");
    }
}

#[test]
fn a_rate_limit_holds_the_channel_until_its_end() {
    let decision = after(Repeat::Blind, Failure::RateLimited { scope: Scope::Channel, until: at(9) });
    assert_eq!(decision.delivery.next_at, Some(at(9)));
    assert!(decision.effects.contains(&Effect::BlockChannel));
}

#[test]
fn a_dead_worker_leaves_an_unknown_outcome() {
    let sending = decide(fresh(), claimed(Repeat::Blind), at(0)).unwrap().delivery;
    assert_eq!(decide(sending, claimed(Repeat::Blind), at(60)).unwrap().delivery.state, State::Unknown);
}

#[test]
fn a_forgotten_key_is_no_key() {
    let again = after(Repeat::NativeKey, Failure::Unknown).delivery;
    assert_eq!(again.state, State::Scheduled);
    let event = Event::Claimed {
        paused: false,
        approved: true,
        late: SignedDuration::from_mins(60),
        blocked_until: None,
        repeat: Repeat::NativeKey,
        key_forgotten: true,
    };
    let decision = decide(again, event, at(9999)).unwrap();
    assert_eq!((decision.delivery.state, decision.effects), (State::Unknown, vec![Effect::Tell]));
}

#[test]
fn too_late_asks_a_person_unless_a_person_said_now() {
    let held = decide(fresh(), claimed(Repeat::Blind), at(3601)).unwrap();
    assert_eq!((held.delivery.state, held.effects), (State::Held, vec![Effect::Tell]));
    let now = decide(held.delivery, Event::SendNow, at(3700)).unwrap().delivery;
    assert_eq!(decide(now, claimed(Repeat::Blind), at(3700)).unwrap().delivery.state, State::Sending);
}

/// Neither its time nor a person who wants it out now sends what nobody approved; a thread stops where it stands.
#[test]
fn what_nobody_approved_is_held_at_every_step() {
    let unapproved = |repeat| match claimed(repeat) {
        Event::Claimed { paused, late, blocked_until, repeat, key_forgotten, .. } => {
            Event::Claimed { approved: false, paused, late, blocked_until, repeat, key_forgotten }
        }
        other => other,
    };
    let held = decide(fresh(), unapproved(Repeat::Blind), at(0)).unwrap();
    assert_eq!((held.delivery.state, held.effects), (State::Held, vec![Effect::Tell, Effect::AskApproval]));
    assert_eq!(held.delivery.reason.as_ref().map(|reason| reason.code.as_ref()), Some(UNAPPROVED));
    let now = decide(held.delivery.clone(), Event::SendNow, at(1)).unwrap().delivery;
    assert_eq!(decide(now, unapproved(Repeat::Blind), at(1)).unwrap().delivery.state, State::Held);
    let resumed = decide(held.delivery, Event::Resumed, at(60)).unwrap().delivery;
    assert_eq!(decide(resumed, claimed(Repeat::Blind), at(60)).unwrap().delivery.state, State::Sending);
    let thread = Delivery { state: State::Waiting, step: 1, ..fresh() };
    let stopped = decide(thread, unapproved(Repeat::Blind), at(0)).unwrap().delivery;
    assert_eq!((stopped.state, stopped.step), (State::Held, 1));
    let resumed = decide(stopped, Event::Resumed, at(9)).unwrap().delivery;
    assert_eq!((resumed.state, resumed.step), (State::Waiting, 1));
}

#[test]
fn the_key_stays_for_a_step_and_changes_with_it() {
    let one = fresh();
    let again = after(Repeat::NativeKey, Failure::Unknown).delivery;
    assert_eq!(one.key(), again.key());
    let sending = decide(one.clone(), claimed(Repeat::NativeKey), at(0)).unwrap().delivery;
    let wait = Step::Wait { resume: serde_json::json!({}), wait: std::time::Duration::ZERO, published: None };
    let next = decide(sending, Event::Ended { result: Ok(wait), repeat: Repeat::NativeKey }, at(1)).unwrap();
    assert_ne!(one.key(), next.delivery.key());
    assert_eq!(next.delivery.state, State::Waiting);
}

/// From a back-up: whatever may have gone out since waits for a person, in any state, and never for a worker.
#[test]
fn a_restored_delivery_waits_for_a_person() {
    let held = |code| Some(Problem::warning(code, "at"));
    let rows = [
        (State::Scheduled, 0, 9, None, false, State::Scheduled),
        (State::Scheduled, 0, 9, None, true, State::Unknown),
        (State::Scheduled, 0, 5, None, false, State::Unknown),
        (State::Scheduled, 1, 9, None, false, State::Unknown),
        (State::Sending, 1, 9, None, false, State::Unknown),
        (State::Waiting, 0, 9, None, false, State::Unknown),
        (State::Unknown, 1, 9, None, false, State::Unknown),
        (State::Held, 0, 1, held("held-paused"), false, State::Unknown),
        (State::Held, 0, 1, held(UNAPPROVED), false, State::Unknown),
        (State::Held, 0, 1, held("held-late"), false, State::Held),
        (State::Failed, 1, 1, None, true, State::Failed),
        (State::Sent, 0, 1, None, true, State::Sent),
        (State::Cancelled, 0, 1, None, true, State::Cancelled),
        (State::Deleted, 0, 1, None, true, State::Deleted),
    ];
    for (state, tries, due, reason, all, expected) in rows {
        let mut before = Delivery { state, tries, reason, next_at: Some(at(due)), ..fresh() };
        before.due.at = at(due);
        let after = decide(before.clone(), Event::Restored { all }, at(5)).unwrap();
        assert_eq!(after.delivery.state, expected, "{state:?} {tries} {due} {all}");
        assert!(after.effects.is_empty(), "nothing follows");
        if expected == State::Unknown {
            assert_eq!(after.delivery.next_at, None, "{state:?}");
        } else {
            assert_eq!(after.delivery, before);
        }
    }
}

#[test]
fn sending_cannot_be_cancelled() {
    let sending = decide(fresh(), claimed(Repeat::Blind), at(0)).unwrap().delivery;
    assert_eq!(decide(sending, Event::Cancel, at(0)), Err(Refused { state: State::Sending }));
}

fn failure() -> impl Strategy<Value = Failure> {
    prop_oneof![
        Just(Failure::Transient { after: None }),
        Just(Failure::Unknown),
        Just(Failure::Unknown),
        Just(Failure::AuthExpired),
        Just(Failure::Protocol { detail: String::new() }),
        Just(Failure::Rejected { problem: Problem::error("text-too-long", "text") }),
        Just(Failure::RateLimited { scope: Scope::Channel, until: at(100_000) }),
    ]
}

/// What the outside does at each turn of a random history.
#[derive(Debug, Clone)]
enum Turn {
    Claim,
    /// The content was changed and nobody has approved that.
    ClaimUnapproved,
    Crash,
    End(Result<bool, Failure>),
    Refreshed,
    Look(Result<bool, Failure>),
    Cancel,
    Move,
    SendNow,
    Resume,
    PersonFound,
    PersonNot(bool),
    TakenDown,
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        4 => Just(Turn::Claim),
        1 => Just(Turn::ClaimUnapproved),
        1 => Just(Turn::Crash),
        4 => prop_oneof![any::<bool>().prop_map(Ok), failure().prop_map(Err)].prop_map(Turn::End),
        1 => Just(Turn::Refreshed),
        3 => prop_oneof![any::<bool>().prop_map(Ok), failure().prop_map(Err)].prop_map(Turn::Look),
        1 => Just(Turn::Cancel),
        1 => Just(Turn::Move),
        1 => Just(Turn::SendNow),
        1 => Just(Turn::Resume),
        1 => Just(Turn::PersonFound),
        1 => any::<bool>().prop_map(Turn::PersonNot),
        1 => Just(Turn::TakenDown),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The promise: once a step's outcome is unknown, that step is sent again only with the network's own key
    /// (and the very same key), after looking and not finding, or after a person's word.
    #[test]
    fn never_twice(turns in proptest::collection::vec(turn(), 1..60), which in 0..3_usize) {
        let repeat = [Repeat::NativeKey, Repeat::FindOwn, Repeat::Blind][which];
        let mut d = fresh();
        let mut doubt: Option<String> = None;
        for (second, turn) in (0_i64..).zip(turns) {
            let now = at(second * 40_000);
            let event = match &turn {
                Turn::Claim | Turn::ClaimUnapproved | Turn::Crash => Event::Claimed {
                    approved: !matches!(turn, Turn::ClaimUnapproved),
                    paused: false, late: SignedDuration::from_hours(99_999), blocked_until: None, repeat,
                    key_forgotten: false,
                },
                Turn::End(Ok(true)) => Event::Ended { result: Ok(done()), repeat },
                Turn::End(Ok(false)) => Event::Ended {
                    result: Ok(Step::Wait { resume: serde_json::json!(1), wait: std::time::Duration::ZERO, published: None }), repeat,
                },
                Turn::End(Err(failure)) => Event::Ended { result: Err(failure.clone()), repeat },
                Turn::Refreshed => Event::Refreshed,
                Turn::Look(Ok(found)) => Event::Looked(Ok(found.then(done))),
                Turn::Look(Err(failure)) => Event::Looked(Err(failure.clone())),
                Turn::Cancel => Event::Cancel,
                Turn::Move => Event::Move(Due { at: now, ..d.due.clone() }),
                Turn::SendNow => Event::SendNow,
                Turn::Resume => Event::Resumed,
                Turn::PersonFound => Event::ResolvedSent(Published::one("p", None)),
                Turn::PersonNot(again) => Event::ResolvedNotSent { again: *again },
                Turn::TakenDown => Event::TakenDown,
            };
            let before = d.clone();
            let Ok(Decision { delivery, effects }) = decide(d.clone(), event, now) else { continue };
            d = delivery;
            let crashed = before.state == State::Sending && matches!(turn, Turn::Claim | Turn::ClaimUnapproved | Turn::Crash);
            let silent = matches!(&turn, Turn::End(Err(Failure::Unknown | Failure::Protocol { .. })));
            if before.state == State::Sending && (crashed || silent) {
                doubt = Some(before.key());
            }
            let looked_and_not_there = matches!(turn, Turn::Look(Ok(false))) && before.state == State::Unknown;
            if looked_and_not_there || matches!(turn, Turn::PersonNot(_) | Turn::PersonFound) || d.step > before.step {
                doubt = None;
            }
            if effects.contains(&Effect::Send) && let Some(key) = &doubt {
                prop_assert_eq!(repeat, Repeat::NativeKey, "sent again in doubt");
                prop_assert_eq!(&d.key(), key, "sent again with another key");
            }
            prop_assert!(!(matches!(turn, Turn::ClaimUnapproved) && effects.contains(&Effect::Send)), "sent unapproved");
            // Whoever needs a person or a clock has one: nothing is forgotten.
            match d.state {
                State::Scheduled | State::Waiting => prop_assert!(d.next_at.is_some()),
                State::Failed | State::Held | State::Unknown => prop_assert!(d.reason.is_some()),
                State::Sent => prop_assert!(d.published.is_some()),
                State::Sending | State::Cancelled | State::Deleted => {}
            }
        }
    }
}
