//! The project's files as the rules see them: everything that git keeps or would keep, as text.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::shell;

/// One text file.
#[derive(Debug)]
pub(crate) struct File {
    /// Its path from the project's root, with `/`.
    pub(crate) path: String,
    /// What it says.
    pub(crate) text: String,
}

/// All text files, sorted by path.
#[derive(Debug)]
pub(crate) struct Tree(Vec<File>);

impl Tree {
    /// Reads the project, without what git ignores.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let listed = shell::output(
            Command::new("git")
                .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
                .current_dir(root),
        )
        .context("tidy looks at what git keeps, so it needs git and a clone")?;
        let mut files: Vec<File> = listed
            .split('\0')
            .filter(|path| !path.is_empty())
            // What is not text (pictures, fonts) or was removed a moment ago has no rule.
            .filter_map(|path| {
                let text = std::fs::read_to_string(root.join(path)).ok()?;
                Some(File { path: path.to_owned(), text })
            })
            .collect();
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(Self(files))
    }

    /// A made-up project.
    #[cfg(test)]
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self(files.iter().map(|(path, text)| File { path: (*path).to_owned(), text: (*text).to_owned() }).collect())
    }

    /// All files.
    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.0.iter()
    }

    /// One file.
    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.0.iter().find(|file| file.path == path)
    }

    /// The names right below a folder: modules and folders alike, without `.rs`, each once.
    pub(crate) fn names_in(&self, folder: &str) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .0
            .iter()
            .filter_map(|file| file.path.strip_prefix(folder)?.strip_prefix('/'))
            .filter_map(|rest| match rest.split_once('/') {
                Some((folder, _)) => Some(folder),
                None => rest.strip_suffix(".rs"),
            })
            .collect();
        names.dedup();
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_and_folders_are_one_name() {
        let tree =
            Tree::of(&[("a/src/post.rs", ""), ("a/src/plan/mod.rs", ""), ("a/src/plan/row.rs", ""), ("b/x.rs", "")]);
        assert_eq!(tree.names_in("a/src"), ["post", "plan"]);
    }
}
