# Медиатека и её файлы: то, что не относится к посту.
problem-range-bad = Запрошенной части файла не существует.
problem-asset-in-use = { $count ->
    [one] Этот файл стоит в посте, который ещё не вышел.
    [few] Этот файл стоит в постах, которые ещё не вышли; всего он использован в { $count } постах.
    [many] Этот файл стоит в постах, которые ещё не вышли; всего он использован в { $count } постах.
   *[other] Этот файл стоит в постах, которые ещё не вышли; всего он использован в { $count } поста.
}
problem-asset-in-use-remedy = Сначала уберите его оттуда или дождитесь, когда посты выйдут.
problem-file-too-large = Файл «{ $name }» слишком большой: { $megabytes } МБ, а принимается не больше { $max_megabytes } МБ.
problem-file-too-large-remedy = Уменьшите его или попросите администратора поднять предел.
problem-too-many = Слишком много: не больше { $max }.
problem-mail-off = В этой установке почта выключена.
problem-mail-off-remedy = Укажите почтовый сервер в настройке mail, см. docs/configuration.md.
problem-mail-refused = Почтовый сервер { $server } не принял письмо: { $reason }
problem-mail-refused-remedy = Проверьте настройки mail, mail_password и mail_from.
problem-mail-unknown = Почтовый сервер { $server } получил письмо целиком и не сказал, принял ли его.
problem-mail-unknown-remedy = Посмотрите, дошло ли оно.

# Токены программ.
problem-token-person-unknown = Здесь нет человека с таким адресом.
problem-token-scopes-none = Токену нужно хотя бы одно право.
problem-token-brands-bad = Токен создаётся для брендов, в которых вы работаете, хотя бы для одного.
problem-token-days-bad = Токен может действовать от 1 до { $max } дней.
problem-tokens-too-many = Токенов уже { $max }.
problem-tokens-too-many-remedy = Отзовите те, которыми никто не пользуется.
problem-moved = Отправка пришла вместе с брендом с другой установки, и там её могли уже отправить.
problem-moved-remedy = Посмотрите на канал и на прежнюю установку, затем отправьте, перенесите или отмените.
problem-move-foreign = Это не файл с брендом из Сарафана.
problem-move-foreign-remedy = Выберите файл, который создан в «Настройки → Перенос» или командой `sarafan brand export`.
problem-move-other = Файл создан Сарафаном { $made }, а здесь { $version }.
problem-move-other-remedy = Обновите обе установки до одной версии, выгрузите бренд ещё раз и загрузите.
problem-move-damaged = Файл повреждён, место: { $at }: { $why }.
problem-move-damaged-remedy = Выгрузите бренд ещё раз. Здесь ничего не изменилось.
problem-move-here = Этот бренд здесь уже есть.
problem-move-here-remedy = Бренд переносится только туда, где его нет. Здесь ничего не изменилось.
problem-move-file = Файл не читается или не записывается: { $reason }.
problem-limit-owner = У владельца нет ограничений.
problem-limit-owner-remedy = Сначала измените роль.

# Запросы с ключом.
problem-idempotency-key-bad = В Idempotency-Key от 1 до { $max } печатных знаков ASCII без пробелов.
problem-idempotency-other = С этим Idempotency-Key уже был другой запрос.
problem-idempotency-other-remedy = Берите новый ключ для каждого запроса, а прежний — только чтобы его повторить.
problem-idempotency-running = На первый запрос с этим Idempotency-Key ещё отвечают.
problem-idempotency-running-remedy = Спросите ещё раз чуть позже.
problem-idempotency-lost = Запрос с этим Idempotency-Key выполнен, но ответ на него потерян.
problem-idempotency-lost-remedy = Посмотрите, что уже есть, прежде чем спрашивать с новым ключом.

# Вебхуки.
problem-webhooks-too-many = У бренда не больше { $max } вебхуков.
problem-webhook-url-bad = Вебхуку нужен адрес, который начинается с https:// или http://, без имени и пароля внутри, не длиннее { $max } знаков.
problem-webhook-topics-none = Выберите хотя бы одно событие.
problem-webhook-waiting = Это сообщение уже в пути.
problem-webhook-unreachable = До сервера не удалось достучаться.
problem-webhook-forbidden = Адрес внутренний, в этой установке он не разрешён.
problem-webhook-forbidden-remedy = Тот, кто ведёт установку, может добавить его в настройку allow_private.
problem-webhook-silent = Сервер принял сообщение и не ответил вовремя.
problem-webhook-dead = Выключен: последние сообщения не удавалось доставить по целым суткам.
problem-webhook-dead-remedy = Посмотрите в журнале, что ответил сервер, исправьте там и включите снова.
problem-webhook-unwanted = Выключен: сервер ответил, что сообщения больше не нужны (410).
problem-webhook-restored = Выключен: восстановлена резервная копия.
problem-webhook-restored-remedy = Включите, если говорить должна именно эта установка.
problem-note-blank = Заметка пуста.
problem-note-too-long = В заметке может быть не больше { $max } знаков.
problem-mention-unknown = Кто-то из упомянутых не работает с этим брендом или не видит заметок.
problem-task-empty = Напишите, что нужно сделать.
problem-task-too-long = Здесь может быть не больше { $max } знаков.
problem-assignee-unknown = Этот человек не работает с этим брендом или не видит задач.
problem-due-bad = Это не время.
problem-due-bad-remedy = Запишите так: 2026-12-01T10:00.
problem-hour-bad = Час — число от 0 до 23.
problem-messenger-off = Эта установка никому не пишет в мессенджер.
problem-messenger-off-remedy = Тот, кто её держит, задаёт messenger_token, токен бота.
problem-messenger-away = Мессенджер не отвечает.
problem-messenger-away-remedy = Попробуйте через минуту. Если не поможет, неверен токен или сервер бота.
