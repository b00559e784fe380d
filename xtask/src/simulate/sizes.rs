//! How large the database grows: rows by what causes them, bytes of a row as the real store keeps it, its indexes included.
//! The bytes are measured by `cargo xtask simulate --measure` and written down here.

use std::process::Command;

use anyhow::{Context, Result};

use super::world::World;
use crate::bench;
use crate::children::RunFolder;
use crate::place::Place;
use crate::servers::Durable;
use crate::shell;

/// Posts that are written to measure.
const POSTS: usize = 10_000;

/// A table, its rows per delivery in hundredths, and the bytes of a row on SQLite and PostgreSQL.
struct Table {
    name: &'static str,
    per_hundred: u32,
    sqlite: u32,
    postgres: u32,
    /// Why so many.
    why: &'static str,
}

const TABLES: [Table; 7] = [
    Table { name: "post", per_hundred: 60, sqlite: 1309, postgres: 1608, why: "a post goes to 1.7 channels" },
    Table {
        name: "post_tag",
        per_hundred: 240,
        sqlite: 93,
        postgres: 288,
        why: "four per post: channel, rubric, label, campaign",
    },
    Table { name: "delivery", per_hundred: 100, sqlite: 629, postgres: 1123, why: "" },
    Table { name: "attempt", per_hundred: 102, sqlite: 125, postgres: 308, why: "two in a hundred are tried again" },
    Table { name: "snapshot", per_hundred: 2000, sqlite: 73, postgres: 179, why: "five numbers at four ages" },
    Table { name: "snapshot_latest", per_hundred: 500, sqlite: 66, postgres: 158, why: "the latest of each" },
    Table { name: "audit", per_hundred: 120, sqlite: 226, postgres: 289, why: "two per post: written, scheduled" },
];

/// Prints what a day and a year add.
pub(super) fn print(world: &World) {
    println!("\nDatabase: rows and gigabytes that {} deliveries a day add", world.deliveries);
    println!("  table              rows a day   bytes SQLite  PostgreSQL   GB a day SQLite  PostgreSQL");
    let (mut sqlite, mut postgres) = (0.0, 0.0);
    for table in &TABLES {
        let rows = f64::from(world.deliveries) * f64::from(table.per_hundred) / 100.0;
        let (one, two) = (rows * f64::from(table.sqlite) / 1e9, rows * f64::from(table.postgres) / 1e9);
        (sqlite, postgres) = (sqlite + one, postgres + two);
        println!(
            "  {:<16} {rows:>12.0} {:>14} {:>11} {one:>17.1} {two:>11.1}  {}",
            table.name, table.sqlite, table.postgres, table.why
        );
    }
    println!("  together {sqlite:>64.1} {postgres:>11.1}");
    println!("  a year, terabytes {:>55.1} {:>11.1}", sqlite * 0.365, postgres * 0.365);
}

/// Fills both engines with the real store and prints the bytes of a row, table by table, for the constants above.
pub(super) fn measure(place: &Place) -> Result<()> {
    bench::build(place)?;
    bench::build_examples(place)?;
    let folder = RunFolder::make("sizes")?;
    let data = folder.path().join("data");
    let server = Durable::start(place, folder.path())?;
    let file = format!("sqlite://{}", folder.path().join("sizes.db").display());
    std::fs::create_dir_all(&data)?;
    for url in [file, server.address("sarafan")] {
        bench::found(place, &data, Some(&url))?;
        let fill = place.target.join("release/examples/fill");
        shell::run(Command::new(&fill).args(["posts", &url, &POSTS.to_string()]))?;
        let told = shell::output(Command::new(&fill).args(["sizes", &url]))?;
        let engine = url.split(':').next().context("an address")?;
        println!("{engine}: bytes a row, indexes included\n{told}");
    }
    Ok(())
}
