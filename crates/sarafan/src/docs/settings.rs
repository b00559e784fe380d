//! The table of the settings in `docs/configuration.md`.

use crate::config::SETTINGS;

/// One row per setting.
pub(super) fn table() -> String {
    let mut text =
        String::from("| `sarafan.toml` | environment | default | example | what it is for |\n|---|---|---|---|---|\n");
    for setting in SETTINGS {
        let default = if setting.default.is_empty() { String::new() } else { format!("`{}`", setting.default) };
        text.push_str(&format!(
            "| `{}` | `SARAFAN_{}` | {default} | `{}` | {} |\n",
            setting.key,
            setting.key.to_uppercase(),
            setting.example,
            setting.words.trim().replace('|', "\\|"),
        ));
    }
    text
}
