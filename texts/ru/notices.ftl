# О чём узнают люди (crates/app/src/notices), и страницы об этом.
notices-said-mention = { $who } упоминает вас: «{ $what }»
notices-said-note = { $who } пишет о посте «{ $what }»
notices-said-approval_asked = { $who } просит согласовать: «{ $what }»
notices-said-approval_waits = Ждёт вашего согласования: «{ $what }»
notices-said-approval_soon = Скоро выход, а согласования нет: «{ $what }»
notices-said-approval_missing = Время вышло, а пост не согласован: «{ $what }»
notices-said-approved = { $who } согласует: «{ $what }»
notices-said-changes_asked = { $who } просит правок: «{ $what }»
notices-said-post_failed = «{ $what }» не вышел, или неизвестно, вышел ли
notices-said-channel_reconnect = Канал нужно подключить заново: { $what }
notices-said-task_given = { $who } поручает вам: { $what }
notices-said-task_due = Срок сегодня: { $what }
notices-said-webhook_off = Вебхук выключен: { $what }
notices-said-worker_silent = Посты могут не выходить: обработчик замолчал или очередь стоит
notices-said-member_joined = { $who } теперь в команде
notices-untitled = пост без текста
notices-title = Уведомления
notices-bell = { $count ->
    [0] Уведомления
    [one] Уведомления: { $count } непрочитанное
    [few] Уведомления: { $count } непрочитанных
   *[many] Уведомления: { $count } непрочитанных
}
notices-read-all = Прочитать все
notices-all = Все уведомления
notices-empty = Пока ничего
notices-empty-text = Здесь появятся упоминания, согласования, задачи и всё, что пошло не так.
notices-unread = не прочитано
notices-choose = О чём узнавать
notices-hour = Ежедневное письмо в
notices-saved = Сохранено
notices-kind-mention = Вас упомянули
notices-kind-note = О вашем посте написали
notices-kind-approval_asked = Пост ждёт вашего согласования
notices-kind-approval_soon = Пост, который скоро выходит, ждёт вашего согласования
notices-kind-approval_missing = Пост не вышел: его не согласовали
notices-kind-approved = Ваш пост согласован
notices-kind-changes_asked = К вашему посту просят правок
notices-kind-post_failed = Пост не вышел
notices-kind-channel_reconnect = Канал нужно подключить заново
notices-kind-task_given = Вам поручили задачу
notices-kind-task_due = Подошёл срок задачи
notices-kind-webhook_off = Вебхук выключился
notices-kind-worker_silent = Ничего не отправляется: обработчик замолчал
notices-kind-member_joined = В команде новый человек
notices-messenger-hello = { $name }, теперь всё важное из Сарафана я буду сообщать здесь.
notices-choose-text = То, что прочитано здесь до отправки письма или сообщения, не отправляется. Несколько новостей собираются в одно письмо.
notices-off-text = Почта в этой установке не настроена.
notices-way-app = Здесь
notices-way-mail = Почтой
notices-mail-off = Никогда
notices-mail-soon = Сразу
notices-mail-hourly = Раз в час
notices-mail-daily = Раз в день
notices-link-first = Чтобы выбрать, что приходит в { $messenger }, сначала привяжите его.
notices-link-where = В профиле
notices-link = Привязать { $messenger }
notices-linked = Привязан: { $name }
notices-link-text = Важное приходит и в { $messenger }; что именно, выбирается в каждом бренде.
notices-link-open = Открыть { $messenger }
notices-link-word = Или отправьте боту это слово:
notices-link-waits = Ждём вашего сообщения…
notices-link-done = { $messenger } привязан
notices-unlink = Отвязать
notices-unlinked = { $messenger } отвязан
