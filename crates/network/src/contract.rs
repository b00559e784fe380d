//! What every network must do, run for every connector against recorded answers and a scripted server that
//! fails in every way and echoes every secret.
//!
//! docs/network-spec.md says each rule in words and names its function here. A rule answers with a sentence that
//! says what is broken. Deliberately absent: real servers and the sandbox's players; those tests are in the
//! connectors' crate.

use sarafan_domain::asset::{AssetFacts, AssetKind};
use sarafan_domain::delivery::{Repeat, Step};
use sarafan_domain::id::AssetId;
use sarafan_domain::post::{MediaRef, Variant};
use sarafan_domain::problem::Problem;
use sarafan_domain::text::TextUnit;
use sarafan_domain::time::Timestamp;
use serde_json::Value;

use crate::about::{Format, MediaRule};
use crate::check::{self, check};
use crate::http::Effect;
use crate::{NetError, Network};

mod fixtures;
mod play;
mod script;
#[cfg(test)]
mod tests;
mod texts;

pub use fixtures::{Exchange, File, Fixtures, Place, Recording};
use play::{Ability, Outcome, Turn, play};
use script::pieces;
pub use script::{Fault, Script};

/// Kept, or what is broken.
pub type Verdict = Result<(), String>;

/// When everything here happens: an ordinary second of 2027.
fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// What `Retry-After: 7` means then.
fn until() -> Timestamp {
    Timestamp::from_second(1_800_000_007).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// C1: `About` is complete, with set-up steps in three languages.
pub fn c1_about(all: &Fixtures<'_>) -> Verdict {
    texts::about(all.network.about())
}

/// C2: every field and every own problem has its words in three languages.
pub fn c2_texts(all: &Fixtures<'_>) -> Verdict {
    texts::texts(all.network.about())
}

/// C3: the limit itself passes and one more does not, for text, files, descriptions and polls. A check makes no
/// call: it is not given a door.
pub fn c3_limits(all: &Fixtures<'_>) -> Verdict {
    for facts in [&Value::Null, &all.place.facts] {
        limits(all.network, facts).map_err(|broken| format!("{}: {broken}", all.id()))?;
    }
    Ok(())
}

fn limits(network: &dyn Network, facts: &Value) -> Verdict {
    let format = network.format(&Variant::default(), facts);
    let unit = match format.counter.unit {
        TextUnit::Bytes => "a",
        _ if format.bytes_max.is_some_and(|max| max < format.text_max * 2) => "a",
        _ => "ж",
    };
    let (media, assets) = least_media(&format);
    let mut variant = Variant { text: unit.repeat(format.text_max), media, ..Variant::default() };
    let codes = |variant: &Variant, assets: &[AssetFacts]| -> Vec<String> {
        let problems = check(network, variant, assets, facts);
        problems.into_iter().filter(Problem::is_error).map(|p| p.code.into_owned()).collect()
    };
    let good = codes(&variant, &assets);
    if !good.is_empty() {
        return Err(format!("a text of exactly {} is refused: {good:?}", format.text_max));
    }
    variant.text.push_str(unit);
    if !codes(&variant, &assets).iter().any(|code| code.starts_with("text-too-")) {
        return Err(format!("a text of {} and one more passes", format.text_max));
    }
    if let Some(max) = format.bytes_max {
        // Few long characters: over in bytes alone.
        variant.text = "👩‍👩‍👧‍👦".repeat(max / 25 + 1);
        if codes(&variant, &assets) != ["text-too-many-bytes"] {
            return Err(format!("{max} bytes and more pass"));
        }
    }
    for rule in format.rules.iter() {
        files(network, facts, &format, rule)?;
    }
    Ok(())
}

fn files(network: &dyn Network, facts: &Value, format: &Format, rule: &MediaRule) -> Verdict {
    let kind = rule.kind.code();
    let refused = |count: usize, facts_of: AssetFacts| {
        let media = vec![MediaRef { asset: facts_of.id, alt: "alt".to_owned() }; count];
        let variant = Variant { text: "a".to_owned(), media, ..Variant::default() };
        let problems = check(network, &variant, &vec![facts_of; count], facts);
        problems.into_iter().find(Problem::is_error).map(|problem| problem.code.into_owned())
    };
    let largest = AssetFacts { bytes: rule.max_bytes, ..sample(rule) };
    if let Some(code) = refused(rule.max_count, largest.clone()) {
        return Err(format!("{} {kind} of the largest size are refused: {code}", rule.max_count));
    }
    let code = refused(format.media.1.min(rule.max_count) + 1, sample(rule));
    if !code.as_deref().is_some_and(|code| code.starts_with("media-too-many")) {
        return Err(format!("one {kind} too many passes: {code:?}"));
    }
    let larger = AssetFacts { bytes: rule.max_bytes + 1, ..sample(rule) };
    let mended = matches!(check::fit(rule, &larger), check::Fit::Convert(_));
    if refused(1, larger).is_none() && !mended {
        return Err(format!("a {kind} larger than {} passes", rule.max_bytes));
    }
    Ok(())
}

/// A file that fits the rule.
fn sample(rule: &MediaRule) -> AssetFacts {
    let side = if rule.kind == AssetKind::Document { 0 } else { 100 };
    AssetFacts {
        id: AssetId::from_bytes(&[3; 16]).unwrap_or(AssetId(Default::default())),
        kind: rule.kind,
        mime: rule.types.first().copied().unwrap_or("application/octet-stream").to_owned(),
        bytes: 1000,
        width: side,
        height: side,
        seconds: (rule.kind == AssetKind::Video).then_some(1.0),
    }
}

/// As many files as a post of this format must have.
fn least_media(format: &Format) -> (Vec<MediaRef>, Vec<AssetFacts>) {
    let least: Vec<AssetFacts> =
        format.rules.first().map(|rule| vec![sample(rule); format.media.0]).unwrap_or_default();
    (least.iter().map(|facts| MediaRef { asset: facts.id, alt: "alt".to_owned() }).collect(), least)
}

/// C4: every request of every ability fails in every way, and the failure is named by what must be done next.
pub async fn c4_failures(all: &Fixtures<'_>) -> Verdict {
    for ability in Ability::ALL {
        for (name, recording) in recordings(all, ability)? {
            for (at, exchange) in recording.exchanges.iter().enumerate() {
                for fault in Fault::ALL {
                    let script = Script::new(&recording.exchanges, &all.place.secrets).failing(at, fault);
                    let outcome = play(all, ability, recording, &script, first_try()).await;
                    let effect = script.asked().get(at).map_or(Effect::Read, |request| request.effect);
                    let tolerated = exchange.may_fail && outcome.error.is_none();
                    if !tolerated && !expected(ability, effect, fault, &outcome) {
                        let got = &outcome.error;
                        return Err(format!("{}: {name}, request {at} ({effect:?}), {fault:?}: {got:?}", all.id()));
                    }
                    for text in &outcome.visible {
                        all.leak(&format!("what comes out of {name} after {fault:?} at {at}"), text)?;
                    }
                }
            }
        }
    }
    Ok(())
}

/// Is this the right name for the failure?
fn expected(ability: Ability, effect: Effect, fault: Fault, outcome: &Outcome) -> bool {
    use NetError as E;
    let error = outcome.error.as_ref();
    // Changing and taking down again does no harm, so an unknown outcome is no matter there.
    let lost = match (effect, ability) {
        (Effect::Write, Ability::Edit | Ability::Delete) => {
            matches!(error, Some(E::Unknown | E::Transient { .. }))
        }
        (Effect::Write, _) => matches!(error, Some(E::Unknown)),
        (Effect::Read | Effect::Prepare, _) => matches!(error, Some(E::Transient { .. })),
    };
    let gone_is_fine = matches!(ability, Ability::Delete | Ability::Stats | Ability::Under);
    match fault {
        Fault::Status(500) | Fault::NoAnswer => lost,
        Fault::Status(429) | Fault::Quota => matches!(error, Some(E::RateLimited { until: at, .. }) if *at == until()),
        Fault::Status(401) => match ability {
            // Nothing is connected yet: what was typed is wrong.
            Ability::Connect | Ability::Finish => {
                matches!(error, Some(E::Rejected { .. } | E::Reconnect { .. } | E::AuthExpired))
            }
            _ => matches!(error, Some(E::AuthExpired | E::Reconnect { .. })),
        },
        Fault::Status(403) => matches!(error, Some(E::Reconnect { .. } | E::Rejected { .. } | E::Gone)),
        Fault::Status(404) => {
            matches!(error, Some(E::Rejected { .. } | E::Reconnect { .. } | E::Gone))
                || (gone_is_fine && error.is_none())
        }
        // A redirect is not followed and nothing was done; anything but "try again at once" will do.
        Fault::Status(_) => error.is_some_and(|error| !matches!(error, E::Transient { .. })),
        Fault::Garbage => matches!(error, Some(E::Protocol { .. })) || (ability == Ability::Delete && error.is_none()),
        Fault::NotSent => matches!(error, Some(E::Transient { .. })),
    }
}

/// The recordings of an ability, complained about where they are needed and missing.
fn recordings<'a>(all: &'a Fixtures<'_>, ability: Ability) -> Result<Vec<(&'a str, &'a Recording)>, String> {
    if ability.needed(all) {
        all.get(ability.file())?;
    }
    Ok(all.all(ability.file()))
}

/// C5: every recording leads to success as recorded, with at most one irreversible request per step and with what
/// is published or answered marked as one.
pub async fn c5_steps(all: &Fixtures<'_>) -> Verdict {
    for ability in Ability::ALL {
        for (name, recording) in recordings(all, ability)? {
            let (outcome, script) = quiet(all, ability, name, recording).await?;
            if let Some(most) = outcome.writes_per_step.iter().find(|writes| **writes > 1) {
                return Err(format!("{}: {name}: {most} irreversible requests in one step", all.id()));
            }
            let visible = matches!(ability, Ability::Publish | Ability::Reply);
            if visible && script.writes() == 0 {
                return Err(format!("{}: {name}: nothing is marked as irreversible", all.id()));
            }
            let changes = matches!(ability, Ability::Publish | Ability::Reply | Ability::Edit | Ability::Delete);
            if !changes && script.writes() > 0 {
                return Err(format!("{}: {name}: reading is marked as irreversible", all.id()));
            }
            if script.asked().len() < recording.exchanges.len() {
                return Err(format!("{}: {name}: not everything recorded was asked", all.id()));
            }
        }
    }
    Ok(())
}

/// Plays a recording that must end well.
async fn quiet(
    all: &Fixtures<'_>,
    ability: Ability,
    name: &str,
    recording: &Recording,
) -> Result<(Outcome, Script), String> {
    let script = Script::new(&recording.exchanges, &all.place.secrets);
    let outcome = play(all, ability, recording, &script, first_try()).await;
    if let Some(wrong) = script.wrong() {
        return Err(format!("{}: {name}: {wrong}", all.id()));
    }
    if let Some(error) = &outcome.error {
        return Err(format!("{}: {name} does not end well: {error}", all.id()));
    }
    Ok((outcome, script))
}

/// C6: no secret in anything that is stored, logged or shown, though the server echoes all of them; and the
/// secrets are sent to begin with, so that this proves something.
pub async fn c6_secrets(all: &Fixtures<'_>) -> Verdict {
    let mut sent = false;
    for ability in Ability::ALL {
        for (name, recording) in recordings(all, ability)? {
            let (outcome, script) = quiet(all, ability, name, recording).await?;
            for text in &outcome.visible {
                all.leak(&format!("what comes out of {name}"), text)?;
            }
            let requests: Vec<_> = script.asked().iter().map(pieces).collect();
            sent |= requests.iter().flat_map(|request| request.values()).any(|value| all.leak("", value).is_err());
        }
    }
    if sent { Ok(()) } else { Err(format!("{}: no secret is ever sent, so nothing is proven", all.id())) }
}

/// C7: a network that drops repeats gets the key in every irreversible request: the same key for the same step,
/// another one for another step or delivery.
pub async fn c7_key(all: &Fixtures<'_>) -> Verdict {
    if all.network.about().repeat != Repeat::NativeKey {
        return Ok(());
    }
    let later = Turn { now: until(), ..first_try() };
    let other = Turn { delivery: "d2", ..first_try() };
    for (name, recording) in recordings(all, Ability::Publish)? {
        let mut runs = Vec::new();
        for turn in [first_try(), later, other] {
            let script = Script::new(&recording.exchanges, &all.place.secrets);
            play(all, Ability::Publish, recording, &script, turn).await;
            let asked = script.asked();
            runs.push(asked.iter().filter(|r| r.effect == Effect::Write).map(pieces).collect::<Vec<_>>());
        }
        let [first, later, other] = runs.as_slice() else { continue };
        for ((first, later), other) in first.iter().zip(later).zip(other) {
            // Whatever changes with the delivery and with nothing else is the key.
            let key: Vec<_> = first.iter().filter(|(place, value)| other.get(*place) != Some(*value)).collect();
            if key.is_empty() {
                return Err(format!("{}: {name}: the key is not sent", all.id()));
            }
            if let Some((place, _)) = key.iter().find(|(place, value)| later.get(*place) != Some(*value)) {
                return Err(format!("{}: {name}: a repeat with the same key differs at {place}", all.id()));
            }
        }
    }
    Ok(())
}

/// The first try of a delivery.
fn first_try() -> Turn {
    Turn { delivery: "d1", now: now() }
}

/// C8: a network that looks for its own post finds it, and says so when it is surely not there, by reading only.
pub async fn c8_find(all: &Fixtures<'_>) -> Verdict {
    let about = all.network.about();
    if about.repeat != Repeat::FindOwn {
        return Ok(());
    }
    for (name, there) in [("find", true), ("find_none", false)] {
        let recording = all.get(name)?;
        let (outcome, script) = quiet(all, Ability::Find, name, recording).await?;
        if script.asked().iter().any(|request| request.effect != Effect::Read) {
            return Err(format!("{}: {name}: looking changes something", about.id));
        }
        if outcome.found != Some(there) {
            return Err(format!("{}: {name}: found is {:?}", about.id, outcome.found));
        }
    }
    Ok(())
}

/// C9: a thread, and the first comment, go out part by part; the main post is known after the first one, and all
/// ids are known at the end.
pub async fn c9_threads(all: &Fixtures<'_>) -> Verdict {
    let format = all.network.format(&Variant::default(), &all.place.facts);
    let needed = [
        ("publish_thread", format.thread),
        ("publish_picture", !format.rules.is_empty()),
        ("publish_poll", format.poll.is_some()),
    ];
    for (name, _) in needed.into_iter().filter(|(_, needed)| *needed) {
        all.get(name)?;
    }
    let Ok(recording) = all.get("publish_thread") else { return Ok(()) };
    let (outcome, script) = quiet(all, Ability::Publish, "publish_thread", recording).await?;
    let parts = all.network.compose(&recording.variant, &all.place.facts).parts.len();
    let comment = usize::from(format.first_comment && !recording.variant.first_comment.is_empty());
    if parts < 2 || (format.first_comment && comment == 0) {
        return Err(format!("{}: publish_thread needs two parts, and a first comment where there is one", all.id()));
    }
    if script.writes() != parts + comment {
        return Err(format!("{}: {} requests for {} parts", all.id(), script.writes(), parts + comment));
    }
    let early = outcome.steps.iter().find_map(|step| match step {
        Step::Wait { published, .. } => published.as_ref(),
        Step::Done(_) => None,
    });
    match (early, outcome.steps.last()) {
        (Some(first), Some(Step::Done(done))) if first.external_id == done.external_id => {
            let rest = done.parts.len();
            if rest + 1 == parts + comment {
                return Ok(());
            }
            Err(format!("{}: {rest} further parts are known of {}", all.id(), parts + comment - 1))
        }
        _ => Err(format!("{}: the main post is not known after the first step", all.id())),
    }
}

/// C10: paging ends and keeps the last page.
pub async fn c10_paging(all: &Fixtures<'_>) -> Verdict {
    for ability in [Ability::Under, Ability::Since] {
        for (name, recording) in recordings(all, ability)? {
            let (outcome, _) = quiet(all, ability, name, recording).await?;
            if outcome.items != recording.expect || recording.expect == 0 {
                let (got, want) = (outcome.items, recording.expect);
                return Err(format!("{}: {name}: {got} of {want} items in {} pages", all.id(), outcome.pages));
            }
        }
    }
    Ok(())
}

/// C11: taking down what is gone already counts as done.
pub async fn c11_gone(all: &Fixtures<'_>) -> Verdict {
    if all.network.delete().is_some() {
        quiet(all, Ability::Delete, "delete_gone", all.get("delete_gone")?).await?;
    }
    Ok(())
}
