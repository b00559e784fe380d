# Что не так и что поможет: problem-<код> и problem-<код>-remedy.

# Имена, языки, часовые пояса
problem-name-empty = Название ещё не указано.
problem-name-too-long = Слишком длинное название: не больше { $max ->
    [one] { $max } символа
   *[other] { $max } символов
}.
problem-too-long = Слишком длинно: не больше { $max ->
    [one] { $max } символа
   *[other] { $max } символов
}.
problem-language-unknown = «{ $language }» — не код языка.
problem-language-unknown-remedy = Напишите ru, pl или en.
problem-country-unknown = «{ $country }» — не код страны.
problem-country-unknown-remedy = Напишите две заглавные латинские буквы, например RU или PL.
problem-zone-unknown = Часового пояса «{ $zone }» нет.
problem-zone-unknown-remedy = Напишите, например, Europe/Moscow или Europe/Warsaw.
problem-wall-gap = Времени { $wall } в поясе { $zone } не бывает: часы переводят вперёд и этот час пропускают.
problem-wall-gap-remedy = Выберите время на час позже.
problem-wall-twice = Время { $wall } в поясе { $zone } наступает дважды: этой ночью часы переводят назад.
problem-wall-twice-remedy = Укажите, первый это час или второй, либо выберите другое время.
problem-wall-out-of-range = Эта дата слишком далека, чтобы её посчитать.
problem-days-range = Период слишком длинный или кончается раньше, чем начинается: не больше { $max ->
    [one] { $max } дня
   *[other] { $max } дней
}.
problem-cursor-bad = Этой страницы списка больше нет.
problem-cursor-bad-remedy = Откройте список с начала.
problem-key-bad = В идентификаторе поста от 1 до 200 символов.

# Пост
problem-post-empty = Нет ни текста, ни медиа.
problem-post-empty-remedy = Напишите что-нибудь или добавьте картинку.
problem-text-huge = Такой длинный текст не примет ни одна сеть (предел — { $max } байт).
problem-text-huge-remedy = Сократите его или разбейте на несколько постов.
problem-link-bad = «{ $link }» — не адрес страницы.
problem-link-bad-remedy = Ссылка начинается с https:// или http://.
problem-at-past = Это время уже прошло.
problem-at-past-remedy = Выберите время позже или отправьте сейчас.
problem-channels-none = Канал не выбран.
problem-channels-none-remedy = Выберите хотя бы один канал.
problem-channels-empty = Время указано, а каналов нет.
problem-channels-empty-remedy = Укажите хотя бы один канал.
problem-channel-missing = Один из выбранных каналов больше не подключён.
problem-channel-missing-remedy = Уберите его из поста или подключите заново.
problem-asset-missing = Файла из этого поста больше нет в медиатеке.
problem-asset-missing-remedy = Уберите его из поста или загрузите заново.
problem-post-state = { $state ->
    [draft] Пост — черновик, сейчас так сделать нельзя.
    [in_review] Пост на согласовании, сейчас так сделать нельзя.
    [changes_asked] Пост на доработке, сейчас так сделать нельзя.
    [approved] Пост согласован, но ещё не запланирован, сейчас так сделать нельзя.
    [scheduled] Пост уже запланирован, сейчас так сделать нельзя.
    [sending] Пост как раз отправляется, сейчас так сделать нельзя.
    [cancelled] Пост отменён, сейчас так сделать нельзя.
    [deleted] Пост снят, сейчас так сделать нельзя.
    [unknown] Сначала выясните, вышел ли пост.
   *[other] Пост уже вышел хотя бы в одном канале, теперь так сделать нельзя.
}
problem-delivery-state = { $state ->
    [sending] Отправка уже идёт, остановить её нельзя.
    [sent] Пост уже вышел.
    [cancelled] Отправка отменена.
    [deleted] Пост снят.
    [unknown] Сначала укажите, вышел ли пост.
   *[other] В нынешнем состоянии так сделать нельзя.
}
problem-slot-none = В расписании канала «{ $channel }» на ближайшие недели нет свободных слотов.
problem-slot-none-remedy = Добавьте слоты в расписание канала или выберите время сами.

# Чего не примет сеть
problem-text-too-long = { $parts ->
    [1] Текст длиннее на { $over ->
        [one] { $over } символ
        [few] { $over } символа
       *[many] { $over } символов
    }: { $count } из { $max }.
   *[other] Часть { $part } длиннее на { $over ->
        [one] { $over } символ
        [few] { $over } символа
       *[many] { $over } символов
    }: { $count } из { $max }.
}
problem-text-too-long-remedy = Сократите текст или напишите для этой сети отдельный.
problem-text-too-many-bytes = { $parts ->
    [1] Текст больше на { $over ->
        [one] { $over } байт
        [few] { $over } байта
       *[many] { $over } байт
    }: { $count } из { $max }.
   *[other] Часть { $part } больше на { $over ->
        [one] { $over } байт
        [few] { $over } байта
       *[many] { $over } байт
    }: { $count } из { $max }.
}
problem-text-too-many-bytes-remedy = Сократите текст. Эмодзи и кириллица занимают больше байтов, чем латиница.
problem-thread-unsupported = В { $network } нет веток, а частей в тексте: { $parts }.
problem-thread-unsupported-remedy = Уберите строки --- или напишите для этой сети отдельный текст.
problem-link-dropped = { $network } не покажет ссылку этого поста.
problem-link-dropped-remedy = Вставьте ссылку в текст для этой сети.
problem-first-comment-unsupported = В { $network } нельзя добавить первый комментарий: там его не будет.
problem-first-comment-too-long = Первый комментарий слишком длинный: { $count } из { $max }.
problem-first-comment-too-long-remedy = Сократите первый комментарий.
problem-media-too-many = Слишком много файлов: { $count }, можно не больше { $max }.
problem-media-too-many-remedy = Уберите лишние или выберите другие для этой сети.
problem-media-too-few = Мало файлов: { $count }, нужно хотя бы { $min }.
problem-media-too-few-remedy = Добавьте картинку или видео.
problem-media-too-many-of-kind = { $kind ->
    [image] Слишком много картинок: { $count }, можно не больше { $max }.
    [gif] Слишком много анимаций: { $count }, можно не больше { $max }.
    [video] Слишком много видео: { $count }, можно не больше { $max }.
   *[document] Слишком много документов: { $count }, можно не больше { $max }.
}
problem-media-too-many-of-kind-remedy = Уберите лишние или выберите другие для этой сети.
problem-media-mixed = { $kind ->
    [image] Здесь картинки нельзя смешивать с другими файлами в одном посте.
    [gif] Здесь анимацию нельзя смешивать с другими файлами в одном посте.
    [video] Здесь видео нельзя смешивать с другими файлами в одном посте.
   *[document] Здесь документы нельзя смешивать с другими файлами в одном посте.
}
problem-media-mixed-remedy = Оставьте файлы одного вида или выберите другие для этой сети.
problem-media-kind = { $kind ->
    [image] Файл { $n }: картинки здесь не принимаются.
    [gif] Файл { $n }: анимации здесь не принимаются.
    [video] Файл { $n }: видео здесь не принимаются.
   *[document] Файл { $n }: документы здесь не принимаются.
}
problem-media-kind-remedy = Уберите этот файл для этой сети.
problem-media-type = Файл { $n } в формате { $type }, он здесь не принимается.
problem-media-type-remedy = Возьмите другой формат: JPEG или PNG для картинок, MP4 для видео.
problem-media-too-large = Файл { $n } слишком большой: { $bytes } байт, можно не больше { $max }.
problem-media-too-large-remedy = Уменьшите файл.
problem-media-dimensions = Файл { $n } не подходит по размеру: { $width } × { $height } пикселей.
problem-media-dimensions-remedy = Уменьшите картинку.
problem-media-ratio = Файл { $n } слишком вытянут: не больше { $max } : 1.
problem-media-ratio-remedy = Обрежьте его.
problem-media-too-long = Файл { $n } слишком длинный: не больше { $max ->
    [one] { $max } секунды
   *[other] { $max } секунд
}.
problem-media-too-long-remedy = Сократите видео.
problem-media-will-be-converted = Файл { $n } отправим в другом виде ({ $type }), чтобы он подошёл этой сети. Исходный останется как есть.
problem-alt-missing = У файла { $n } нет описания для тех, кто его не видит.
problem-alt-missing-remedy = Опишите одной фразой, что на нём.
problem-alt-too-long = Описание файла { $n } слишком длинное: { $count } из { $max }.
problem-alt-too-long-remedy = Сократите описание.
problem-alt-extra = Описаний больше, чем файлов.
problem-poll-few = В опросе нужно хотя бы два ответа.
problem-poll-empty = Один из ответов опроса пустой.
problem-poll-hours = Опрос должен идти хотя бы час.
problem-poll-unsupported = В { $network } нет опросов.
problem-poll-unsupported-remedy = Уберите опрос или не отправляйте туда этот пост.
problem-poll-options = Ответов в опросе: { $count }, а здесь можно от { $min } до { $max }.
problem-poll-option-too-long = Ответ { $n } слишком длинный: { $count } из { $max }.
problem-poll-hours-range = Опрос идёт { $hours ->
    [one] { $hours } час
    [few] { $hours } часа
   *[many] { $hours } часов
}, а здесь можно от { $min } до { $max }.
problem-poll-with-media = { $network } принимает либо опрос, либо медиа, но не вместе.
problem-poll-with-media-remedy = Уберите медиа или опрос для этой сети.
problem-option-missing = Заполните «{ $option }».
problem-option-unknown = Настройки «{ $option }» здесь нет, она пропущена.
problem-option-too-long = «{ $option }»: слишком длинно, { $count } из { $max }.
problem-option-not-url = «{ $option }»: нужен адрес страницы.
problem-option-not-flag = «{ $option }»: можно только включить или выключить.
problem-option-not-choice = «{ $option }»: выберите из списка.
problem-option-number = «{ $option }»: нужно целое число от { $min } до { $max }.
problem-option-too-many = «{ $option }»: слишком много значений, { $count } из { $max }.

# По дороге
problem-network-unreachable = Сеть не отвечает или работает с перебоями. Ничего не отправлено.
problem-network-unreachable-remedy = Попытка повторится сама.
problem-rate-limited = Сеть просит не торопиться.
problem-rate-limited-remedy = Отправка продолжится сама, как только сеть разрешит.
problem-credential-expired = Доступ к этому каналу истёк.
problem-credential-expired-remedy = Нажмите «Подключить заново» на странице канала. Потом нажмите «Повторить» у постов, которые не вышли.
problem-credential-missing = Доступ к этому каналу не сохранён.
problem-credential-missing-remedy = Нажмите «Подключить заново» на странице канала. Потом нажмите «Повторить» у постов, которые не вышли.
problem-credential-unreadable = Сохранённый доступ к этому каналу не расшифровывается.
problem-credential-unreadable-remedy = Верните нужный файл ключа или нажмите «Подключить заново» на странице канала.
problem-credential-revoked = Сеть больше не принимает наш доступ к этому каналу.
problem-credential-revoked-remedy = Нажмите «Подключить заново» на странице канала. Потом нажмите «Повторить» у постов, которые не вышли.
problem-permission-missing = Аккаунту не хватает нужного для этого разрешения.
problem-permission-missing-remedy = Выдайте его в самой сети, потом нажмите «Подключить заново» на странице канала.
problem-account-inactive = Аккаунт в сети заблокирован, приостановлен или удалён.
problem-account-inactive-remedy = Выясните там, что случилось, потом нажмите «Подключить заново» на странице канала.
problem-server-unsuitable = По этому адресу нет подходящего сервера.
problem-server-unsuitable-remedy = Проверьте адрес.
problem-handle-unknown = Аккаунта «{ $handle }» нет.
problem-handle-unknown-remedy = Проверьте написание.
problem-address-forbidden = Это адрес частной сети, обращаться к таким не разрешено.
problem-address-forbidden-remedy = Если так и задумано, разрешите его в настройках сервера.
problem-network-refused = { $network } отказывает: «{ $message }».
problem-network-refused-remedy = Исправьте пост и нажмите «Повторить».
problem-media-processing-failed = { $network } не удалось обработать один из файлов.
problem-media-processing-failed-remedy = Нажмите «Повторить» или замените файл на меньший.
problem-edit-parts = В { $network } ветку можно менять только по частям: их число должно остаться прежним.
problem-edit-parts-remedy = Сохраните число частей или снимите ветку и отправьте её заново.
problem-gone = В сети этого больше нет.
problem-outcome-unknown = Пост передан, но ясного ответа не было. Возможно, он вышел, а возможно, и нет.
problem-outcome-unknown-remedy = Посмотрите в канале и укажите здесь, вышел ли пост. До этого он не отправится повторно.
problem-answer-unreadable = Ответ сети не удалось понять ({ $detail }).
problem-answer-unreadable-remedy = Посмотрите в канале. Если повторится, сообщите нам.
problem-by-hand = Отправлено по решению человека.
problem-held-paused = Отправка на паузе.
problem-held-paused-remedy = Продолжится, когда паузу снимут.
problem-held-late = Опоздание — { $minutes ->
    [one] { $minutes } минута
    [few] { $minutes } минуты
   *[many] { $minutes } минут
}, поэтому без спроса не отправлено.
problem-held-late-remedy = Нажмите «Отправить сейчас», перенесите пост или отмените отправку.
problem-network-missing = Этот Сарафан не знает сети этого канала.
problem-network-missing-remedy = Нужна сборка, в которой эта сеть есть.
problem-network-no-publish = В этой сети нельзя публиковать.
problem-network-no-edit = { $network } не позволяет менять вышедший пост.
problem-network-no-delete = { $network } не позволяет нам снять пост.
problem-network-no-delete-remedy = Удалите его в самой сети.

# Каналы
problem-network-unknown = Сети «{ $network }» здесь нет.
problem-nothing-to-connect = У этого аккаунта нет ничего, что можно подключить из { $network }.
problem-nothing-to-connect-remedy = Проверьте, может ли он публиковать на нужной странице, в группе или канале.
problem-reconnect-other = Это доступ к другому каналу — «{ $name }».
problem-reconnect-other-remedy = Войдите в сеть под аккаунтом этого канала.
problem-slot-bad = «{ $time }» — не время дня.
problem-slots-too-many = В расписании может быть не больше { $max } слотов.

# Повторы
problem-repeat-interval = Промежуток — от 1 до { $max }.
problem-repeat-weekday = День недели — от 1 (понедельник) до 7 (воскресенье).
problem-repeat-count = Число повторов — от 1 до { $max }.
problem-repeat-until = Повтор кончается { $date }, раньше, чем начинается.
problem-repeat-until-remedy = Выберите более позднюю дату.
problem-repeat-never = С такими настройками это не случится ни разу.
problem-repeat-never-remedy = Выберите другие дни или более позднюю дату.

# Контент-план из файла
problem-plan-empty = Файл пуст.
problem-plan-not-text = Это не файл CSV.
problem-plan-not-text-remedy = В табличном редакторе выберите «Сохранить как» и формат CSV (UTF-8).
problem-plan-too-many-rows = В файле больше { $max } строк.
problem-plan-too-many-rows-remedy = Разделите его на несколько файлов.
problem-encoding-broken = Текст повреждён: строка { $line } не читается как { $encoding }.
problem-encoding-broken-remedy = Сохраните файл ещё раз как CSV (UTF-8) или выберите другую кодировку.
problem-column-unknown = В файле нет столбца «{ $column }».
problem-quote-open = Кавычка, открытая в строке { $line }, нигде не закрыта.
problem-quote-open-remedy = Закройте её или удвойте кавычки внутри ячейки ("").
problem-quote-stray = В строке { $line } кавычка стоит не на месте.
problem-quote-stray-remedy = Удвойте кавычки внутри ячейки ("").
problem-cell-huge = Ячейка в столбце «{ $column }» слишком большая: не больше { $max } байт.
problem-row-wide = В строке больше { $max } ячеек.
problem-row-cells = Ячеек в строке: { $found }, а столбцов в файле: { $expected }.
problem-row-cells-remedy = Возьмите в кавычки тексты, в которых есть разделитель или перенос строки.
problem-row-duplicate = Точно такая же строка уже есть под номером { $line }.
problem-id-duplicate = Идентификатор «{ $id }» уже занят в строке { $line }.
problem-id-duplicate-remedy = Дайте этой строке свой идентификатор.
problem-id-known = «{ $id }» загружен раньше, строка пропускается.
problem-id-too-long = Идентификатор слишком длинный: не больше { $max } символов.
problem-control-dropped = Из столбца «{ $column }» убраны невидимые управляющие символы.
problem-list-long = Слишком длинный список в ячейке: не больше { $max } значений.
problem-rubric-unknown = Рубрики «{ $rubric }» нет, пост попадёт в план без рубрики.
problem-rubric-unknown-remedy = Добавьте рубрику в настройках бренда или выберите другую в посте.
problem-media-missing = Нет файла «{ $file }».
problem-media-missing-remedy = Приложите его к плану или сначала загрузите в медиатеку.
problem-extra-unreadable = Столбец «extra» не читается.
problem-extra-unreadable-remedy = Оставьте его таким, каким его выгрузил Сарафан, или очистите.
problem-channel-unknown = { $known ->
    [none] Канала «{ $channel }» нет: пока не подключён ни один канал.
   *[other] Канала «{ $channel }» нет. Есть такие: { $known }.
}
problem-channel-unknown-remedy = { $known ->
    [none] Сначала подключите канал, потом загрузите план.
   *[other] Подключите канал или назовите один из имеющихся.
}
problem-channel-ambiguous = «{ $channel }» подходит к нескольким каналам: { $candidates }.
problem-channel-ambiguous-remedy = Напишите один из них.
problem-date-format-ask = Какая дата — «{ $value }»? Возможно, { $candidates } (порядок: { $orders }).
problem-date-format-ask-remedy = Выберите порядок дня (d), месяца (m) и года (y) или пишите даты так: 2026-12-31 23:59.
problem-date-impossible = Такой даты не бывает: «{ $value }».
problem-at-no-time = В «{ $value }» не указано время.
problem-at-no-time-remedy = Напишите дату и время: 2026-12-31 10:00.
problem-at-unreadable = «{ $value }» не похоже на дату и время.
problem-at-unreadable-remedy = Напишите так: 2026-12-31 10:00.

# Люди
problem-email-bad = Это не адрес электронной почты.
problem-email-taken = Человек с адресом { $email } здесь уже есть.
problem-member-already = { $email } уже участвует в бренде.
problem-invitations-too-many = Открытых приглашений уже { $max }.
problem-invitations-too-many-remedy = Отзовите ненужные.
problem-last-owner = Бренд останется без владельца.
problem-last-owner-remedy = Сначала сделайте владельцем кого-то ещё.
problem-password-short = Слишком короткий пароль: нужно не меньше { $min ->
    [one] { $min } символа
   *[other] { $min } символов
}.
problem-password-short-remedy = Легко запомнить несколько слов, которые никто не поставил бы рядом.
problem-password-long = Слишком длинный пароль: не больше { $max } байт.
problem-password-obvious = Такой пароль слишком легко угадать.
problem-password-wrong = Нынешний пароль указан неверно.
problem-sign-in-wrong = Неверная почта или пароль.
problem-sign-in-wrong-remedy = Проверьте и то и другое или нажмите «Забыли пароль?».
problem-sign-in-over = Вход занял слишком много времени или уже завершён.
problem-sign-in-over-remedy = Начните снова с пароля.
problem-factor-code-wrong = Код неверен или уже использован.
problem-factor-code-wrong-remedy = Введите самый свежий код из приложения и проверьте, верно ли идут часы на устройстве.
problem-factor-already = Приложение с кодами уже подключено.
problem-factor-already-remedy = Сначала отключите его.
problem-factor-begin-first = Код сейчас никто не ждёт: прошло больше получаса.
problem-factor-begin-first-remedy = Начните снова и отсканируйте новую картинку.
problem-factor-none = Второго шага нет, восстанавливать нечего.
problem-factor-none-remedy = Сначала подключите приложение с кодами.
problem-person-unknown = Здесь нет никого с таким адресом.
problem-passkey-bad = Этот ключ доступа здесь ничего не открывает, или его ответ не на наш вопрос.
problem-passkey-bad-remedy = Попробуйте ещё раз с другим ключом или войдите иначе.
problem-passkey-address = По этому адресу ключи доступа не работают: нужны https и имя.
problem-passkey-address-remedy = Укажите в public_url адрес вида https://smm.example.org.
problem-passkeys-too-many = Ключей доступа уже { $max }.
problem-passkeys-too-many-remedy = Отключите тот, которым не пользуетесь.
problem-transfer-self = Бренд и так ваш.
problem-transfer-self-remedy = Выберите другого участника.
problem-oidc-off = Войти через другой сервис здесь нельзя.
problem-oidc-off-remedy = Войдите по паролю или с ключом доступа.
problem-oidc-refused = Сервис входа не подтвердил, кто вы.
problem-oidc-refused-remedy = Попробуйте ещё раз; если повторится, обратитесь к тому, кто отвечает за установку.
problem-oidc-stranger = Здесь нет никого с адресом, который подтвердил сервис входа, и открытого приглашения на него тоже нет.
problem-oidc-stranger-remedy = Попросите владельца или менеджера прислать приглашение на этот адрес.
problem-setup-link-bad = Эта ссылка уже использована или неверна.
problem-setup-link-bad-remedy = Перезапустите Сарафан, чтобы получить новую ссылку, или войдите.

# Бренд
problem-late-too-long = Опоздание можно разрешить не больше чем на { $max ->
    [one] { $max } минуту
    [few] { $max } минуты
   *[many] { $max } минут
}.
problem-rubric-key-bad = Ключ рубрики — от 1 до 40 букв, цифр, дефисов и подчёркиваний.
problem-rubric-key-taken = Рубрика с ключом «{ $key }» уже есть.
problem-rubrics-too-many = В бренде может быть не больше { $max } рубрик.
problem-color-bad = Такого цвета нет.
problem-share-bad = Желаемая доля — от 0 до 100 процентов.

# Файлы
problem-file-empty = Файл «{ $name }» пуст.
problem-file-lies = Файл «{ $name }» не тот, за кого себя выдаёт.
problem-file-lies-remedy = Откройте его в графическом редакторе и сохраните заново как JPEG или PNG.
problem-file-svg = Рисунки SVG не принимаются: в них бывают скрипты, и сети их не показывают.
problem-file-svg-remedy = Выгрузите рисунок в PNG.
problem-file-active = Веб-страницы и скрипты не принимаются.
problem-file-type = Файлы такого вида не принимаются.
problem-file-type-remedy = Картинки: JPEG, PNG, GIF, WebP. Видео: MP4, WebM. Документы: PDF, офисные файлы, простой текст.
problem-file-broken = Файл повреждён или загружен не до конца.
problem-file-broken-remedy = Загрузите его ещё раз. Если не поможет, сохраните заново в исходной программе.
problem-picture-type = Картинки в форматах HEIC и AVIF не принимаются.
problem-picture-type-remedy = Сохраните картинку как JPEG или PNG.
problem-picture-too-large = В картинке слишком много пикселей: можно не больше { $max } млн.
problem-picture-too-large-remedy = Уменьшите картинку.
problem-picture-cannot-fit = Картинку не удаётся уменьшить до { $max } байт, не испортив её.
problem-picture-cannot-fit-remedy = Выберите для этой сети другую картинку.
problem-animation-too-long = Анимация слишком длинная или слишком большая.
problem-animation-too-long-remedy = Сократите её или сохраните как видео (MP4).

# Согласование
problem-held-approval = В нынешнем виде пост никто не согласовал.
problem-held-approval-remedy = Согласуйте пост, и он уйдёт сам, или попросите того, кто может это сделать.
problem-approval-standing = { $standing ->
    [in_review] Пост уже отправлен на согласование, ответа пока нет.
    [changes_asked] Пост вернули на доработку, и заново его ещё не отправляли.
    [approved] Пост уже согласован.
   *[draft] На согласование этот пост не отправляли.
}
problem-approval-standing-remedy = Обновите пост, чтобы увидеть, что с ним сейчас.
problem-approval-changed = С тех пор, как вы его видели, пост изменили.
problem-approval-changed-remedy = Посмотрите ещё раз и решите.
problem-approval-gone = Этого поста здесь больше нет, или решать о нём не вам.
problem-note-empty = Не сказано, что нужно изменить.
problem-note-empty-remedy = Напишите автору хотя бы одну фразу.
problem-link-days-bad = Ссылка действует от 1 до { $max } дней.
problem-post-missing = Одного из выбранных постов больше нет.
problem-remind-hours-bad = { $count ->
    [one] Не больше { $count } напоминания, от 1 до { $max } часов до выхода.
    [few] Не больше { $count } напоминаний, от 1 до { $max } часов до выхода.
    [many] Не больше { $count } напоминаний, от 1 до { $max } часов до выхода.
   *[other] Не больше { $count } напоминания, от 1 до { $max } часов до выхода.
}
problem-password-none = У этой учётной записи ещё нет пароля.
problem-password-none-remedy = Задайте его по ссылке «Забыли пароль?» на странице входа.
problem-identity-last = Другого способа войти у вас нет.
problem-identity-last-remedy = Сначала задайте пароль: «Забыли пароль?» на странице входа.
problem-oidc-unlinked = Этот вход был здесь отвязан.
problem-oidc-unlinked-remedy = Войдите по паролю или ключу доступа и снова разрешите его в профиле.
