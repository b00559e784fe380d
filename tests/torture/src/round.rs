//! One round: posts are put on their way, something goes wrong, everything is settled, posts are counted on the walls,
//! what is in doubt is cleared up as a person would do it, and posts are counted again.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use jiff::{SignedDuration, Timestamp, Unit};
use serde_json::{Value, json};

use crate::crew::Crew;
use crate::house::{House, word};
use crate::plan::{Dice, Fault, Round};
use crate::points::Way;
use crate::proxy::Mood;
use crate::wait::until;

/// How long a round may take to settle. Leases run out after 30 s, requests time out after 40 s.
const SETTLE: Duration = Duration::from_secs(150);

/// A plan is imported so many seconds before it is due.
const LEAD: i64 = 30;

/// The control plane of a real server is one for all lanes: rounds that use it take turns.
pub(crate) static CONTROL: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// Whether a round needs its turn at [`CONTROL`].
pub(crate) fn needs_control(round: &Round) -> bool {
    matches!(round.fault, Fault::Real("status" | "ratelimit" | "malformed" | "late"))
}

/// What came of a round on one network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) deliveries: u32,
    pub(crate) sent: u32,
    /// Shown to a person as in doubt.
    pub(crate) unknown: u32,
    /// Shown to a person as refused or held.
    pub(crate) told: u32,
    /// Steps that were repeated with the network's own key.
    pub(crate) repeated: u32,
    pub(crate) lost: u32,
    pub(crate) twice: u32,
}

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.deliveries += other.deliveries;
        self.sent += other.sent;
        self.unknown += other.unknown;
        self.told += other.told;
        self.repeated += other.repeated;
        self.lost += other.lost;
        self.twice += other.twice;
    }
}

/// What came of a round.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) networks: BTreeMap<String, Tally>,
    /// The program came by the round's point, or the fault took place.
    pub(crate) reached: bool,
    /// What was wrong, in words.
    pub(crate) wrong: Vec<String>,
}

/// What a round put on its way: the marks of a delivery's parts.
struct Sent {
    /// Begins the title of the post.
    mark: String,
    parts: usize,
}

impl Sent {
    fn marks(&self) -> Vec<String> {
        (1..=self.parts).map(|part| format!("{}p{part}.", self.mark)).collect()
    }
}

/// Plays one round in a house that is empty of programs; leaves it so. Whoever calls it holds the round's turn.
pub(crate) async fn play(house: &mut House, round: &Round, number: usize) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    let mut dice = Dice(round.seed);
    let now = Timestamp::now().round(Unit::Second)?;
    // Another round of this house may have ended a moment after its posts were due.
    let from = now + SignedDuration::from_secs(2);
    // The plan must be in before it is due, on a busy machine too.
    let due = now + SignedDuration::from_secs(LEAD);
    let sent = import(house, number, due).await?;
    let way = round.point.map_or(Way::Publish, |point| point.way);
    prepare(house, round, way).await?;
    let passes = match way {
        Way::Publish | Way::Change => u64::try_from(sent.len()).unwrap_or(1),
        Way::Look | Way::Jobs => 2,
        Way::Renew | Way::Series => 1,
    };
    let trap = round.point.map(|point| format!("{}:{}", point.name, dice.roll(passes) + 1));
    let mut crew = Crew::begin(house, round, trap).await?;
    if way == Way::Jobs {
        another_channel(house, &mut crew, number).await?;
    }
    let mut series = None;
    if way == Way::Series {
        series = Some(repeating(house, &mut crew, number).await?);
    }
    crew.break_things(house, round, from).await?;
    settle(house, &mut crew, from).await?;
    crew.mend_things(house, round).await?;
    if way == Way::Change {
        change(house, &mut crew, from, &sent).await?;
    }
    if let Some(mark) = series {
        copies(house, &mut crew, &mark, &mut outcome).await?;
    }
    house.stage.mend(needs_control(round)).await?;
    judge(house, from, &sent, way == Way::Change, &mut outcome).await?;
    if way != Way::Change {
        clear_up(house, &mut crew, from, &sent).await?;
        let mut after = Outcome::default();
        judge(house, from, &sent, false, &mut after).await?;
        for (network, tally) in after.networks {
            let before = outcome.networks.entry(network.clone()).or_default();
            if tally.sent != tally.deliveries {
                outcome.wrong.push(format!("{network}: {} of {} are out at last", tally.sent, tally.deliveries));
                before.lost += tally.deliveries - tally.sent;
            }
            before.lost = before.lost.max(tally.lost);
            before.twice = before.twice.max(tally.twice);
            before.sent = tally.sent;
        }
        outcome.wrong.extend(after.wrong);
    }
    if round.fault == Fault::None {
        for delivery in deliveries(house, from).await? {
            let (begun, done) =
                (crate::crew::attempts(house, &delivery).await?, crate::crew::steps_done(house, &delivery).await?);
            if begun != done {
                outcome.wrong.push(format!("{}: {begun} requests for {done} steps", brief(&delivery)));
            }
        }
    }
    outcome.reached = crew.reached();
    crew.end().await?;
    Ok(outcome)
}

/// Brings a plan in with the program's own command line: one post per channel and text, all due in the same second.
async fn import(house: &House, number: usize, due: Timestamp) -> Result<Vec<Sent>> {
    let mut plan = "channels,at,text\n".to_owned();
    let mut all = Vec::new();
    let at = due.strftime("%Y-%m-%d %H:%M:%S");
    for (channel, place) in &house.channels {
        for post in 0..place.posts + place.threads {
            let sent = Sent { mark: format!("r{number}n{}", all.len()), parts: if post < place.posts { 1 } else { 2 } };
            let texts: Vec<String> =
                sent.marks().iter().map(|mark| format!("{mark} A post of a torture round.")).collect();
            plan.push_str(&format!("{channel},{at},\"{}\"\n", texts.join("\n---\n")));
            all.push(sent);
        }
    }
    let file = house.program.data.join("plan.csv");
    tokio::fs::write(&file, plan).await?;
    let told = house.program.ask(&["plan", "import", "plan.csv"], "").await?;
    let rows = told.get("rows").and_then(Value::as_array).context("no rows")?;
    let good = rows.iter().filter(|row| row.get("result").and_then(Value::as_str) == Some("scheduled")).count();
    if good != all.len() {
        bail!("{good} of {} posts were scheduled: {told}", all.len());
    }
    Ok(all)
}

/// What is broken before the program starts.
async fn prepare(house: &House, round: &Round, way: Way) -> Result<()> {
    if let Some(faults) = round.fault.sandbox() {
        house.stage.break_sandbox(&faults).await?;
    }
    match way {
        Way::Look => house.stage.break_sandbox(&json!({ "cut_after_accept": 2 })).await?,
        Way::Renew => house.stage.break_sandbox(&json!({ "expired_token": 1 })).await?,
        Way::Publish | Way::Change | Way::Series | Way::Jobs => {}
    }
    let on_the_way = [Fault::KillOne, Fault::CutOff, Fault::DatabaseAway, Fault::FullDisk];
    if on_the_way.contains(&round.fault) {
        // The answers take so long that things can be broken while requests are under way.
        house.stage.break_sandbox(&json!({ "latency_ms": 1500 })).await?;
    }
    let write = |effect: Value, count: u32| json!({ "match": { "methods": ["POST"], "path": "/api/v1/statuses" }, "effect": effect, "count": count });
    match round.fault {
        Fault::Real("status") => house.stage.break_real(&write(json!({ "type": "status", "status": 500 }), 3)).await,
        Fault::Real("ratelimit") => {
            let effect = json!({ "type": "ratelimit", "headers": { "Retry-After": "3" } });
            house.stage.break_real(&write(effect, 2)).await
        }
        Fault::Real("malformed") => house.stage.break_real(&write(json!({ "type": "malformed" }), 3)).await,
        Fault::Real("late") => {
            house.stage.break_real(&write(json!({ "type": "timeout", "delay_ms": 55_000 }), 1)).await
        }
        Fault::Real("swallow") => {
            house.stage.set(Mood::Swallow);
            Ok(())
        }
        Fault::Real("cut") => {
            house.stage.set(Mood::CutAnswer);
            Ok(())
        }
        Fault::Real("refuse") => {
            house.stage.set(Mood::Refuse);
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The deliveries of this round.
pub(crate) async fn deliveries(house: &House, from: Timestamp) -> Result<Vec<Value>> {
    let to = Timestamp::now() + SignedDuration::from_hours(1);
    let path = format!("{}/deliveries?limit=200&from={from}&to={to}", house.brand);
    let page = house.client.ask("GET", &path, None).await?;
    Ok(page.get("items").and_then(Value::as_array).cloned().unwrap_or_default())
}

pub(crate) fn state(delivery: &Value) -> &str {
    delivery.get("state").and_then(Value::as_str).unwrap_or_default()
}

/// Waits until nothing moves by itself any more.
async fn settle(house: &mut House, crew: &mut Crew, from: Timestamp) -> Result<()> {
    until("everything is settled", SETTLE, async || {
        crew.look_after(house).await?;
        let all = deliveries(house, from).await?;
        let moves = |one: &Value| one.get("next_at").is_some_and(|at| !at.is_null());
        let settled = all.iter().all(|one| match state(one) {
            "sent" | "failed" | "held" | "cancelled" | "deleted" => true,
            "unknown" => !moves(one),
            _ => false,
        });
        let waiting: Vec<String> =
            all.iter().filter(|one| !["sent", "unknown"].contains(&state(one))).map(brief).collect();
        if settled && !all.is_empty() { Ok(Some(())) } else { bail!("{} wait: {}", waiting.len(), waiting.join("; ")) }
    })
    .await
}

fn brief(delivery: &Value) -> String {
    let text = |key: &str| delivery.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let reason =
        delivery.get("reason").and_then(|reason| reason.get("code")).and_then(Value::as_str).unwrap_or_default();
    format!("{} {} {} {reason} until {}", text("title"), text("network"), text("state"), text("next_at"))
}

/// Counts every part of every post and compares with what the program says.
async fn judge(house: &House, from: Timestamp, sent: &[Sent], gone: bool, outcome: &mut Outcome) -> Result<()> {
    let texts = house.stage.texts().await?;
    let all = deliveries(house, from).await?;
    if all.len() != sent.len() {
        outcome.wrong.push(format!("{} deliveries of {} are there", all.len(), sent.len()));
    }
    for one in sent {
        let begins = format!("{}p1.", one.mark);
        let Some(delivery) =
            all.iter().find(|delivery| word(delivery, "title").is_ok_and(|title| title.contains(&begins)))
        else {
            outcome.wrong.push(format!("{} is gone", one.mark));
            continue;
        };
        let network = word(delivery, "network")?;
        let counts: Vec<usize> =
            one.marks().iter().map(|mark| texts.iter().filter(|text| text.contains(mark.as_str())).count()).collect();
        let tally = outcome.networks.entry(network.clone()).or_default();
        tally.deliveries += 1;
        tally.twice += u32::from(counts.iter().any(|count| *count > 1));
        let is_out = counts.iter().all(|count| *count == 1);
        let nothing = counts.iter().all(|count| *count == 0);
        let good = match state(delivery) {
            "sent" => {
                tally.sent += 1;
                is_out
            }
            // Nobody knows: it may be there or not, in parts too.
            "unknown" => {
                tally.unknown += 1;
                true
            }
            "failed" | "held" => {
                tally.told += 1;
                // The first parts of a thread may be out; the part that was refused is not.
                !is_out
            }
            "deleted" => gone && nothing,
            _ => false,
        };
        if gone && state(delivery) == "deleted" {
            tally.sent += 1;
        }
        if !good {
            tally.lost += 1;
        }
        if !good || counts.iter().any(|count| *count > 1) {
            outcome.wrong.push(format!("{network} {}: on the wall {counts:?}", brief(delivery)));
        }
        tally.repeated += crate::crew::repeated(house, delivery).await?;
    }
    Ok(())
}

/// Does what a person does: looks at the network for what is in doubt, connects again, tries again.
async fn clear_up(house: &mut House, crew: &mut Crew, from: Timestamp, sent: &[Sent]) -> Result<()> {
    for (channel, _) in house.channels.clone() {
        let path = format!("{}/channels/{channel}", house.brand);
        if house.client.ask("GET", &path, None).await?.get("state").and_then(Value::as_str) == Some("reconnect") {
            house.client.ask("POST", &format!("{path}/check"), None).await?;
        }
    }
    until("what was in doubt is cleared up", SETTLE, async || {
        crew.look_after(house).await?;
        let all = deliveries(house, from).await?;
        let texts = house.stage.texts().await?;
        for delivery in &all {
            let id = word(delivery, "id")?;
            match state(delivery) {
                "unknown" => {
                    let title = word(delivery, "title")?;
                    let of = sent.iter().find(|one| title.contains(&format!("{}p1.", one.mark))).context("whose?")?;
                    // The part in doubt is the first that was not known to be out; a thread goes on from there.
                    let marks = of.marks();
                    let out = marks.iter().filter(|mark| texts.iter().any(|text| text.contains(mark.as_str()))).count();
                    let known = crate::crew::steps_done(house, delivery).await?;
                    let answer: &[&str] =
                        if out > known && out == marks.len() { &["--sent"] } else { &["--not-sent", "--again"] };
                    if out > known && out < marks.len() {
                        // A thread whose first part came through unseen cannot be told to go on; a person starts it anew
                        // by hand. Here it is left as it is, and counted as in doubt.
                        bail!("a thread is in doubt after its part {out}");
                    }
                    let mut words = vec!["delivery", "resolve", id.as_str()];
                    words.extend(answer);
                    house.program.ask(&words, "").await?;
                }
                "failed" | "held" => {
                    house.client.ask("POST", &format!("{}/deliveries/{id}/retry", house.brand), None).await?;
                }
                _ => {}
            }
        }
        Ok((all.iter().all(|one| state(one) == "sent")).then_some(()))
    })
    .await
}

/// Changes everything that is out where the network lets us, and takes all of it down.
async fn change(house: &mut House, crew: &mut Crew, from: Timestamp, sent: &[Sent]) -> Result<()> {
    let all = deliveries(house, from).await?;
    let mut changed = 0;
    for delivery in &all {
        let title = word(delivery, "title")?;
        let single = sent.iter().any(|one| one.parts == 1 && title.contains(&format!("{}p1.", one.mark)));
        if !single {
            continue;
        }
        let path = format!("{}/posts/{}", house.brand, word(delivery, "post")?);
        crew.keep_asking(house, async |house| {
            let post = house.client.ask("GET", &path, None).await?;
            let mut body = post.get("content").cloned().context("no content")?;
            if let Some(text) = body.get_mut("text") {
                *text = Value::from(format!("{title} Changed."));
            }
            let update = json!({ "version": post.get("version"), "content": body, "channels": post.get("channels") });
            house.client.ask("PUT", &path, Some(&update)).await
        })
        .await?;
        let update = format!("{}/deliveries/{}/update", house.brand, word(delivery, "id")?);
        // Networks without an edit say so; whatever else goes wrong shows when nothing changes.
        let told = crew.keep_asking(house, async |house| match house.client.ask("POST", &update, None).await {
            Err(error) if error.to_string().contains("network-no-edit") => Ok(Value::Null),
            other => other,
        });
        changed += usize::from(!told.await?.is_null());
    }
    let marked = |texts: &[String]| texts.iter().filter(|text| text.contains("Changed.")).count();
    until("every change is there", SETTLE, async || {
        crew.look_after(house).await?;
        let there = marked(&house.stage.texts().await?);
        if there >= changed { Ok(Some(())) } else { bail!("{there} of {changed}") }
    })
    .await?;
    for delivery in &all {
        let path = format!("{}/deliveries/{}/delete", house.brand, word(delivery, "id")?);
        crew.keep_asking(house, async |house| {
            match house.client.ask("POST", &path, None).await {
                // It was asked for before the program died.
                Err(error) if error.to_string().contains("delivery-state") => Ok(Value::Null),
                other => other,
            }
        })
        .await?;
    }
    until("everything is taken down", SETTLE, async || {
        crew.look_after(house).await?;
        let all = deliveries(house, from).await?;
        Ok(all.iter().all(|one| state(one) == "deleted").then_some(()))
    })
    .await
}

/// Connects a channel beside the others: its first look is a job like any other.
async fn another_channel(house: &mut House, crew: &mut Crew, number: usize) -> Result<()> {
    let template =
        house.channels.iter().find(|(_, place)| place.form.contains_key("chat")).context("no chat")?.1.clone();
    let mut place = template;
    if let Some(chat) = place.form.get_mut("chat") {
        let (name, _) = chat.trim_end_matches(char::is_numeric).rsplit_once('_').unwrap_or((chat, ""));
        *chat = format!("{name}_{}", 1000 + number);
    }
    crew.keep_asking(house, async |house| {
        match house.connect(&place).await {
            // It was connected before the program died.
            Err(error) if error.to_string().contains("409") => Ok(Value::Null),
            other => other.map(Value::from),
        }
    })
    .await
    .map(|_| ())
}

/// Copies that a repeating post has, itself included.
const COPIES: usize = 20;

/// Schedules a repeating post far ahead.
async fn repeating(house: &mut House, crew: &mut Crew, number: usize) -> Result<String> {
    let mark = format!("s{number}p1.");
    let channel = house.channels.first().context("no channel")?.0.clone();
    let draft = json!({ "content": { "text": format!("{mark} A post that repeats.") }, "channels": [channel] });
    let path = format!("{}/posts", house.brand);
    let post = crew.keep_asking(house, async |house| house.client.ask("POST", &path, Some(&draft)).await).await?;
    let wall = (Timestamp::now() + SignedDuration::from_hours(48)).strftime("%Y-%m-%dT%H:%M:00").to_string();
    let body = json!({
        "version": post.get("version"),
        "when": { "mode": "at", "wall": wall, "zone": "UTC" },
        "repeat": { "every": "day", "interval": 1, "end": { "kind": "count", "count": COPIES } },
    });
    let schedule = format!("{path}/{}/schedule", word(&post, "id")?);
    crew.keep_asking(house, async |house| {
        match house.client.ask("POST", &schedule, Some(&body)).await {
            // It was scheduled before the program died.
            Err(error) if error.to_string().contains(": 409 ") => Ok(Value::Null),
            other => other,
        }
    })
    .await?;
    Ok(mark)
}

/// Every date once.
async fn copies(house: &mut House, crew: &mut Crew, mark: &str, outcome: &mut Outcome) -> Result<()> {
    let found = until("the copies are there", SETTLE, async || {
        crew.look_after(house).await?;
        let page = house.client.ask("GET", &format!("{}/posts?limit=200&q={mark}", house.brand), None).await?;
        let items = page.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut dates: Vec<String> = items
            .iter()
            .filter(|post| post.to_string().contains(mark))
            .filter_map(|post| post.get("due_at")?.as_str().map(str::to_owned))
            .collect();
        dates.sort();
        if dates.len() >= COPIES { Ok(Some(dates)) } else { bail!("{} of {COPIES} copies", dates.len()) }
    })
    .await?;
    let mut once = found.clone();
    once.dedup();
    let many = u32::try_from(found.len() - once.len()).unwrap_or(u32::MAX)
        + u32::try_from(once.len() - COPIES.min(once.len())).unwrap_or(0);
    let tally = outcome.networks.entry("copies of a series".to_owned()).or_default();
    tally.deliveries = u32::try_from(COPIES).unwrap_or(0);
    tally.sent = u32::try_from(once.len()).unwrap_or(0);
    tally.twice = many;
    if many > 0 {
        outcome.wrong.push(format!("{} copies on {} dates", found.len(), once.len()));
    }
    Ok(())
}
