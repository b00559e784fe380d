//! Where programs with a token may go: into brands, and to little else. All other routes are for people, also those that
//! are added without a thought of tokens.

/// Routes outside brands that are open to programs.
const OPEN: [&str; 5] = ["/brands", "/networks", "/pause", "/time-zones", "/tokens/own"];

/// May a program ask this route of the API? What it may do there is asked in `app`.
pub(crate) fn may_go(route: &str) -> bool {
    route.starts_with("/brands/") || OPEN.contains(&route)
}
