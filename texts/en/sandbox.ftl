# The server that plays the networks.
sandbox-title = Sandbox
sandbox-lead = Networks to play with. Posts sent here stay on this machine; look at the walls and answer as a visitor would.
sandbox-networks = Networks
sandbox-connect = To connect it, type
sandbox-visitor = Anna
sandbox-who = You are
sandbox-who-set = Change
sandbox-follow = Follow
sandbox-unfollow = Unfollow
sandbox-followers = { $count ->
    [one] { $count } follower
   *[other] { $count } followers
}
sandbox-views = { $count ->
    [one] { $count } view
   *[other] { $count } views
}
sandbox-like = Like
sandbox-repost = Repost
sandbox-comment = Comment
sandbox-comment-send = Send
sandbox-edited = edited
sandbox-pinned = pinned
sandbox-file = Download the file
sandbox-newer = Newer
sandbox-older = Older
sandbox-wall-empty = Nothing here yet. Connect this wall and send a post.
sandbox-faults = What goes wrong
sandbox-faults-lead = A number says how many of the next publications it hits. Waiting and the rate limit hit every request.
sandbox-faults-set = Set
sandbox-faults-clear = Nothing goes wrong here
sandbox-faults-clear-all = Nothing goes wrong anywhere
sandbox-fault-latency = Every answer waits, milliseconds
sandbox-fault-rate = Too many requests for, seconds
sandbox-fault-500 = Fails with 500, nothing kept
sandbox-fault-502 = Kept, then fails with 502
sandbox-fault-silent = Kept, then silence
sandbox-fault-cut = Kept, then the line is cut
sandbox-fault-drop = The line is cut, nothing kept
sandbox-fault-garbage = A page instead of an answer
sandbox-fault-expired = The credential has ended
sandbox-fault-expired-no = No
sandbox-fault-expired-once = Once
sandbox-fault-expired-all = For everything
