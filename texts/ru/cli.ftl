# Что говорит командная строка (crates/sarafan).
cli-serving = Сарафан открыт по адресу { $address }
cli-watched = Метрики и состояние для машин — по адресу { $address }/metrics и /health
cli-setup-link = Владельца пока нет. Откройте эту ссылку, чтобы им стать; она действует сутки и один раз:
    { $link }
cli-demo-brand = Глина и свет
cli-demo-owner = Клара
cli-demo-sign-in = Вход: { $email }, пароль: { $password }
cli-demo-sandbox = Игрушечные сети — по адресу { $address }
cli-demo-refused = В этой папке уже другая установка; для показа нужна отдельная.
cli-demo-refused-remedy = Укажите её через --data, например --data ./sarafan-demo
cli-working = Сарафан отправляет то, чему пришло время.
cli-playing = Игрушечные сети — по адресу { $address }
cli-owner-password = Пароль:
cli-owner-made = { $name } ({ $email }) теперь владеет этой установкой.
cli-brand-made = Бренд «{ $name }» создан: { $id }
cli-connect-redirect = Откройте эту страницу и дайте разрешение; в том же браузере нужен вход в Сарафан:
    { $url }
cli-connect-choose = Найдено несколько; укажите нужный через --account:
cli-post-gone = Пост удалён.
cli-rehearsed = Ничего не изменено: вот что произошло бы.
cli-token-revoked = Токен больше ничего не открывает.
cli-webhook-secret = Его секрет, показан только сейчас: { $secret }
cli-note-gone = Заметка удалена.
cli-task-gone = Задача удалена.
cli-webhook-gone = Вебхук удалён.
cli-webhook-tested = Пробное сообщение в пути: { $id }
cli-webhook-replayed = Сообщение снова в пути.
cli-webhook-off = выключен
cli-sessions-ended = { $count ->
    [0] Никто не был в системе.
    [one] Завершён { $count } сеанс.
    [few] Завершено { $count } сеанса.
   *[other] Завершено { $count } сеансов.
}
cli-factor-totp = приложение с кодами
cli-factor-codes = { $count ->
    [0] нет резервных кодов
    [one] { $count } резервный код
    [few] { $count } резервных кода
   *[other] { $count } резервных кодов
}
cli-factors-reset = Теперь { $email } входит только по паролю; все сеансы завершены.
cli-brand-transferred = Теперь владелец бренда — { $email }.
cli-factor-passkey = ключ доступа «{ $name }»
cli-mcp-no-token = Помощнику нужен токен в SARAFAN_TOKEN.
cli-mcp-no-token-remedy = Создайте его командой `sarafan token create` с нужными правами.
cli-mcp-broken = Не удалось ответить помощнику: { $reason }
cli-import-preview = Годных: { $ok }, с недочётами: { $problems }, уже импортированных: { $skipped }. Ничего не сохранено.
cli-import-saved = Годных: { $ok }, с недочётами: { $problems }, уже импортированных: { $skipped }. Сохранено.
cli-import-ok = годится
cli-import-problems = недочёты
cli-import-scheduled = в плане
cli-import-draft = черновик
cli-import-skipped = уже есть

cli-head-id = id
cli-head-name = название
cli-head-network = сеть
cli-head-channel = канал
cli-head-handle = имя
cli-head-account = аккаунт
cli-head-fields = поля (* обязательные)
cli-head-language = язык
cli-head-zone = часовой пояс
cli-head-state = состояние
cli-head-time = время
cli-head-version = Версия
cli-head-changed = Что изменено
cli-head-who = кто
cli-head-until = до
cli-head-title = текст
cli-head-note = примечание
cli-head-line = строка
cli-head-result = итог
cli-head-metric = показатель
cli-head-value = значение
cli-head-before = период до того
cli-head-person = человек
cli-head-token = токен
cli-head-used = использован
cli-head-ends = истекает
cli-head-scopes = права
cli-head-url = адрес
cli-head-topics = события
cli-head-tries = попытки
cli-head-status = ответ
cli-head-device = устройство
cli-head-address = адрес
cli-head-factor = кроме пароля
cli-head-since = с какого времени

cli-state-ok = работает
cli-state-paused = на паузе
cli-state-reconnect = подключить заново
cli-post-draft = черновик
cli-post-in-review = на согласовании
cli-post-changes-asked = на доработке
cli-post-approved = согласован
cli-post-scheduled = в плане
cli-post-sending = отправляется
cli-post-sent = отправлен
cli-post-partly = отправлен частично
cli-post-failed = не вышел
cli-post-unknown = неизвестно
cli-post-cancelled = отменён
cli-post-deleted = снят
cli-delivery-scheduled = в плане
cli-delivery-sending = отправляется
cli-delivery-waiting = в работе
cli-delivery-sent = отправлена
cli-delivery-failed = не вышла
cli-delivery-unknown = неизвестно
cli-delivery-held = ждёт решения
cli-delivery-cancelled = отменена
cli-delivery-deleted = снята
cli-link-open = действует
cli-link-expired = срок вышел
cli-link-revoked = отозвана
cli-approval-needed = нужно согласование
cli-approval-free = без согласования
cli-approval-hold = Если срок пришёл, а согласия нет, пост задерживается.
cli-approval-ask = Если срок пришёл, а согласия нет, пост задерживается и об этом узнают те, кто согласует.
cli-approval-remind = Напоминания за столько часов: { $hours }

cli-bad-setting = Настройка «{ $key }» ({ $place }) непонятна: { $reason }.
cli-bad-setting-remedy = Подошло бы, например: { $example }
cli-bad-public-url = Настройка «public_url» непонятна: { $reason }.
cli-bad-field = «{ $field }» — не ИМЯ=ЗНАЧЕНИЕ.
cli-bad-id = «{ $id }» — не идентификатор.
cli-bad-word = Слово «{ $word }» здесь не подходит; список показывает --help.
cli-bad-time = «{ $time }» — не время вида 2026-12-01 10:00.
cli-bad-input = Стандартный ввод не читается: { $reason }
cli-when = Укажите, когда: --now, --at или --slot.
cli-no-brand = Брендов пока нет.
cli-no-brand-remedy = Создайте: sarafan brand create НАЗВАНИЕ --language ru --time-zone Europe/Moscow --country RU
cli-which-brand = Брендов несколько; укажите нужный через --brand: { $brands }
cli-brand-unknown = Бренда «{ $brand }» нет. Есть: { $brands }
cli-channel-unknown = Канала «{ $channel }» у этого бренда нет.
cli-which-channel = Каналов «{ $channel }» несколько; назовите нужный по id.
cli-rubric-unknown = Рубрики «{ $rubric }» у этого бренда нет.
cli-unreadable = Файл { $file } не читается: { $reason }
cli-unwritable = Файл { $file } не записывается: { $reason }
cli-no-media-folder = { $folder } — не папка.
cli-cannot-listen = Адрес { $address } занять не удалось: { $reason }
cli-cannot-listen-remedy = Возможно, там уже работает другая программа; укажите другой через --listen или порт 0 — тогда возьмётся свободный.
cli-no-folder = Папку данных { $folder } создать не удалось: { $reason }
cli-no-folder-remedy = Укажите другую через --data или разрешите этому пользователю писать туда.
cli-no-keys = Ключи, которыми закрыты доступы, не читаются: { $reason }
cli-no-keys-remedy = Верните файл «keys» папки данных из резервной копии или настройку «keys». Без них все каналы придётся подключать заново.
cli-no-database = База данных { $database } не открывается: { $reason }
cli-no-database-remedy = Проверьте, работает ли она, может ли этот пользователь писать туда и не полон ли диск.
cli-no-storage = Хранилище файлов { $storage } не открывается: { $reason }
cli-no-storage-remedy = См. docs/configuration.md: storage, storage_key_id, storage_secret_key.
cli-no-door = Выход к сетям не открывается: { $reason }
cli-broken = Что-то сломано внутри: { $reason }
cli-docs-stale = Программа написала бы иначе: { $files }
cli-docs-stale-remedy = Записать заново: sarafan docs
cli-no-mail = Настройки почты не годятся: { $reason }
cli-no-mail-remedy = Например: mail = "smtp://sarafan@mail.example.org", пароль в SARAFAN_MAIL_PASSWORD.
cli-mail-sent = Сервер { $server } принял письмо для { $to }.
cli-brand-exported = «{ $name }» в файле: постов { $posts }, файлов { $files } ({ $megabytes } МБ). Поставьте бренд здесь на паузу, прежде чем он продолжит работу на новом месте.
cli-brand-whole = «{ $name }» на { $at }: постов { $posts }, файлов { $files } ({ $megabytes } МБ). Файл цел.
cli-brand-would = Бренд пришёл бы на паузе. Каналов подключить заново: { $channels }. Отправок ждали бы вашего решения: { $held }. Новых здесь людей: { $people }.
cli-brand-saved-nothing = Ничего не сохранено.
cli-brand-imported = «{ $name }» здесь: постов { $posts }, файлов { $files }.
cli-brand-imported-next = Бренд на паузе. Каналов подключить заново: { $channels }. Отправок ждут вашего решения: { $held }.
cli-keys-rotated = Зашифровано заново: { $done }. Уже нынешним ключом: { $current }. Ключей в файле: { $keys }.
cli-keys-unreadable = Ни один ключ не открывает: { $count }. Эти каналы нужно подключить заново.
cli-keys-resumed = Прежняя смена ключей не была закончена; теперь она закончена с тем же ключом.
cli-keys-kept = Старые ключи остаются для прежних копий; `sarafan keys rotate --forget-old` их уберёт.
cli-keys-forgot = Старых ключей убрано: { $count }. Копиям, сделанным раньше, они нужны.
cli-keys-elsewhere = Ключи заданы настройкой `keys`, а не файлом.
cli-keys-elsewhere-remedy = Поставьте в настройке новый ключ первым, перезапустите и выполните `sarafan keys rotate --reseal-only`.
cli-head-email = E-mail
cli-head-role = Роль
cli-member-all = все
cli-member-unknown = Никто с адресом { $email } в этом бренде не работает.
cli-head-provider = провайдер
cli-head-subject = имя там
cli-head-unlinked = отвязан
cli-head-due = срок
cli-head-done = готово
cli-head-task = задача
