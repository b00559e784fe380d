# The queue.
deliveries-title = Queue
deliveries-view-open = To be sent
deliveries-view-attention = Needs you
deliveries-view-sent = Sent
deliveries-view-all = All
deliveries-every-channel = Every channel
deliveries-state = State
deliveries-due = Due
deliveries-next = Next step
deliveries-channel = Channel
deliveries-post = Post
deliveries-late = Delay
deliveries-late-by = { NUMBER($seconds, maximumFractionDigits: 2) } s
deliveries-no-text = (no text)
deliveries-calm-title = Nothing needs you
deliveries-calm-text = If a network refuses a post, or nobody knows whether it is out, it appears here with what helps.
deliveries-empty-title = The queue is empty
deliveries-empty-text = Schedule a post and its deliveries appear here, one per channel, with their story.
deliveries-sent-at = Sent
deliveries-open-post = Open the post
deliveries-see = See it there
deliveries-story = What happened
deliveries-story-empty = Nothing has been tried yet.
deliveries-cancel = Call off
deliveries-approve = Open for approval
deliveries-retry = Try again
deliveries-send-now = Send now
deliveries-delete = Take down
deliveries-update = Send the changes
deliveries-done-cancel = Called off
deliveries-done-retry = On its way again
deliveries-done-send-now = On its way
deliveries-done-delete = It is being taken down
deliveries-done-update = The changes are being sent
deliveries-done-resolve = Noted
deliveries-clear-title = Is it out there?
deliveries-clear-text = The request left and no answer came. Nothing is sent again until somebody has looked.
deliveries-clear-look = Look at the channel
deliveries-clear-url = Its address, if it is there
deliveries-clear-sent = It is there
deliveries-clear-again = It is not there: send again
deliveries-clear-leave = It is not there: leave it
deliveries-retry-all = { $count ->
    [one] Try { $count } again
   *[other] Try all { $count } again
}
deliveries-done-retry-all = { $count ->
    [one] { $count } is on its way again
   *[other] { $count } are on their way again
}
deliveries-remedy = Open the post and change what the network objects to, then press “Try again”.
deliveries-connect = Connect again
deliveries-access-back = The channel works again
deliveries-access-back-text = Press “Try again”, and the post goes out.
deliveries-clear = Clear up
deliveries-then-retry = Then press “Try again”.
deliveries-delete-title = Take the post down from { $name }?
deliveries-delete-text = It disappears there with its reactions and comments. The text and its numbers stay here.
