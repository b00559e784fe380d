//! Tables of single words, and random histories in which nothing but what was approved may go out.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::id::AssetId;

fn approval(standing: Standing, hash: &str) -> Approval {
    Approval { standing, hash: hash.to_owned() }
}

fn yes(seen: &str) -> Word {
    Word::Approve { seen: seen.to_owned(), unasked: true }
}

fn reviewer(seen: &str) -> Word {
    Word::Approve { seen: seen.to_owned(), unasked: false }
}

fn no(seen: &str) -> Word {
    Word::AskChanges { seen: seen.to_owned() }
}

#[test]
fn what_becomes_of_a_word() {
    use Standing as S;
    let rows = [
        (S::Draft, Word::Submit, Ok(S::InReview)),
        (S::ChangesAsked, Word::Submit, Ok(S::InReview)),
        (S::InReview, Word::Submit, Err(Refused::Standing(S::InReview))),
        (S::Approved, Word::Submit, Err(Refused::Standing(S::Approved))),
        (S::Draft, yes("now"), Ok(S::Approved)),
        (S::Draft, reviewer("now"), Err(Refused::Standing(S::Draft))),
        (S::ChangesAsked, reviewer("now"), Err(Refused::Standing(S::ChangesAsked))),
        (S::InReview, reviewer("now"), Ok(S::Approved)),
        (S::InReview, yes("now"), Ok(S::Approved)),
        (S::InReview, yes("before"), Err(Refused::Changed)),
        (S::ChangesAsked, yes("now"), Ok(S::Approved)),
        (S::Approved, yes("now"), Err(Refused::Standing(S::Approved))),
        (S::InReview, no("now"), Ok(S::ChangesAsked)),
        (S::Approved, no("now"), Ok(S::ChangesAsked)),
        (S::InReview, no("before"), Err(Refused::Changed)),
        (S::Draft, no("now"), Err(Refused::Standing(S::Draft))),
        (S::InReview, Word::Withdraw, Ok(S::Draft)),
        (S::Approved, Word::Withdraw, Ok(S::Draft)),
        (S::Draft, Word::Withdraw, Err(Refused::Standing(S::Draft))),
        (S::Approved, Word::Change, Ok(S::Approved)),
        (S::InReview, Word::Change, Ok(S::InReview)),
    ];
    for (standing, word, expected) in rows {
        let found = decide(&approval(standing, "now"), &word, "now").map(|approval| approval.standing);
        assert_eq!(found, expected, "{standing:?} {word:?}");
    }
    let changed = decide(&approval(S::Approved, "before"), &Word::Change, "now").unwrap();
    assert_eq!(changed.standing, S::Draft, "a changed text drops the yes");
    let asked = decide(&approval(S::ChangesAsked, "before"), &Word::Change, "now").unwrap();
    assert_eq!(asked, approval(S::ChangesAsked, "before"), "what was asked to be changed is known while it is mended");
}

#[test]
fn a_fingerprint_is_what_readers_see() {
    let channel = |n| ChannelId(Uuid::from_u128(n));
    let plain = Content { text: "a".into(), ..Content::default() };
    let here = [channel(1), channel(2)];
    let known = fingerprint(&plain, &here);
    let patch =
        VariantPatch { target: "net".into(), text: Some("b".into()), media: None, first_comment: None, link: None };
    let picture = MediaRef { asset: AssetId(Uuid::from_u128(3)), alt: String::new() };
    let option = BTreeMap::from([("silent".to_owned(), "true".to_owned())]);
    let seen = [
        Content { text: "b".into(), ..plain.clone() },
        Content { language: "pl".into(), ..plain.clone() },
        Content { media: vec![picture.clone()], ..plain.clone() },
        Content { media: vec![MediaRef { alt: "a cup".into(), ..picture }], ..plain.clone() },
        Content { link: Some("https://e.org".into()), ..plain.clone() },
        Content { first_comment: "c".into(), ..plain.clone() },
        Content { poll: Some(Poll { options: vec![], multiple: false, hours: 1 }), ..plain.clone() },
        Content { options: BTreeMap::from([("net".to_owned(), option)]), ..plain.clone() },
        Content { variants: vec![patch], ..plain.clone() },
        Content { delete_after_minutes: Some(5), ..plain.clone() },
    ];
    let mut all: BTreeSet<String> = seen.iter().map(|content| fingerprint(content, &here)).collect();
    all.insert(fingerprint(&plain, &here[..1]));
    all.insert(known.clone());
    assert_eq!(all.len(), seen.len() + 2, "each of them is another one");
    let unseen = Content { campaign: "spring".into(), labels: vec!["x".into()], ..plain.clone() };
    assert_eq!(fingerprint(&unseen, &here), known);
    assert_eq!(fingerprint(&plain, &[channel(2), channel(1)]), known, "in any order");
}

#[test]
fn a_link_shows_what_fits_everything_it_says() {
    let id = |n| Uuid::from_u128(n);
    let content = Content { campaign: "spring".into(), labels: vec!["tea".into()], ..Content::default() };
    let shows = |covers: &Covers, standing| covers.shows(PostId(id(1)), &content, &[ChannelId(id(2))], standing);
    let spring = Covers { campaign: Some("spring".into()), ..Covers::default() };
    let rows = [
        (Covers::default(), true),
        (spring.clone(), true),
        (Covers { label: Some("tea".into()), ..spring.clone() }, true),
        (Covers { label: Some("coffee".into()), ..spring.clone() }, false),
        (Covers { campaign: Some("autumn".into()), ..Covers::default() }, false),
        (Covers { channels: vec![ChannelId(id(2)), ChannelId(id(3))], ..spring.clone() }, true),
        (Covers { channels: vec![ChannelId(id(3))], ..spring.clone() }, false),
        (Covers { posts: vec![PostId(id(1))], ..Covers::default() }, true),
        (Covers { posts: vec![PostId(id(9))], ..spring }, false),
    ];
    for (covers, expected) in rows {
        assert_eq!(shows(&covers, Standing::InReview), expected, "{covers:?}");
        assert!(!shows(&covers, Standing::Draft), "a draft is nobody else's business");
    }
}

#[test]
fn a_channel_may_want_otherwise_than_its_brand() {
    let channel = |n| ChannelId(Uuid::from_u128(n));
    let channels = BTreeMap::from([(channel(1), false), (channel(2), true)]);
    let strict = Policy { required: true, channels, ..Policy::default() };
    assert_eq!([1, 2, 3].map(|n| strict.needs(channel(n))), [false, true, true]);
    let free = Policy { required: false, ..strict };
    assert_eq!([1, 2, 3].map(|n| free.needs(channel(n))), [false, true, false]);
}

#[test]
fn reminders_come_before_and_never_after() {
    let at = |hour: i64| Timestamp::from_second(1_800_000_000 + hour * 3600).unwrap();
    let policy = Policy { remind_hours: vec![2, 24, 2], ..Policy::default() }.checked().unwrap();
    assert_eq!(policy.remind_hours, [24, 2]);
    let rows = [(0, Some(76)), (75, Some(76)), (76, Some(98)), (97, Some(98)), (98, None), (100, None), (200, None)];
    for (now, expected) in rows {
        assert_eq!(policy.next_reminder(at(100), at(now)), expected.map(at), "{now}");
    }
    for bad in [vec![0], vec![MAX_REMIND_HOURS + 1], (1..=6).collect()] {
        assert!(Policy { remind_hours: bad, ..Policy::default() }.checked().is_err());
    }
}

/// What people do in a random history.
#[derive(Debug, Clone)]
enum Turn {
    Submit,
    Approve { fresh: bool },
    AskChanges,
    Withdraw,
    Write(u8),
}

fn turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        Just(Turn::Submit),
        any::<bool>().prop_map(|fresh| Turn::Approve { fresh }),
        Just(Turn::AskChanges),
        Just(Turn::Withdraw),
        (0..3_u8).prop_map(Turn::Write),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    /// The promise: whatever needs a yes goes out only with a yes to this very content that nobody took back since.
    #[test]
    fn only_what_was_approved_goes_out(turns in proptest::collection::vec(turn(), 1..60)) {
        let written = |n: u8| fingerprint(&Content { text: n.to_string(), ..Content::default() }, &[]);
        let mut present = written(0);
        let mut shown = present.clone();
        let mut now = Approval::default();
        let mut yes: Option<String> = None;
        for turn in turns {
            let word = match &turn {
                Turn::Submit => Word::Submit,
                Turn::Approve { fresh } => {
                    if *fresh {
                        shown = present.clone();
                    }
                    Word::Approve { seen: shown.clone(), unasked: *fresh }
                }
                Turn::AskChanges => Word::AskChanges { seen: present.clone() },
                Turn::Withdraw => Word::Withdraw,
                Turn::Write(n) => {
                    present = written(*n);
                    Word::Change
                }
            };
            let Ok(next) = decide(&now, &word, &present) else { continue };
            now = next;
            match word {
                Word::Approve { seen, .. } => {
                    prop_assert_eq!(&seen, &present, "a yes to what was not shown");
                    yes = Some(seen);
                }
                Word::AskChanges { .. } | Word::Withdraw | Word::Submit => yes = None,
                Word::Change => yes = yes.filter(|hash| *hash == present),
            }
            prop_assert_eq!(cleared(true, &now, &present), yes.as_ref() == Some(&present));
            prop_assert!(cleared(false, &now, &present));
        }
    }
}
