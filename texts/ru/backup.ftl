# Резервная копия и восстановление (crates/app/src/backup, crates/sarafan/src/commands/backup.rs).
backup-passphrase = Парольная фраза для ключей:
backup-made = Файл { $file } записан и прочитан заново: { $rows ->
        [one] { $rows } строка
        [few] { $rows } строки
       *[many] { $rows } строк
    }, { $files ->
        [one] { $files } файл
        [few] { $files } файла
       *[many] { $files } файлов
    } медиатеки, { $megabytes } МБ. В нём всё, как было в { $at }.
backup-made-files = Проверьте медиатеку: в хранилище не нашлось { $missing ->
        [one] { $missing } файла
       *[many] { $missing } файлов
    } из неё, а изменились с тех пор, как были добавлены, — { $changed ->
        [one] { $changed } файл
        [few] { $changed } файла
       *[many] { $changed } файлов
    }.
backup-made-keys = Ключи от доступов к каналам внутри. Без парольной фразы ими не воспользоваться: храните её отдельно.
backup-made-no-keys = Ключей от доступов к каналам внутри нет. Храните файл «keys» из папки данных (или настройку «keys») отдельно: без них все каналы придётся подключать заново.
restore-whole = Копия цела: сделана в { $at } Sarafan { $version }, { $rows ->
        [one] { $rows } строка
        [few] { $rows } строки
       *[many] { $rows } строк
    }, { $files ->
        [one] { $files } файл
        [few] { $files } файла
       *[many] { $files } файлов
    } медиатеки, { $megabytes } МБ. Ничего не тронуто.
restore-has-keys = Ключи от доступов внутри; их возьмёт --with-keys.
restore-no-keys = Ключей от доступов внутри нет.
restore-done = Всё снова как в { $at }: { $rows ->
        [one] { $rows } строка
        [few] { $rows } строки
       *[many] { $rows } строк
    }, { $files ->
        [one] { $files } файл
        [few] { $files } файла
       *[many] { $files } файлов
    } медиатеки. Всем нужно войти заново.
restore-missing = В копии не было { $missing ->
        [one] { $missing } файла
       *[many] { $missing } файлов
    } из медиатеки.
restore-paused = Отправка на паузе, чтобы ничего не вышло дважды. Убедитесь, что с этими каналами не работает другой Sarafan, и снимите паузу в настройках{ $scheduled ->
        [0] .
        [one] : { $scheduled } отправка, чьё время ещё не пришло, выйдет в срок.
        [few] : { $scheduled } отправки, чьё время ещё не пришло, выйдут в срок.
       *[many] : { $scheduled } отправок, чьё время ещё не пришло, выйдут в срок.
    }
restore-unknown = { $unknown ->
        [one] { $unknown } отправка могла выйти уже после того, как сделали копию, и ждёт
        [few] { $unknown } отправки могли выйти уже после того, как сделали копию, и ждут
       *[many] { $unknown } отправок могли выйти уже после того, как сделали копию, и ждут
    }, пока кто-нибудь не посмотрит: в очереди в браузере или командами
    sarafan delivery list --state unknown
    sarafan delivery resolve ID --sent --url … (или --not-sent --again)
restore-reconnect = { $channels ->
        [one] Доступ к { $channels } каналу не открывается ни одним здешним ключом. Подключите его заново:
       *[many] Доступ к { $channels } каналам не открывается ни одним здешним ключом. Подключите их заново:
    }
restore-use-keys = Или восстановите ещё раз с --with-keys --replace-everything: ключи есть в копии.
restore-without-keys = Ключей от доступов в этой копии нет; уберите --with-keys.
restore-keys-elsewhere = В настройке «keys» не те ключи, что в копии.
restore-keys-elsewhere-remedy = Восстановите без этой настройки: ключи из копии окажутся в файле «keys» папки данных, откуда их можно перенести в настройку.
problem-backup-exists = Файл { $file } уже есть.
problem-backup-exists-remedy = Назовите новый: резервная копия никогда не перезаписывается.
problem-backup-file = Файл { $file } не удаётся прочитать или записать: { $reason }.
problem-backup-file-remedy = Проверьте, что папка есть, что в неё можно писать и что на диске хватает места. Обрывков не осталось.
problem-backup-foreign = { $file } — не резервная копия Sarafan.
problem-backup-foreign-remedy = Назовите файл, который сделала команда «sarafan backup». Ничего не тронуто.
problem-backup-newer = { $file } сделан более новым Sarafan ({ $made }); здесь { $version }.
problem-backup-newer-remedy = Восстанавливайте той же или более поздней версией. Ничего не тронуто.
problem-backup-damaged = Файл { $file } повреждён около байта { $at }: { $why }.
problem-backup-damaged-remedy = Возьмите другой его экземпляр или предыдущую копию. Ничего не тронуто.
problem-backup-passphrase = Ключи в копии не открываются этой парольной фразой.
problem-backup-passphrase-remedy = Введите её так же, как при создании копии. Ничего не тронуто.
problem-restore-not-empty = Здесь уже есть бренды, люди или посты.
problem-restore-not-empty-remedy = Укажите пустую папку данных или базу; если всё здешнее можно стереть, добавьте --replace-everything. Ничего не тронуто.
problem-restore-busy = С этими данными сейчас работает отправка.
problem-restore-busy-remedy = Остановите её (и всё остальное, что работает с этой базой), а если процесс был убит, подождите полминуты и повторите. Ничего не тронуто.
problem-restored = Sarafan восстановлен из копии, сделанной раньше, чем пост вышел или должен был выйти. Вышел ли он, здесь неизвестно.
problem-restored-remedy = Посмотрите в канале и скажите здесь, что нашли. До этого ничего не отправится.
