//! A large database: a million posts of one brand over ten years, with twenty numbers each; and the same ten and a hundred
//! times smaller, so that the growth is seen. Filled once per schema and kept in the cache.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use serde_json::Value;

use super::caller::percentile;
use super::house::{self, House};
use super::{Figure, start};
use crate::children::RunFolder;
use crate::place::{Place, files_under, fingerprint};

/// Posts of the large database, and of the smaller ones.
const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
/// So often each page is asked for.
const LOOKS: usize = 100;

/// What is asked, with the most it may take under the largest size.
const PAGES: [(&str, f64); 8] = [
    ("month of the calendar", 50.0),
    ("posts, first page", 50.0),
    ("posts, with a word", 50.0),
    ("posts of a channel, changed last", 50.0),
    ("queue", 50.0),
    ("post page", 50.0),
    ("numbers of a post", 50.0),
    ("overview of 30 days", 100.0),
];

/// Measures every page at every size, and the start with the largest.
pub(super) fn measure(place: &Place) -> Result<Vec<Figure>> {
    let mut rows: Vec<Vec<f64>> = Vec::new();
    let folder = RunFolder::make("bench-big")?;
    let mut started = f64::NAN;
    let mut memory = 0.0;
    for size in SIZES {
        let data = filled(place, size)?;
        (started, _) = start::start(place, &folder, &data).map(|(took, child)| (took, drop(child)))?;
        let house = House::start(place, &folder, &data, &[])?;
        rows.push(pages(&house)?);
        (_, memory) = house.memory()?;
    }
    let mut figures = Vec::new();
    for (index, (name, most)) in PAGES.iter().enumerate() {
        let at = |row: usize| rows.get(row).and_then(|row| row.get(index)).copied().unwrap_or(f64::NAN);
        let how = format!("p95 of {LOOKS}; with a hundredth of it {:.1} ms, with a tenth {:.1}", at(0), at(1));
        figures.push(Figure::most(name, at(2), *most, "ms", how));
    }
    let how = "to the first answered request; a million posts".to_owned();
    figures.push(Figure::most("cold start, large", started, 1000.0, "ms", how));
    let how = "the most it ever held while these pages were read".to_owned();
    figures.push(Figure::most("memory, large", memory, 200.0, "MB", how));
    Ok(figures)
}

/// The data folder with so many posts: from the cache, or filled now.
fn filled(place: &Place, size: usize) -> Result<PathBuf> {
    let mut files = files_under(&place.root.join("crates/store/src/migrations"), |_| true)?;
    files.push(place.root.join("crates/store/examples/fill.rs"));
    let data = place.cache.join("bench").join(format!("posts-{size}-{}", fingerprint(&files)?));
    if data.is_dir() {
        return Ok(data);
    }
    let unfinished = data.with_extension("unfinished");
    let _ = std::fs::remove_dir_all(&unfinished);
    std::fs::create_dir_all(&unfinished)?;
    eprintln!("filling a database with {size} posts");
    house::found(place, &unfinished, None)?;
    fill(place, &unfinished, size)?;
    std::fs::rename(&unfinished, &data)?;
    Ok(data)
}

fn fill(place: &Place, data: &Path, size: usize) -> Result<()> {
    let url = format!("sqlite://{}", data.join("sarafan.db").display());
    house::example(place, "fill", &["posts", &url, &size.to_string()]).map(|_| ())
}

/// The 95th percentile of every page, in the order of [`PAGES`].
fn pages(house: &House) -> Result<Vec<f64>> {
    let mut caller = house.caller()?;
    let brand = &house.brand;
    let now = super::hot::today()?;
    let (month, next) = (super::hot::day(now), super::hot::day(now + 31));
    let past = super::hot::day(now - 30);
    let list = caller.json("GET", &format!("{brand}/posts?from={past}&limit=50"), "")?;
    let first = list.pointer("/items/0").context("the list is empty")?;
    let post = first.get("id").and_then(Value::as_str).context("no id")?;
    let channel = first.pointer("/channels/0").context("no channel")?;
    let channel = channel.as_str().or_else(|| channel.get("id").and_then(Value::as_str)).context("no channel")?;
    let paths = [
        format!("{brand}/posts?from={month}&to={next}&limit=600"),
        format!("{brand}/posts?limit=50"),
        format!("{brand}/posts?q=%D1%81%D0%B0%D0%BC%D0%BE%D0%B2%D0%B0%D1%80&limit=50"),
        format!("{brand}/posts?channel={channel}&sort=updated&limit=50"),
        format!("{brand}/deliveries?limit=50"),
        format!("{brand}/posts/{post}"),
        format!("{brand}/posts/{post}/stats"),
        format!("{brand}/overview?from={past}&to={month}"),
    ];
    let mut all = Vec::new();
    for path in paths {
        let mut times = Vec::new();
        for _ in 0..LOOKS {
            let asked = Instant::now();
            caller.ask("GET", &path, "")?;
            times.push(asked.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        all.push(percentile(&times, 95));
    }
    Ok(all)
}
