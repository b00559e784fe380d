//! Each area has the same name on every floor: who knows `domain::post` knows `store::posts`, `app::posts`,
//! `web::api::posts` and `ui/src/areas/posts`. The domain speaks of one thing, the other floors of many.

use super::{Finding, Tree};

/// The floors from the rules to the face, and whether their modules are called by one thing or by many.
const FLOORS: [(&str, Number); 5] = [
    (DOMAIN, Number::One),
    (STORE, Number::Many),
    (APP, Number::Many),
    (WEB, Number::Many),
    ("ui/src/areas", Number::Many),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    One,
    Many,
}

/// An area, and the floors on which there is nothing to say about it, each with the reason.
#[derive(Debug)]
struct Area {
    one: &'static str,
    many: &'static str,
    absent: &'static [(&'static str, &'static str)],
}

const DOMAIN: &str = "crates/domain/src";
const STORE: &str = "crates/store/src";
const APP: &str = "crates/app/src";
const WEB: &str = "crates/web/src/api";

/// All areas.
const AREAS: &[Area] = &[
    Area { one: "post", many: "posts", absent: &[] },
    Area { one: "delivery", many: "deliveries", absent: &[] },
    Area { one: "channel", many: "channels", absent: &[] },
    Area { one: "asset", many: "assets", absent: &[] },
    Area { one: "brand", many: "brands", absent: &[] },
    Area { one: "member", many: "members", absent: &[] },
    Area { one: "approval", many: "approvals", absent: &[] },
    Area { one: "audit", many: "audit", absent: &[] },
    Area {
        one: "plan",
        many: "plan",
        absent: &[("crates/store/src", "a plan becomes posts; nothing else of it is kept")],
    },
    Area {
        one: "card",
        many: "cards",
        absent: &[
            (DOMAIN, "a card is what a page says of itself"),
            (STORE, "it is kept among the files"),
            ("ui/src/areas", "the composer's preview shows it"),
        ],
    },
    Area {
        one: "comment",
        many: "comments",
        absent: &[(DOMAIN, "a comment is what a network told; there is nothing to decide yet")],
    },
    Area {
        one: "move",
        many: "moves",
        absent: &[
            (DOMAIN, "what an arrived post may still do is domain::delivery"),
            ("ui/src/areas", "a brand moves in its settings"),
        ],
    },
    Area {
        one: "note",
        many: "notes",
        absent: &[(DOMAIN, "a note is what somebody said; there is nothing to decide")],
    },
    Area { one: "notice", many: "notices", absent: &[] },
    Area { one: "task", many: "tasks", absent: &[(DOMAIN, "a task is open or done; there is nothing to decide")] },
    Area { one: "metric", many: "numbers", absent: &[] },
    Area {
        one: "calendar",
        many: "calendar",
        absent: &[(DOMAIN, "its rules are domain::schedule and domain::holiday"), (STORE, "it shows posts")],
    },
    Area {
        one: "today",
        many: "today",
        absent: &[(DOMAIN, "it decides nothing"), (STORE, "it shows posts, deliveries and channels")],
    },
    Area { one: "session", many: "sessions", absent: &[(DOMAIN, "a session is a secret and a time")] },
    Area { one: "factor", many: "factors", absent: &[(DOMAIN, "a factor is a secret and a time")] },
    Area {
        one: "identity",
        many: "identities",
        absent: &[
            (DOMAIN, "who somebody is elsewhere is the provider's word"),
            ("ui/src/areas", "a button of the sign-in, which is sessions"),
        ],
    },
    Area {
        one: "profile",
        many: "profile",
        absent: &[
            (DOMAIN, "a person is known by memberships"),
            (STORE, "a profile is one's own row of persons"),
            (APP, "a profile is one's own row of persons"),
        ],
    },
    Area {
        one: "setup",
        many: "setup",
        absent: &[(DOMAIN, "it happens once"), (STORE, "it writes persons and settings")],
    },
    Area { one: "token", many: "tokens", absent: &[] },
    Area { one: "webhook", many: "webhooks", absent: &[] },
    Area {
        one: "settings",
        many: "settings",
        absent: &[
            (DOMAIN, "a brand's settings are the brand"),
            (APP, "a brand's settings are the brand"),
            (WEB, "a brand's settings are the brand"),
        ],
    },
];

/// Floors on which every module has to be an area: they are made of nothing else.
const ONLY_AREAS: &[&str] = &["ui/src/areas"];

/// Every area that is missing or called otherwise.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    compare(tree, AREAS)
}

fn compare(tree: &Tree, areas: &[Area]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (floor, number) in FLOORS {
        let names = tree.names_in(floor);
        let mut found = |what: String| findings.push(Finding::new("areas", floor, None, what));
        for area in areas {
            let (name, other) = match number {
                Number::One => (area.one, area.many),
                Number::Many => (area.many, area.one),
            };
            let is_there = names.contains(&name);
            let reason = area.absent.iter().find(|(absent, _)| *absent == floor).map(|(_, reason)| reason);
            match reason {
                Some(reason) if is_there => {
                    found(format!("`{name}` is there, though it is listed as absent ({reason})"));
                }
                None if !is_there => found(format!("the area `{name}` is missing here, as file or folder")),
                _ => {}
            }
            if other != name && names.contains(&other) {
                found(format!("`{other}` is called `{name}` on this floor"));
            }
        }
        if ONLY_AREAS.contains(&floor) {
            let is_area = |name: &&str| areas.iter().any(|area| area.many == *name);
            for name in names.iter().filter(|name| !is_area(name)) {
                found(format!("`{name}` is no area; the areas are listed in xtask/src/tidy/areas.rs"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::assert_findings;

    const TWO: &[Area] = &[
        Area { one: "post", many: "posts", absent: &[] },
        Area { one: "plan", many: "plan", absent: &[("crates/store/src", "why")] },
    ];

    const GOOD: &[&str] = &[
        "crates/domain/src/post.rs",
        "crates/domain/src/plan/mod.rs",
        "crates/store/src/posts/mod.rs",
        "crates/app/src/posts.rs",
        "crates/app/src/plan.rs",
        "crates/web/src/api/posts.rs",
        "crates/web/src/api/plan.rs",
        "ui/src/areas/posts/Posts.svelte",
        "ui/src/areas/plan/Plan.svelte",
    ];

    fn found(change: impl Fn(&str) -> Option<String>) -> Vec<Finding> {
        let paths: Vec<String> = GOOD.iter().filter_map(|path| change(path)).collect();
        let files: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "")).collect();
        compare(&Tree::of(&files), TWO)
    }

    #[test]
    fn the_same_name_everywhere_is_fine() {
        assert_findings(&found(|path| Some(path.to_owned())), &[]);
    }

    #[test]
    fn another_name_is_found() {
        assert_findings(
            &found(|path| Some(path.replace("app/src/posts", "app/src/post"))),
            &["crates/app/src: the area `posts` is missing", "`post` is called `posts` on this floor"],
        );
        assert_findings(
            &found(|path| Some(path.replace("ui/src/areas/plan", "ui/src/areas/import"))),
            &["ui/src/areas: the area `plan` is missing", "`import` is no area"],
        );
        assert_findings(
            &found(|path| (!path.contains("web/src/api/plan")).then(|| path.to_owned())),
            &["crates/web/src/api: the area `plan` is missing"],
        );
    }
}
