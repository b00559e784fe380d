//! Hot seconds: many deliveries due at once, each to a channel of its own, with a network that takes 100 ms to answer.
//! The sandbox notes when each request arrives; that less the due time is the lateness. Everything goes the way it goes
//! for people: posts are written and scheduled through the API.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::caller::{Caller, many, percentile};
use super::house::{self, House};
use super::{Figure, POSTIZ};
use crate::children::RunFolder;
use crate::http;
use crate::place::Place;

/// A network of the sandbox with a key of its own and one request per post.
pub(super) const NETWORK: &str = "mastodon";
/// Channels that the posts go to.
pub(super) const CHANNELS: usize = 1000;
/// What the sandbox takes for an answer.
pub(super) const ANSWER_MS: u64 = 100;
const CALLERS: usize = 8;

/// 1,000 due in one second, then 10,000 within a minute.
pub(super) fn measure(place: &Place) -> Result<Vec<Figure>> {
    let folder = RunFolder::make("bench-hot")?;
    let data = house::data(&folder, "data");
    house::found(place, &data, None)?;
    let (sandbox, _sandbox) = house::sandbox(place, &folder)?;
    let allowed = format!("127.0.0.1:{sandbox}");
    let house = House::start(place, &folder, &data, &[("SARAFAN_ALLOW_PRIVATE", &allowed)])?;
    connect(&house, sandbox)?;
    let url = format!("sqlite://{}", data.join("sarafan.db").display());
    let keys = data.join("keys");
    house::example(place, "fill", &["channels", &url, &keys.to_string_lossy(), &CHANNELS.to_string()])?;
    Caller::open(sandbox, "")?.ask("POST", "/faults", &json!({ "latency_ms": ANSWER_MS }).to_string())?;
    let channels = channels(&house)?;

    let hot = round(&house, sandbox, &channels, "hot", 1000, 0)?;
    let minute = round(&house, sandbox, &channels, "minute", 10_000, 60)?;
    let (_, most) = house.memory()?;
    let peer = Some(("Postiz, 100 in one second, latest", POSTIZ.same_second_ms));
    Ok(vec![
        Figure::most("1,000 in one second, p99", percentile(&hot.late, 99), 300.0, "ms", hot.words()).against(peer),
        Figure::most("1,000 in one second, last", percentile(&hot.late, 100), 500.0, "ms", String::new()).against(peer),
        Figure::most("10,000 in a minute, p99", percentile(&minute.late, 99), 300.0, "ms", minute.words()),
        Figure::most("lost, twice or early", hot.wrong + minute.wrong, 0.0, "posts", both(hot.what, &minute.what)),
        Figure::most("memory under this load", most, 200.0, "MB", "the most it ever held".to_owned())
            .against(Some(("Postiz, idle", POSTIZ.memory_mb))),
    ])
}

/// What two rounds have to say, once where they say the same.
pub(super) fn both(one: String, other: &str) -> String {
    if one == other { one } else { format!("{one}; {other}") }
}

/// How one round went.
pub(super) struct Round {
    /// Milliseconds late, sorted.
    pub(super) late: Vec<f64>,
    pub(super) wrong: f64,
    /// What was wrong, in words.
    pub(super) what: String,
}

impl Round {
    fn words(&self) -> String {
        let at = |percent| percentile(&self.late, percent);
        format!("middle {:.0} ms, p90 {:.0}, last {:.0}; {} sent", at(50), at(90), at(100), self.late.len())
    }
}

/// Connects the channel that the others are copies of.
pub(super) fn connect(house: &House, sandbox: u16) -> Result<()> {
    let root = format!("http://127.0.0.1:{sandbox}/{NETWORK}");
    let fields = json!({ "server": root, "access-token": "sandbox-token-roasters" });
    let body = json!({ "network": NETWORK, "fields": fields }).to_string();
    let mut caller = house.caller()?;
    let answer = caller.json("POST", &format!("{}/channels/connect", house.brand), &body)?;
    if answer.get("connected").is_some() { Ok(()) } else { bail!("not connected: {answer}") }
}

pub(super) fn channels(house: &House) -> Result<Vec<String>> {
    let all = house.caller()?.json("GET", &format!("{}/channels", house.brand), "")?;
    let id = |channel: &Value| channel.get("id").and_then(Value::as_str).map(str::to_owned);
    let ids: Vec<String> = all.as_array().context("no list of channels")?.iter().filter_map(id).collect();
    if ids.len() < CHANNELS {
        bail!("{} channels instead of {CHANNELS}", ids.len())
    }
    Ok(ids)
}

/// Schedules `count` posts over `seconds` seconds, waits for them and looks at the wall.
pub(super) fn round(
    house: &House,
    sandbox: u16,
    channels: &[String],
    name: &str,
    count: usize,
    seconds: u64,
) -> Result<Round> {
    // Writing takes a while: the first is due when all are surely written.
    let first = now_ms()?.div_ceil(1000) + 20 + u64::try_from(count)? / 400;
    let due = |n: usize| first + u64::try_from(n).unwrap_or(0) * seconds / u64::try_from(count).unwrap_or(1).max(1);
    let mark = |n: usize| format!("bench {name} {n:05}");
    schedule(house, channels, count, &due, &mark)?;
    if now_ms()? > first * 1000 - 2000 {
        bail!("the posts took too long to write; the first ones were due already");
    }
    let end = (first + seconds + 15) * 1000;
    thread::sleep(Duration::from_millis(end.saturating_sub(now_ms()?)));
    let mut arrived = arrivals(sandbox)?;
    let (mut late, mut lost, mut twice, mut early) = (Vec::new(), 0_u32, 0_u32, 0_u32);
    for n in 0..count {
        let at = arrived.remove(&mark(n)).unwrap_or_default();
        let due = i64::try_from(due(n) * 1000)?;
        match at.as_slice() {
            [] => lost += 1,
            [one] if *one >= due => late.push(f64::from(u32::try_from(one - due)?)),
            [_] => early += 1,
            _ => twice += 1,
        }
    }
    late.sort_by(f64::total_cmp);
    let wrong = lost + twice + early;
    let what = match wrong {
        0 => "counted on the wall".to_owned(),
        _ => format!("{name}: {lost} not there yet, {twice} asked for twice, {early} early"),
    };
    Ok(Round { late, wrong: f64::from(wrong), what })
}

fn schedule(
    house: &House,
    channels: &[String],
    count: usize,
    due: &(impl Fn(usize) -> u64 + Sync),
    mark: &(impl Fn(usize) -> String + Sync),
) -> Result<()> {
    let (port, cookie, brand) = (house.port, house.cookie.as_str(), house.brand.as_str());
    thread::scope(|scope| {
        let threads: Vec<_> = (0..CALLERS)
            .map(|caller| {
                scope.spawn(move || -> Result<()> {
                    let mut line = Caller::open(port, cookie)?;
                    for n in (caller..count).step_by(CALLERS) {
                        let channel = channels.get(n % channels.len()).context("no channel")?;
                        let post = json!({ "content": { "text": mark(n), "language": "en" }, "channels": [channel] });
                        let post = line.json("POST", &format!("{brand}/posts"), &post.to_string())?;
                        let id = post.get("id").and_then(Value::as_str).context("no id")?;
                        let when = json!({ "mode": "at", "wall": wall(due(n)), "zone": "UTC" });
                        let body = json!({ "version": post.get("version"), "when": when }).to_string();
                        line.ask("POST", &format!("{brand}/posts/{id}/schedule"), &body)?;
                    }
                    Ok(())
                })
            })
            .collect();
        for thread in threads {
            thread.join().map_err(|_| anyhow::anyhow!("a caller panicked"))??;
        }
        Ok(())
    })
}

/// Every post of ours on the wall with the moments at which its requests arrived, in milliseconds.
fn arrivals(sandbox: u16) -> Result<BTreeMap<String, Vec<i64>>> {
    let (_, body) = http::get(sandbox, &format!("/stats/{NETWORK}?posts=true"))?;
    let told: Value = serde_json::from_str(&body)?;
    let mut found: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    for post in told.get("received").and_then(Value::as_array).context("no posts")? {
        let text = |name| post.get(name).and_then(Value::as_str).unwrap_or_default();
        found.entry(text("text").to_owned()).or_default().push(millis(text("received_at")).context("no moment")?);
    }
    Ok(found)
}

fn now_ms() -> Result<u64> {
    Ok(u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?)
}

/// A second since 1970 as `2026-11-22T03:00:00`, in UTC.
fn wall(second: u64) -> String {
    let (year, month, day) = date(second / 86_400);
    let left = second % 86_400;
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", left / 3600, left / 60 % 60, left % 60)
}

/// The number of today since 1970-01-01.
pub(super) fn today() -> Result<u64> {
    Ok(now_ms()? / 86_400_000)
}

/// The beginning of a day as an instant of the API.
pub(super) fn day(number: u64) -> String {
    format!("{}Z", wall(number * 86_400))
}

/// The date of a day since 1970-01-01 (Howard Hinnant's `civil_from_days`, for years after 1970).
fn date(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let era = shifted / 146_097;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

/// The milliseconds of `2026-11-22T03:00:00.123456Z`.
fn millis(text: &str) -> Option<i64> {
    let (date_text, rest) = text.split_once('T')?;
    let parts: Vec<i64> = date_text.split('-').filter_map(|part| part.parse().ok()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    let clock = rest.trim_end_matches('Z');
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let mut seconds = 0;
    for part in clock.split(':') {
        seconds = seconds * 60 + part.parse::<i64>().ok()?;
    }
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    // The number of the day, the other way round.
    let year = if *month <= 2 { year - 1 } else { *year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if *month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    Some((days * 86_400 + seconds) * 1000 + fraction.parse::<i64>().ok()?)
}

/// Posts through the API: written by 32 callers at once, and listed.
pub(super) fn requests(place: &Place) -> Result<Vec<Figure>> {
    let folder = RunFolder::make("bench-api")?;
    let data = house::data(&folder, "data");
    house::found(place, &data, None)?;
    let house = House::start(place, &folder, &data, &[])?;
    let posts = format!("{}/posts", house.brand);
    let body = |caller: usize, n: usize| {
        let text = format!("Открываемся в {n} раз! {caller}\n\nЗаходите, будет вкусно.");
        json!({ "content": { "text": text, "language": "ru" }, "channels": [], "schedule": {
            "wall": wall(1_800_000_000 + u64::try_from(n * 32 + caller).unwrap_or(0) * 600), "zone": "Europe/Moscow" } })
        .to_string()
    };
    many(house.port, &house.cookie, 32, 20, |caller, n| ("POST", posts.clone(), body(caller, n)))?;
    let written = many(house.port, &house.cookie, 32, 300, |caller, n| ("POST", posts.clone(), body(caller, n)))?;
    let list = |limit: usize, each: usize| -> Result<_> {
        let path = format!("{posts}?limit={limit}");
        many(house.port, &house.cookie, 32, each / 10, |_, _| ("GET", path.clone(), String::new()))?;
        many(house.port, &house.cookie, 32, each, |_, _| ("GET", path.clone(), String::new()))
    };
    let (small, large) = (list(50, 600)?, list(600, 80)?);
    let (_, most) = house.memory()?;
    let figure = |name, seen: &super::caller::Seen, least: f64, peer| {
        let how = format!("32 callers; middle {:.1} ms, p99 {:.1}", seen.percentile(50), seen.percentile(99));
        Figure::least(name, seen.rate, least, "/s", how).against(peer)
    };
    let p99 = |name, seen: &super::caller::Seen| Figure::most(name, seen.percentile(99), 50.0, "ms", String::new());
    Ok(vec![
        figure("posts written", &written, 2000.0, Some(("Postiz", POSTIZ.posts_written))),
        p99("posts written, p99", &written),
        figure("lists of 50 posts", &small, 5000.0, None),
        p99("lists of 50 posts, p99", &small),
        figure("lists of 600 posts", &large, 600.0, Some(("Postiz", POSTIZ.lists))),
        p99("lists of 600 posts, p99", &large),
        Figure::most("memory under this load", most, 200.0, "MB", "the most it ever held".to_owned())
            .against(Some(("Postiz, idle", POSTIZ.memory_mb))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_go_there_and_back() {
        for second in [0, 951_782_400, 1_800_000_000, 4_102_444_799] {
            let text = wall(second);
            assert_eq!(millis(&format!("{text}.25Z")), Some(i64::try_from(second * 1000 + 250).unwrap()), "{text}");
        }
        assert_eq!(wall(1_795_316_400), "2026-11-22T03:00:00");
        assert_eq!(millis("soon"), None);
    }
}
