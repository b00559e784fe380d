//! What a device is called: the browser and the system that its `User-Agent` names. What we do not know stays unnamed.

/// A word in a `User-Agent`, and what it means. The first that is found counts: most browsers also name those they
/// descend from.
const BROWSERS: [(&str, &str); 14] = [
    ("YaBrowser/", "Yandex Browser"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("Vivaldi/", "Vivaldi"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
    ("curl/", "curl"),
    ("python-requests/", "Python"),
];

const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "macOS"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// The browser that a `User-Agent` names.
pub(super) fn browser(agent: &str) -> Option<String> {
    find(agent, &BROWSERS)
}

/// The system that a `User-Agent` names.
pub(super) fn system(agent: &str) -> Option<String> {
    find(agent, &SYSTEMS)
}

fn find(agent: &str, known: &[(&str, &str)]) -> Option<String> {
    known.iter().find(|(word, _)| agent.contains(word)).map(|(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_and_systems_are_named() {
        let webkit = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0";
        let rows = [
            (format!("Mozilla/5.0 (Windows NT 10.0; Win64; x64) {webkit} Safari/537.36"), "Chrome", "Windows"),
            (format!("Mozilla/5.0 (Windows NT 10.0) {webkit} Safari/537.36 Edg/138.0.0.0"), "Edge", "Windows"),
            (
                format!("Mozilla/5.0 (X11; Linux x86_64) {webkit} YaBrowser/25.6 Safari/537.36"),
                "Yandex Browser",
                "Linux",
            ),
            (format!("Mozilla/5.0 (Linux; Android 15) {webkit} Mobile Safari/537.36"), "Chrome", "Android"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Firefox/140.0".into(), "Firefox", "macOS"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1".into(),
                "Safari",
                "iPhone",
            ),
            ("curl/8.14.1".into(), "curl", "-"),
            ("".into(), "-", "-"),
        ];
        for (agent, browser_name, system_name) in rows {
            assert_eq!(browser(&agent).as_deref().unwrap_or("-"), browser_name, "{agent}");
            assert_eq!(system(&agent).as_deref().unwrap_or("-"), system_name, "{agent}");
        }
    }
}
