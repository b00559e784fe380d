# The media library.
assets-title = Library
assets-one = File
assets-upload = Add files
assets-search = Search names, texts and labels
assets-folder = Folder
assets-folders = There are: { $folders }
assets-every-folder = Every folder
assets-every-label = Every label
assets-every-kind = Every kind
assets-kind = Kind
assets-images = Pictures
assets-videos = Videos
assets-documents = Documents
assets-labels = Labels
assets-none-title = Nothing matches
assets-none-text = Change or clear the filters.
assets-empty-title = The library is empty
assets-empty-text = Drop pictures and videos here. Each is checked at once against what the networks take.
assets-download = Download
assets-alt = What does it show?
assets-alt-help = For people who cannot see it; goes along into every new post.
assets-source = Source
assets-rights = Rights
assets-used = { $count ->
    [0] Not used yet
    [one] Used in { $count } post
   *[other] Used in { $count } posts
}
assets-delete-title = Delete this file?
assets-delete-text = A file that a waiting post uses cannot be deleted. Posts that are out keep theirs.
assets-done-delete = Deleted
assets-choose = Choose several
assets-chosen = { $count ->
    [0] Choose files
    [one] { $count } file
   *[other] { $count } files
}
assets-label = Label
assets-move = Move to folder
assets-add-label = Add label
assets-done-many = { $count ->
    [one] { $count } file changed
   *[other] { $count } files changed
}
assets-name = Name
