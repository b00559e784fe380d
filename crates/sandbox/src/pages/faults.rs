//! The page on which things are made to go wrong.

use jiff::Timestamp;

use super::{Words, put, segment};
use crate::language::Tongue;
use crate::room::{Room, Sandbox};

pub(super) fn page(sandbox: &Sandbox, tongue: Tongue) -> String {
    let mut main = String::new();
    put!(main, "<h1>{}</h1>\n", Words(&tongue.say("sandbox-faults")));
    put!(main, "<p class=\"lead\">{}</p>\n", Words(&tongue.say("sandbox-faults-lead")));
    for room in sandbox.rooms() {
        network(&mut main, room, tongue);
    }
    put!(
        main,
        "<form method=\"post\" action=\"/faults\"><button name=\"clear\" value=\"1\">{}</button></form>\n",
        Words(&tongue.say("sandbox-faults-clear-all"))
    );
    super::page(tongue, &tongue.say("sandbox-faults"), None, &main)
}

fn network(main: &mut String, room: &Room, tongue: Tongue) {
    let faults = room.faults().clone();
    let left = faults.rate_limited_until.map_or(0, |until| until.duration_since(Timestamp::now()).as_secs().max(0));
    let fields = [
        ("latency_ms", "sandbox-fault-latency", faults.latency_ms),
        ("rate_limit_seconds", "sandbox-fault-rate", u64::try_from(left).unwrap_or_default()),
        ("status_500", "sandbox-fault-500", faults.status_500.into()),
        ("status_502_after_accept", "sandbox-fault-502", faults.status_502_after_accept.into()),
        ("silent_after_accept", "sandbox-fault-silent", faults.silent_after_accept.into()),
        ("cut_after_accept", "sandbox-fault-cut", faults.cut_after_accept.into()),
        ("drop_before", "sandbox-fault-drop", faults.drop_before.into()),
        ("garbage", "sandbox-fault-garbage", faults.garbage.into()),
    ];
    let id = room.player.id();
    put!(
        main,
        "<section class=\"card\"><h2>{}</h2>\n<form class=\"faults\" method=\"post\" action=\"/faults/{}\">\n",
        Words(room.player.title()),
        segment(id)
    );
    for (name, key, value) in fields {
        put!(
            main,
            "<label><span>{}</span><input type=\"number\" min=\"0\" name=\"{name}\" value=\"{value}\"></label>\n",
            Words(&tongue.say(key))
        );
    }
    let chosen = |is: bool| if is { " selected" } else { "" };
    put!(main, "<label><span>{}</span><select name=\"expired_token\">", Words(&tongue.say("sandbox-fault-expired")));
    put!(
        main,
        "<option value=\"0\"{}>{}</option>",
        chosen(!faults.expired && faults.expired_tokens == 0),
        Words(&tongue.say("sandbox-fault-expired-no"))
    );
    put!(
        main,
        "<option value=\"1\"{}>{}</option>",
        chosen(faults.expired_tokens > 0),
        Words(&tongue.say("sandbox-fault-expired-once"))
    );
    put!(
        main,
        "<option value=\"all\"{}>{}</option></select></label>\n",
        chosen(faults.expired),
        Words(&tongue.say("sandbox-fault-expired-all"))
    );
    put!(
        main,
        "<p class=\"buttons\"><button class=\"main\">{}</button></p>\n</form>\n",
        Words(&tongue.say("sandbox-faults-set"))
    );
    put!(
        main,
        "<form method=\"post\" action=\"/faults/{}\"><button name=\"clear\" value=\"1\">{}</button></form></section>\n",
        segment(id),
        Words(&tongue.say("sandbox-faults-clear"))
    );
}
