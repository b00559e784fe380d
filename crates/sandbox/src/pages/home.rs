//! The first page: which networks are played, their walls, and what to type to connect one.

use super::{Words, put, wall_address};
use crate::language::Tongue;
use crate::room::Sandbox;

pub(super) fn page(sandbox: &Sandbox, tongue: Tongue, origin: &str) -> String {
    let mut main = String::new();
    put!(main, "<h1>{}</h1>\n", Words(&tongue.say("sandbox-title")));
    put!(main, "<p class=\"lead\">{}</p>\n", Words(&tongue.say("sandbox-lead")));
    for room in sandbox.rooms() {
        let (id, title) = (room.player.id(), room.player.title());
        put!(main, "<section class=\"card\">\n<h2>{}</h2>\n<ul class=\"walls\">", Words(title));
        for (account, name) in room.accounts(&room.wall()) {
            let address = wall_address(id, &account, None);
            put!(main, "<li><a href=\"{}\">{}</a></li>", Words(&address), Words(&name));
        }
        put!(main, "</ul>\n<h3>{}</h3>\n<dl class=\"form\">", Words(&tongue.say("sandbox-connect")));
        for (field, value) in room.player.form(&format!("{origin}/{id}")) {
            put!(main, "<dt>{}</dt><dd><code>{}</code></dd>", Words(&field), Words(&value));
        }
        put!(main, "</dl>\n</section>\n");
    }
    super::page(tongue, &tongue.say("sandbox-networks"), None, &main)
}
