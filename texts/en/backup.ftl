# Back-up and restore (crates/app/src/backup, crates/sarafan/src/commands/backup.rs).
backup-passphrase = Passphrase of the keys:
backup-made = { $file } is written and was read again: { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }, { $files ->
        [one] { $files } file
       *[other] { $files } files
    } of the library, { $megabytes } MB. It shows everything as it was at { $at }.
backup-made-files = Look at the library: the storage did not have { $missing ->
        [one] { $missing } file
       *[other] { $missing } files
    } that it names, and { $changed ->
        [one] { $changed } file is not what was added
       *[other] { $changed } files are not what was added
    }.
backup-made-keys = The keys of the credentials are in it. Without the passphrase nobody can use them: keep it elsewhere.
backup-made-no-keys = The keys of the credentials are not in it. Keep the file “keys” of the data folder (or the setting “keys”) elsewhere: without them every channel must be connected again.
restore-whole = The back-up is whole: made at { $at } by Sarafan { $version }, { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }, { $files ->
        [one] { $files } file
       *[other] { $files } files
    } of the library, { $megabytes } MB. Nothing was touched.
restore-has-keys = The keys of the credentials are in it; --with-keys takes them.
restore-no-keys = The keys of the credentials are not in it.
restore-done = Everything is as it was at { $at }: { $rows ->
        [one] { $rows } row
       *[other] { $rows } rows
    }, { $files ->
        [one] { $files } file
       *[other] { $files } files
    } of the library. Everybody signs in again.
restore-missing = The back-up did not have { $missing ->
        [one] { $missing } file
       *[other] { $missing } files
    } that the library names.
restore-paused = Everything is paused, so that nothing goes out twice. Make sure that no other Sarafan works with the same channels, then end the pause in the settings{ $scheduled ->
        [0] .
        [one] : { $scheduled } delivery that is due later goes out at its time.
       *[other] : { $scheduled } deliveries that are due later go out at their time.
    }
restore-unknown = { $unknown ->
        [one] { $unknown } delivery may have gone out since the back-up was made and waits
       *[other] { $unknown } deliveries may have gone out since the back-up was made and wait
    } until somebody has looked: the queue in the browser, or
    sarafan delivery list --state unknown
    sarafan delivery resolve ID --sent --url … (or --not-sent --again)
restore-reconnect = { $channels ->
        [one] { $channels } channel has a credential that no key here opens. Connect it again:
       *[other] { $channels } channels have credentials that no key here opens. Connect them again:
    }
restore-use-keys = Or restore once more with --with-keys --replace-everything: the keys are in the back-up.
restore-without-keys = The keys of the credentials are not in this back-up; leave --with-keys out.
restore-keys-elsewhere = The setting “keys” holds other keys than the back-up.
restore-keys-elsewhere-remedy = Restore without that setting: the keys of the back-up are then in the file “keys” of the data folder, from where they can be moved into the setting.
problem-backup-exists = There is a file { $file } already.
problem-backup-exists-remedy = Name a new one: a back-up is never overwritten.
problem-backup-file = The file { $file } cannot be read or written: { $reason }.
problem-backup-file-remedy = Check that its folder exists, that you may write there, and that the disk has room. Nothing was left behind.
problem-backup-foreign = { $file } is not a back-up of Sarafan.
problem-backup-foreign-remedy = Name the file that “sarafan backup” made. Nothing was touched.
problem-backup-newer = { $file } was made by a newer Sarafan ({ $made }); this is { $version }.
problem-backup-newer-remedy = Restore it with that version or a later one. Nothing was touched.
problem-backup-damaged = { $file } is damaged near byte { $at }: { $why }.
problem-backup-damaged-remedy = Take another copy of it, or the back-up before. Nothing was touched.
problem-backup-passphrase = The keys in the back-up do not open with this passphrase.
problem-backup-passphrase-remedy = Type it as it was typed when the back-up was made. Nothing was touched.
problem-restore-not-empty = There is an installation here already, with brands, people or posts.
problem-restore-not-empty-remedy = Name an empty data folder or database; or add --replace-everything if all that is here may go. Nothing was touched.
problem-restore-busy = A worker is at work on this installation.
problem-restore-busy-remedy = Stop it (and everything else that works with this database), wait half a minute where it was killed, and try again. Nothing was touched.
problem-restored = Sarafan was restored from a back-up made before this went out, or was to. Whether it is out is not known here.
problem-restored-remedy = Look at the channel, then say what you found. Nothing is sent until then.
