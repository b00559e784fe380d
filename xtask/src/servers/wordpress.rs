//! WordPress from Debian's packages, with a database, a copy of the site and a port of its own. The only server that
//! may be missing, because other systems do not package it.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{Server, Start};
use crate::children::Child;
use crate::{apt, http, shell};

/// What it is called in messages.
pub(super) const NAME: &str = "WordPress";
/// Where Debian puts the site's files.
const PACKAGED: &str = "/usr/share/wordpress";
/// How long each program may take to come up on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// Makes sure that the programs are there. `webfs` and `php-cgi` satisfy the package's wish for a web server and
/// a PHP with the smallest that do; neither is started.
pub(super) fn install() -> Result<()> {
    apt::ensure(&[
        (
            "/usr/share/wordpress/wp-settings.php",
            &["wordpress", "wordpress-theme-twentytwentythree", "webfs", "php-cgi"],
        ),
        ("mariadbd", &["mariadb-server"]),
        ("php", &["php-cli", "php-mysql", "php-gd", "php-xml", "php-mbstring"]),
    ])
}

/// Starts the database and the site.
pub(super) fn start(start: Start<'_>) -> Result<Server> {
    let home = start.folder.join("wordpress");
    let site = home.join("site");
    std::fs::create_dir_all(&home)?;
    let socket = home.join("db.sock");
    let database = database(start, &home.join("db"), &socket)?;
    copy_site(&site)?;
    let ours = start.place.root.join("tests/servers/wordpress");
    std::fs::copy(ours.join("wp-config.php"), site.join("wp-config.php"))?;
    let port = http::free_port()?;
    let url = format!("http://127.0.0.1:{port}");
    let php = || {
        let mut command = Command::new("php");
        command
            .args(["-d", "upload_max_filesize=64M", "-d", "post_max_size=80M", "-d", "memory_limit=512M"])
            .current_dir(&site)
            .env("SARAFAN_WORDPRESS_SOCKET", &socket)
            .env("SARAFAN_WORDPRESS_URL", &url)
            // The site calls itself for its timed work, which needs a second pair of hands.
            .env("PHP_CLI_SERVER_WORKERS", "4");
        command
    };
    let told = shell::output(php().arg(ours.join("install.php")))?;
    let told: Value = told
        .lines()
        .find_map(|line| serde_json::from_str(line).ok())
        .with_context(|| format!("the installation did not tell the password:\n{}", shell::last_lines(&told, 20)))?;
    let mut child = Child::start("wordpress", start.folder, php().arg("-S").arg(format!("127.0.0.1:{port}")))?;
    child.wait_for_text(PATIENCE, "Development Server")?;
    let (status, body) = http::get(port, "/wp-json/")?;
    if status != 200 || !body.contains(r"wp\/v2") {
        bail!("WordPress answers {status} to a look at its API:\n{}", child.story());
    }
    let told = json!({ "url": url, "user": told.get("user"), "app_password": told.get("password") });
    Ok(Server::new(vec![child, database], &[("SARAFAN_TEST_WORDPRESS", told.to_string())]))
}

/// Copies the packaged site. Links are followed, since they lead to other packages; one that leads nowhere (a file that
/// the package's own set-up would make) makes `cp` complain after it has copied the rest.
fn copy_site(site: &Path) -> Result<()> {
    let copied =
        shell::run_quietly(Command::new("cp").args(["-rL", "--no-preserve=mode,ownership", PACKAGED]).arg(site));
    if site.join("wp-settings.php").is_file() { Ok(()) } else { copied }
}

/// MariaDB without a port: only the site's socket leads to it.
fn database(start: Start<'_>, data: &Path, socket: &Path) -> Result<Child> {
    let owner = if shell::is_root() { vec!["--user=root"] } else { Vec::new() };
    shell::run_quietly(
        Command::new("mariadb-install-db")
            .arg("--no-defaults")
            .arg(format!("--datadir={}", data.display()))
            .args(["--auth-root-authentication-method=normal", "--skip-test-db"])
            .args(&owner),
    )?;
    let mut child = Child::start(
        "mariadb",
        start.folder,
        Command::new(shell::find("mariadbd").context("mariadbd is missing")?)
            .arg("--no-defaults")
            .arg(format!("--datadir={}", data.display()))
            .arg(format!("--socket={}", socket.display()))
            .args([
                "--skip-networking",
                "--skip-log-bin",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=64M",
            ])
            .args(&owner),
    )?;
    child.wait_for_text(PATIENCE, "ready for connections")?;
    shell::run_quietly(
        Command::new("mariadb").arg("--no-defaults").arg(format!("--socket={}", socket.display())).args([
            "--user=root",
            "--execute",
            "CREATE DATABASE wordpress CHARACTER SET utf8mb4",
        ]),
    )?;
    Ok(child)
}
