# What the command line says (crates/sarafan).
cli-serving = Sarafan is at { $address }
cli-watched = Metrics and health for machines are at { $address }/metrics and /health
cli-setup-link = Nobody owns it yet. Open this link to become the owner; it is good for a day and for one use:
    { $link }
cli-demo-brand = Clay & Light
cli-demo-owner = Clara
cli-demo-sign-in = Sign in as { $email } with the password { $password }
cli-demo-sandbox = The networks to play with are at { $address }
cli-demo-refused = This folder holds another installation; the demonstration needs one of its own.
cli-demo-refused-remedy = Name one with --data, for example --data ./sarafan-demo
cli-working = Sarafan sends what is due.
cli-playing = The networks to play with are at { $address }
cli-owner-password = Password:
cli-owner-made = { $name } ({ $email }) owns this installation now.
cli-brand-made = The brand “{ $name }” was made: { $id }
cli-connect-redirect = Open this page to allow it, signed in to Sarafan in the same browser:
    { $url }
cli-connect-choose = There are several; say which one with --account:
cli-post-gone = The post was removed.
cli-rehearsed = Nothing was changed: this is what would happen.
cli-token-revoked = The token opens nothing any more.
cli-webhook-secret = Its secret, shown only now: { $secret }
cli-webhook-gone = The webhook was removed.
cli-webhook-tested = A test message is on its way: { $id }
cli-webhook-replayed = The message is on its way again.
cli-webhook-off = off
cli-sessions-ended = { $count ->
    [0] Nobody was signed in.
    [one] { $count } session ended.
   *[other] { $count } sessions ended.
}
cli-factor-totp = application with codes
cli-factor-codes = { $count ->
    [0] no recovery codes
    [one] { $count } recovery code
   *[other] { $count } recovery codes
}
cli-factors-reset = { $email } signs in with the password alone from now on and was signed out everywhere.
cli-brand-transferred = { $email } owns the brand now.
cli-factor-passkey = passkey “{ $name }”
cli-mcp-no-token = An assistant needs a token, in SARAFAN_TOKEN.
cli-mcp-no-token-remedy = Make one with `sarafan token create`, with the scopes that it shall have.
cli-mcp-broken = The assistant could not be answered: { $reason }
cli-import-preview = { $ok } good, { $problems } with problems, { $skipped } imported before. Nothing was saved.
cli-import-saved = { $ok } good, { $problems } with problems, { $skipped } imported before. Saved.
cli-import-ok = good
cli-import-problems = problems
cli-import-scheduled = scheduled
cli-import-draft = draft
cli-import-skipped = imported before

cli-head-id = id
cli-head-name = name
cli-head-network = network
cli-head-channel = channel
cli-head-handle = handle
cli-head-account = account
cli-head-fields = fields (* required)
cli-head-language = language
cli-head-zone = time zone
cli-head-state = state
cli-head-time = time
cli-head-version = Version
cli-head-changed = Changed
cli-head-title = text
cli-head-note = note
cli-head-line = line
cli-head-result = result
cli-head-metric = metric
cli-head-value = value
cli-head-before = period before
cli-head-person = person
cli-head-token = token
cli-head-used = last used
cli-head-ends = ends
cli-head-scopes = scopes
cli-head-url = address
cli-head-topics = events
cli-head-tries = tries
cli-head-status = answer
cli-head-device = device
cli-head-address = address
cli-head-factor = beside the password
cli-head-since = since

cli-state-ok = works
cli-state-paused = paused
cli-state-reconnect = connect again
cli-post-draft = draft
cli-post-scheduled = scheduled
cli-post-sending = sending
cli-post-sent = sent
cli-post-partly = partly sent
cli-post-failed = failed
cli-post-unknown = unknown
cli-post-cancelled = cancelled
cli-post-deleted = taken down
cli-delivery-scheduled = scheduled
cli-delivery-sending = sending
cli-delivery-waiting = under way
cli-delivery-sent = sent
cli-delivery-failed = failed
cli-delivery-unknown = unknown
cli-delivery-held = held
cli-delivery-cancelled = cancelled
cli-delivery-deleted = taken down

cli-bad-setting = The setting “{ $key }” ({ $place }) cannot be understood: { $reason }.
cli-bad-setting-remedy = Good would be: { $example }
cli-bad-public-url = The setting “public_url” cannot be understood: { $reason }.
cli-bad-field = “{ $field }” is not NAME=VALUE.
cli-bad-id = “{ $id }” is not an id.
cli-bad-word = “{ $word }” is not one of the words that can stand here; --help lists them.
cli-bad-time = “{ $time }” is not a time such as 2026-12-01 10:00.
cli-bad-input = Standard input cannot be read: { $reason }
cli-when = Say when: --now, --at or --slot.
cli-no-brand = There is no brand yet.
cli-no-brand-remedy = Make one with: sarafan brand create NAME --language en --time-zone Europe/London --country GB
cli-which-brand = There are several brands; say which one with --brand: { $brands }
cli-brand-unknown = There is no brand “{ $brand }”. There are: { $brands }
cli-channel-unknown = There is no channel “{ $channel }” in this brand.
cli-which-channel = There are several channels “{ $channel }”; name one by its id.
cli-rubric-unknown = There is no rubric “{ $rubric }” in this brand.
cli-unreadable = { $file } cannot be read: { $reason }
cli-unwritable = { $file } cannot be written: { $reason }
cli-no-media-folder = { $folder } is no folder.
cli-cannot-listen = { $address } cannot be listened on: { $reason }
cli-cannot-listen-remedy = Another program may be there already; take another one with --listen, or port 0 for a free one.
cli-no-folder = The data folder { $folder } cannot be made: { $reason }
cli-no-folder-remedy = Name another one with --data, or allow this user to write there.
cli-no-keys = The keys that seal credentials cannot be read: { $reason }
cli-no-keys-remedy = Put back the file “keys” of the data folder from a back-up, or the setting “keys”. Without them all channels must be connected again.
cli-no-database = The database { $database } cannot be opened: { $reason }
cli-no-database-remedy = See whether it runs, whether this user may write there, and whether the disk is full.
cli-no-storage = The storage of files { $storage } cannot be opened: { $reason }
cli-no-storage-remedy = See docs/configuration.md: storage, storage_key_id, storage_secret_key.
cli-no-door = The way out to networks cannot be opened: { $reason }
cli-broken = Something is broken inside: { $reason }
cli-docs-stale = Not as the program would write them: { $files }
cli-docs-stale-remedy = Write them with: sarafan docs
cli-no-mail = The settings of mail cannot be used: { $reason }
cli-no-mail-remedy = For example: mail = "smtp://sarafan@mail.example.org", the password in SARAFAN_MAIL_PASSWORD.
cli-mail-sent = The server { $server } took a letter for { $to }.
cli-brand-exported = { $name } is in the file: { $posts } posts, { $files } files ({ $megabytes } MB). Pause the brand here before it goes on elsewhere.
cli-brand-whole = { $name } as of { $at }: { $posts } posts, { $files } files ({ $megabytes } MB). The file is whole.
cli-brand-imported = { $name } is here: { $posts } posts, { $files } files.
cli-brand-imported-next = The brand is paused. Channels to connect again: { $channels }. Deliveries that wait for your word: { $held }.
cli-keys-rotated = Sealed anew: { $done }. Sealed with the present key already: { $current }. Keys in the file: { $keys }.
cli-keys-unreadable = No key here opens { $count } of them: those channels are to be connected again.
cli-keys-resumed = An earlier rotation was not finished: it is finished now with its key.
cli-keys-kept = The old keys stay for older back-ups; `sarafan keys rotate --forget-old` removes them.
cli-keys-forgot = Old keys removed: { $count }. Back-ups made before need them.
cli-keys-elsewhere = The keys come from the setting `keys`, not from a file.
cli-keys-elsewhere-remedy = Put a new key before the others in the setting, restart, then run `sarafan keys rotate --reseal-only`.
cli-head-email = E-mail
cli-head-role = Role
cli-member-all = all
cli-member-unknown = Nobody with the address { $email } works for this brand.
