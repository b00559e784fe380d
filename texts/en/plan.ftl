# The content plan in and out.
plan-title = Import a plan
plan-may-not = Your role cannot import plans: ask a manager.
plan-drop = Drop a content plan here
plan-drop-here = Let go to take the files
plan-drop-text = A CSV file, together with the pictures it names. You see every row before anything is saved.
plan-choose = Choose files
plan-add = Add pictures or another plan
plan-other-file = Start over
plan-pictures = Pictures of this plan
plan-picture-count = { $count ->
    [one] and { $count } file
   *[other] and { $count } files
}
plan-left = Only one table can be taken at a time; left out: { $names }
plan-waiting = { $count ->
    [one] { $count } file is waiting for its plan.
   *[other] { $count } files are waiting for their plan.
}
plan-clear = Remove
plan-reading = How the file is read
plan-read-as = Read as { $encoding }, separated by: { $separator }
plan-columns-known = { $known } of { $all } columns are known
plan-encoding = Encoding
plan-separator = Separator
plan-order = Order of dates
plan-order-ask = Ask when in doubt
plan-found-out = Detect
plan-encoding-utf-8 = UTF-8
plan-encoding-1251 = Windows-1251 (Cyrillic)
plan-encoding-1250 = Windows-1250 (Central European)
plan-encoding-utf-16le = UTF-16 LE
plan-encoding-utf-16be = UTF-16 BE
plan-separator-comma = comma
plan-separator-semicolon = semicolon
plan-separator-tab = tab
plan-order-dmy = 31.12.2026 (day first)
plan-order-mdy = 12/31/2026 (month first)
plan-order-ymd = 26-12-31 (year first)
plan-dates-title = Which dates are meant?
plan-dates-text = Some dates can be read in more than one way. Choose the order of their parts.
plan-columns = Columns
plan-column-none = — left out —
plan-column-nameless = (without a name)
plan-column-is = What is in “{ $name }”?
plan-no-text-column = No column is known as the text. Say which one it is.
plan-forget = As detected
plan-rows = Rows of the plan
plan-line = Line
plan-outlook = Outlook
plan-no-text = No text
plan-good = No problems
plan-skipped = Imported before
plan-skipped-text = A row with this id is a post already. It is not imported a second time.
plan-unreadable = This row cannot be read
plan-unreadable-text = Its cells cannot be told apart, so it stays out. Fix it in the file and import the file again: what was imported is skipped.
plan-will-schedule = It will be scheduled for this time.
plan-will-draft = It will be kept as a draft with its problems, to be fixed in the post.
plan-will-draft-undated = It has no time, so it will be a draft.
plan-row = Line { $line }
plan-result = Result
plan-open-post = Open the post
plan-next-problem = Next problem
plan-all = All
plan-goods = No problems
plan-problems = With problems
plan-skips = Imported before
plan-no-rows = The file has no rows
plan-import = Import
plan-import-both = Schedule { $good }, keep { $drafts } as drafts
plan-import-good = { $count ->
    [one] Schedule { $count } post
   *[other] Schedule { $count } posts
}
plan-import-drafts = { $count ->
    [one] Import { $count } row as a draft
   *[other] Import { $count } rows as drafts
}
plan-nothing = There is nothing new in this file
plan-skips-note = { $count ->
    [one] { $count } row was imported before and is skipped.
   *[other] { $count } rows were imported before and are skipped.
}
plan-left-note = { $count ->
    [one] { $count } row cannot be read and stays out.
   *[other] { $count } rows cannot be read and stay out.
}
plan-sending = Sending the files
plan-checking = Checking the rows
plan-saving = Making posts
plan-kept = The files and your choices are kept.
plan-too-large-help = Upload the pictures to the library first, then import the plan alone: it finds them by their names.
plan-to-library = To the library
plan-done = { $scheduled } scheduled, { $drafts } kept as drafts
plan-done-skipped = { $count ->
    [one] { $count } row was imported before.
   *[other] { $count } rows were imported before.
}
plan-done-left = { $count ->
    [one] { $count } row could not be read and stays out.
   *[other] { $count } rows could not be read and stay out.
}
plan-done-toast = { $count ->
    [one] The plan is imported: { $count } post
   *[other] The plan is imported: { $count } posts
}
plan-look = Look
plan-to-calendar = See it in the calendar
plan-to-drafts = Fix the drafts
plan-another = Import another file
plan-export = Export the plan
plan-export-text = A CSV file from which an import makes the same posts, here or elsewhere.
plan-export-which = Which posts
plan-export-all = All posts
plan-export-ahead = From today on
plan-export-month = This month
plan-export-next = Next month
plan-export-go = Save as CSV
plan-guide = What the file looks like
plan-guide-names = Columns are known by their names in English, Russian and Polish, in any order. Others can be matched by hand.
plan-guide-text = what the post says; a line of three hyphens begins the next part of a thread
plan-guide-at = 2026-12-31 10:00, or date and time in two columns
plan-guide-channels = names or networks, separated by semicolons
plan-guide-rubric = its name or key
plan-guide-media = names of files separated by |, given here or already in the library
plan-guide-id = your own; a row whose id was imported before is skipped
plan-example = Download a sample
plan-example-name = plan
plan-example-one = Good morning! We are open from ten.
plan-example-two = Three things to know before you choose.
plan-field-id = Id
plan-field-rubric = Rubric
plan-field-campaign = Campaign
plan-field-language = Language
plan-field-channels = Channels
plan-field-time-zone = Time zone
plan-field-at = Date and time
plan-field-date = Date
plan-field-time = Time
plan-field-text = Text
plan-field-media = Media
plan-field-alt = What the pictures show
plan-field-link = Link
plan-field-first-comment = First comment
plan-field-labels = Labels
plan-field-poll = Poll
plan-field-extra = Extra (of an export)
plan-no-channels = No channels are connected yet
plan-no-channels-text = Every row would come in as a draft. Connect the channels first, so that the plan finds them by their names.
plan-connect = Connect a channel
plan-lacking = { $count ->
    [one] { $count } row names a picture that is missing
   *[other] { $count } rows name pictures that are missing
}
plan-lacking-text = Drop the pictures here, all at once: they are put to their rows by name. Without them these rows become drafts.
