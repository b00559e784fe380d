//! `sarafan post history`: what a post was.

use sarafan_app::posts::{HistoryPage, VersionView};
use sarafan_domain::id::{BrandId, PostId};
use sarafan_domain::post::history::Change;

use super::super::Desk;
use crate::trouble::Outcome;

/// Shows all versions, or one with its text.
pub(super) async fn show(desk: &Desk, brand: BrandId, id: PostId, version: Option<i64>) -> Outcome {
    if let Some(version) = version {
        let detail = desk.app.post_version(&desk.actor, brand, id, version).await?;
        desk.show(&detail, || {
            format!("{}\n{}\n", rows(desk, std::slice::from_ref(&detail.brief)), detail.content.text)
        });
        return Ok(());
    }
    let mut page = desk.app.post_history(&desk.actor, brand, id, None, Some(100)).await?;
    let mut items = std::mem::take(&mut page.items);
    while let Some(next) = page.next.take() {
        page = desk.app.post_history(&desk.actor, brand, id, Some(&next), Some(100)).await?;
        items.append(&mut page.items);
    }
    let page = HistoryPage { items, next: None };
    desk.show(&page, || rows(desk, &page.items));
    Ok(())
}

fn rows(desk: &Desk, versions: &[VersionView]) -> String {
    let mut table = desk.table(&["cli-head-version", "cli-head-time", "cli-head-name", "cli-head-changed"]);
    for one in versions {
        let changes: Vec<String> = one.changes.iter().map(|change| field(desk, change)).collect();
        table.row([one.version.to_string(), one.saved_at.clone(), one.person.name.clone(), changes.join(", ")]);
    }
    table.text()
}

fn field(desk: &Desk, change: &Change) -> String {
    let code = change.field.code().replace('_', "-");
    let name = desk.say(&format!("posts-field-{code}"), &[]);
    if change.target.is_empty() { name } else { format!("{name} ({})", change.target) }
}
