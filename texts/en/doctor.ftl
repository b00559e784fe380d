# What the doctor found (crates/app/src/doctor, crates/sarafan/src/commands/doctor.rs), and a database that ails.
doctor-mark-fine = [ok]
doctor-mark-note = [note]
doctor-mark-warning = [soon]
doctor-mark-error = [mend]
doctor-well = All is well.
doctor-not-well = There is something to do.
doctor-settings = Data folder { $data }, database { $database }, files { $storage }.
doctor-folder = The data folder { $folder } can be written.
doctor-folder-none = There is no installation in { $folder }.
doctor-folder-none-remedy = Name the data folder with --data; “sarafan serve” makes a new one.
doctor-folder-closed = The data folder { $folder } cannot be written: { $reason }.
doctor-folder-closed-remedy = Allow this user to write there, and see whether the disk is full or attached for reading only.
doctor-keys-none = The file “keys” is missing in { $folder }: no credential can be opened.
doctor-keys-none-remedy = Put it back from where it was kept, before Sarafan is started: it would make a new one, and every channel would have to be connected again.
doctor-room = { $megabytes } MB are free on the disk of { $folder }.
doctor-room-little = Only { $megabytes } MB are free on the disk of { $folder }.
doctor-room-little-remedy = Make room, or move the data folder to a larger disk: with a full disk nothing can be saved and nothing goes out.
doctor-database = { $engine }, schema { $schema }, { $megabytes } MB, whole.
doctor-database-damaged = The database is damaged: { $reason }
doctor-database-damaged-remedy = Stop Sarafan, keep the file, and follow “A damaged database” in docs/recovery.md.
doctor-database-full = Nothing can be saved, the disk of the database is full: { $reason }
doctor-database-full-remedy = Make room; Sarafan goes on by itself. Nothing was half saved.
doctor-database-read-only = Nothing can be saved, the database can only be read: { $reason }
doctor-database-read-only-remedy = See whether the disk is attached for reading only, whom the file belongs to, and whether the server follows another one.
doctor-database-away = The database does not answer: { $reason }
doctor-database-away-remedy = See whether its server runs and can be reached. Sarafan goes on by itself when it is back.
doctor-database-log = { $megabytes } MB wait beside the database to be put into it.
doctor-database-log-remedy = Something has been reading for very long. Restart Sarafan; it tidies up by itself then.
doctor-clock = The clock is right as far as can be seen: { $now }.
doctor-clock-apart = The clocks of this machine and of the database are { $seconds } s apart.
doctor-clock-apart-remedy = Switch time synchronisation on (NTP) on both: posts go out by this clock.
doctor-clock-back = Something was saved { $seconds } s in the future: this clock went back.
doctor-clock-back-remedy = Set the clock and switch time synchronisation on (NTP), before anything is sent.
doctor-storage = Files can be written, read and removed.
doctor-storage-broken = The storage of files does not work: { $reason }
doctor-storage-broken-remedy = See the settings storage, storage_key_id and storage_secret_key, whether the server runs, and whether there is room.
doctor-backup-made = The last back-up was made at { $at }.
doctor-backup-old = The last back-up was made at { $at }.
doctor-backup-old-remedy = Make one every day: sarafan backup FILE. See docs/backup.md.
doctor-backup-never = No back-up was ever made.
doctor-backup-never-remedy = Make one every day: sarafan backup FILE. See docs/backup.md.
doctor-paused = Everything is paused; nothing goes out.
doctor-paused-remedy = An owner ends the pause in the settings.
doctor-credential-closed = The credential of { $channel } ({ $network }, { $brand }) does not open: its key is missing.
doctor-credential-closed-remedy = Put the file “keys” back from where it was kept, or connect the channel again.
doctor-credential-none = { $channel } ({ $network }, { $brand }) has no credential.
doctor-credential-none-remedy = Connect the channel again.
doctor-credential-ends = The credential of { $channel } ({ $network }, { $brand }) ends at { $at }.
doctor-credential-ends-remedy = Most are renewed by themselves. If the channel's page says otherwise, connect it again.
doctor-network-away = { $channel } ({ $network }, { $brand }) cannot be reached.
doctor-network-away-remedy = See whether this machine may reach the internet, and whether the network answers in a browser. A private address has to stand in allow_private.
doctor-network-refuses = { $network } refuses the channel { $channel } ({ $brand }).
doctor-network-refuses-remedy = The channel's page says why; most often it has to be connected again.
doctor-channels = { $count ->
        [one] { $count } channel; it was not asked.
       *[other] { $count } channels; they were not asked.
    }
doctor-channels-asked = { $count ->
        [one] { $count } channel was asked.
       *[other] { $count } channels were asked.
    }
doctor-queue = The queue moves; due now: { $due }.
doctor-queue-no-worker = Nobody works on the queue; due now: { $due }.
doctor-queue-no-worker-remedy = Start “sarafan serve” or “sarafan work”.
doctor-queue-stuck = The queue stands: what waits longest has been due for { $seconds } s; due now: { $due }.
doctor-queue-stuck-remedy = See the log of the worker; restart it. Nothing is sent twice by that.
doctor-public = { $url } answers.
doctor-public-none = No public address is set.
doctor-public-none-remedy = Set public_url when others than this machine use Sarafan: links, sign-in of networks and cookies need it.
doctor-public-plain = { $url } is not encrypted.
doctor-public-plain-remedy = Put a proxy with a certificate in front and set public_url to https://…; see docs/configuration.md.
doctor-public-away = { $url } does not answer as this Sarafan.
doctor-public-away-remedy = See whether “sarafan serve” runs, where the proxy sends requests, and what the name resolves to. Some networks of offices do not let a machine reach its own public address.
cli-database-full = The database { $database } cannot be opened, its disk is full: { $reason }
cli-database-full-remedy = Make room on that disk and start again. Nothing was half saved.
cli-database-read-only = The database { $database } can only be read: { $reason }
cli-database-read-only-remedy = Allow this user to write the file and its folder, and see whether the disk is attached for reading only.
cli-database-damaged = The database { $database } is damaged or is none: { $reason }
cli-database-damaged-remedy = Do not delete it. Move it aside and put a back-up back; docs/recovery.md says how, also without a back-up.
doctor-mail = The mail server { $server } lets us in.
doctor-mail-off = Nothing is mailed: neither invitations nor notifications leave by mail.
doctor-mail-off-remedy = Name a mail server in the setting mail, and try it with “sarafan mail test ADDRESS”.
doctor-mail-broken = The mail server { $server } does not let us in: { $reason }
doctor-mail-broken-remedy = See the settings mail, mail_password and mail_from. Letters wait for up to three days and leave by themselves.
doctor-mail-failed = { $count ->
    [one] { $count } letter of the last week could not be mailed. The server { $server } said: { $reason }
   *[other] { $count } letters of the last week could not be mailed. The server { $server } said last: { $reason }
}
doctor-mail-failed-remedy = See whether the addresses exist and whether the server takes letters from mail_from.
