//! Which tables go with a brand, and why others stay. A test demands that every table of a brand is in one of the lists:
//! whoever adds one decides.

/// Tables that move, with the column of the brand and the columns that name people.
pub const MOVES: [(&str, &str, &[&str]); 24] = [
    ("brand", "id", &[]),
    ("rubric", "brand_id", &[]),
    ("member", "brand_id", &["person_id"]),
    ("channel", "brand_id", &[]),
    ("channel_news", "brand_id", &[]),
    ("asset", "brand_id", &["created_by"]),
    ("asset_label", "brand_id", &[]),
    ("post", "brand_id", &["author_id"]),
    ("post_tag", "brand_id", &[]),
    ("post_version", "brand_id", &["person_id"]),
    ("delivery", "brand_id", &[]),
    ("attempt", "brand_id", &[]),
    ("comment", "brand_id", &[]),
    ("approval_policy", "brand_id", &[]),
    ("approval_channel", "brand_id", &[]),
    ("approval", "brand_id", &["person_id"]),
    ("approval_event", "brand_id", &["person_id"]),
    // Who is named in a note is named in its text too.
    ("note", "brand_id", &["person_id"]),
    ("task", "brand_id", &["assignee_id", "done_by", "created_by"]),
    ("snapshot", "brand_id", &[]),
    ("snapshot_latest", "brand_id", &[]),
    ("sent_numbers", "brand_id", &[]),
    ("audit", "brand_id", &["person_id"]),
    (super::PEOPLE, "", &[]),
];

/// Tables of a brand that stay, and why.
pub const STAYS: [(&str, &str); 12] = [
    ("credential", "what opens a channel never leaves an installation: channels are connected again"),
    ("pending_connect", "a connection under way is over in minutes"),
    ("invitation", "its link leads to the other installation"),
    ("job", "what is to be done is made anew of what arrived"),
    ("webhook", "its secret is known to a program that listens to the other installation"),
    ("webhook_message", "what programs were told by the other installation"),
    ("webhook_try", "what programs were told by the other installation"),
    ("letter", "the other installation mails it"),
    ("notice", "what people were told by the other installation"),
    ("notice_choice", "each person chooses on each installation"),
    ("review_link", "it leads to the other installation"),
    ("job_lane", "locks of workers that are no more"),
];
