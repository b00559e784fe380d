//! The size of the browser application's shell: what a browser loads before it can show the first page.

use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::shell;

/// The most the shell may weigh, packed, in bytes.
const MOST: u64 = 120_000;

/// Bytes of the shell, packed with gzip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) u64);

impl Size {
    /// Fails when it is more than it may be.
    pub(crate) fn check(self) -> Result<()> {
        if self.0 > MOST {
            bail!("{self}");
        }
        Ok(())
    }
}

impl fmt::Display for Size {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "shell {}.{} kB gzip, at most {} kB", self.0 / 1000, self.0 % 1000 / 100, MOST / 1000)
    }
}

/// Weighs index.html with the scripts and styles it names itself.
pub(crate) fn shell_gzip(dist: &Path) -> Result<Size> {
    let index = dist.join("index.html");
    let text = std::fs::read_to_string(&index).context("the browser application is not built")?;
    let files = std::iter::once(index).chain(named(&text).into_iter().map(|name| dist.join(name)));
    let mut sum = 0;
    for file in files {
        let packed = Command::new("gzip").args(["-9", "--no-name", "--stdout"]).arg(&file).output()?;
        if !packed.status.success() {
            bail!(
                "gzip could not pack {}: {}",
                file.display(),
                shell::last_lines(&String::from_utf8_lossy(&packed.stderr), 3)
            );
        }
        sum += u64::try_from(packed.stdout.len())?;
    }
    Ok(Size(sum))
}

/// The scripts and styles that a page names.
fn named(page: &str) -> Vec<&str> {
    let values = ["src=\"", "href=\""].into_iter().flat_map(|mark| page.split(mark).skip(1));
    let mut names: Vec<&str> = values
        .filter_map(|rest| rest.split('"').next())
        .filter(|name| name.ends_with(".js") || name.ends_with(".css"))
        .map(|name| name.trim_start_matches("./").trim_start_matches('/'))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_styles_are_found() {
        let page = r#"<link rel="icon" href="/a.svg"><script type="module" src="/assets/i.js"></script>
            <link rel="modulepreload" href="./assets/v.js"><link rel="stylesheet" href="/assets/i.css">"#;
        assert_eq!(named(page), ["assets/i.css", "assets/i.js", "assets/v.js"]);
    }

    #[test]
    fn too_much_is_refused() {
        assert!(Size(MOST).check().is_ok());
        let error = Size(MOST + 1234).check().unwrap_err().to_string();
        assert_eq!(error, "shell 121.2 kB gzip, at most 120 kB");
    }
}
