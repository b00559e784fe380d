# Channels.
channels-title = Channels
channels-one = Channel
channels-state = State
channels-followers = Followers
channels-slots = Timetable
channels-slot-count = { $count ->
    [0] –
    [one] { $count } slot
   *[other] { $count } slots
}
channels-checked = Checked
channels-connect = Connect a channel
channels-connect-to = Connect { $network }
channels-connect-now = Connect
channels-connect-this = Connect this one
channels-go = Continue on the network's page
channels-steps = Steps
channels-choose = Several places were found. Which one?
channels-empty-title = No channels yet
channels-empty-text = Connect a page, group or blog: every network has its steps, written for people who do it for the first time.
channels-look = Look at it
channels-paused = Paused: nothing is sent
channels-broken = The channel cannot be used
channels-reconnect = Connect again
channels-fine = Works
channels-check = Check now
channels-pause = Pause
channels-resume = Resume
channels-numbers = Numbers
channels-remove = Remove
channels-remove-title = Remove { $name }?
channels-remove-text = What is scheduled for it is not sent. What is out stays out, and its numbers are kept.
channels-limit = Text
channels-characters = { $count ->
    [one] up to { $count } character
   *[other] up to { $count } characters
}
channels-expires = Access ends
channels-can = What it can do
channels-can-publish = Posts
channels-can-thread = Threads
channels-can-poll = Polls
channels-can-first-comment = First comment
channels-can-edit = Editing
channels-can-delete = Removal
channels-can-stats = Numbers
channels-can-comments = Comments
channels-timetable = Timetable
channels-zone = Times in { $zone }
channels-time = Time
channels-weekdays = On weekdays
channels-every-day = Every day
channels-add-slot = Add this time: { $day }
channels-remove-slot = Remove { $time }
channels-done-check = Checked
channels-done-pause = Paused
channels-done-resume = Resumed
channels-done-remove = Removed
channels-done-slots = Timetable saved
channels-done-connect = { $name } is connected
