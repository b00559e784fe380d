# О чём узнают люди (crates/app/src/notices), и страницы об этом.
notices-said-mention = { $who } упоминает вас: «{ $what }»
notices-said-note = { $who } оставляет заметку: «{ $what }»
notices-said-approval_asked = { $who } просит согласовать: «{ $what }»
notices-said-approved = { $who } согласует: «{ $what }»
notices-said-changes_asked = { $who } просит правок: «{ $what }»
notices-said-post_failed = «{ $what }» не вышел, или неизвестно, вышел ли
notices-said-channel_reconnect = Канал нужно подключить заново: { $what }
notices-said-task_given = { $who } поручает вам: { $what }
notices-said-task_due = Срок сегодня: { $what }
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
notices-choose-text = То, что прочитано здесь до отправки письма, почтой не приходит. Несколько новостей собираются в одно письмо.
notices-off-text = Почта в этой установке не настроена: уведомления появляются только здесь.
notices-way-off = Не сообщать
notices-way-app = Здесь
notices-way-soon = Здесь и письмом
notices-way-daily = Здесь и в ежедневном письме
notices-hour = Ежедневное письмо в
notices-saved = Сохранено
notices-kind-mention = Вас упомянули
notices-kind-note = Заметка к вашему посту
notices-kind-approval_asked = Пост ждёт вашего согласования
notices-kind-approved = Ваш пост согласован
notices-kind-changes_asked = К вашему посту просят правок
notices-kind-post_failed = Пост не вышел
notices-kind-channel_reconnect = Канал нужно подключить заново
notices-kind-task_given = Вам поручили задачу
notices-kind-task_due = Подошёл срок задачи
notices-kind-member_joined = В команде новый человек
