# The first page of the day.
today-title = Today
today-write = New post
today-hello = Hello, { $name }
today-worker-title = Nothing is being sent
today-worker-text = The worker has not been seen for a while. Start it again: what was due goes out or asks you.
today-silent-title = { $count ->
    [one] A worker has fallen silent
   *[other] { $count } workers have fallen silent
}
today-silent-text = The others have taken over its work. Start it again, or look at what happened to its machine.
today-late-text = Workers live, but posts are not going out in time. Look at the log of the server.
today-needs = Needs you
today-quiet-title = Nothing needs you
today-quiet-text = Everything that was due is out. What is refused or in doubt appears here.
today-unknown = Nobody knows whether it is out
today-failed = Did not go out
today-held = Waits for your decision
today-approval = Waiting for approval
today-changes = Changes asked
today-reconnect = Channels without access
today-drafts = { $count ->
    [one] { $count } draft has problems
   *[other] { $count } drafts have problems
}
today-yesterday = Yesterday
today-missing = The networks do not tell
today-metric-posts = Posts
today-metric-engagement = Engagement
today-metric-reactions = Reactions
today-metric-replies = Replies
today-timeline = The day
today-timeline-empty = Nothing goes out today.
today-now = Now
