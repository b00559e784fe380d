# Согласование: у кого спросили и кто что ответил.
approvals-event-submitted = На согласование
approvals-event-approved = Согласовано
approvals-event-changes-asked = На доработку
approvals-event-withdrawn = Отозвано
approvals-event-dropped = Пост изменили: согласование больше не действует
approvals-event-commented = Комментарий
approvals-event-carried = Согласовано вместе с постом, который повторяется
approvals-event-reminded = Отправлено напоминание
approvals-event-overdue = Срок пришёл, а согласия не было
approvals-one = Согласование
approvals-no-text = (без текста)
approvals-tab-waiting = Ждут ответа
approvals-tab-changes = На доработке
approvals-tab-approved = Согласованы
approvals-for-me = Ждут вас
approvals-for-others = Ждут других
approvals-choose = Выбрать «{ $title }»
approvals-choose-all = Выбрать всё, что ждёт вас
approvals-open = Открыть в редакторе
approvals-empty-waiting = На согласовании ничего нет
approvals-empty-waiting-text = Посты появятся здесь, когда кто-то попросит согласовать или запланирует пост в канал, где без этого нельзя.
approvals-empty-changes = Ничего не вернули на доработку
approvals-empty-changes-text = Если коллега или клиент захочет что-то изменить, пост появится здесь вместе с пожеланием.
approvals-empty-approved = Согласованных постов пока нет
approvals-empty-approved-text = Согласованный пост выходит ровно таким, каким его видели.
approvals-submit = На согласование
approvals-submit-again = Отправить ещё раз
approvals-approve = Согласовать
approvals-ask = На доработку
approvals-ask-send = Вернуть
approvals-withdraw = Отозвать
approvals-note = Что изменить?
approvals-note-example = Хватит одной фразы
approvals-approve-many = { $count ->
    [one] Согласовать { $count } пост
    [few] Согласовать { $count } поста
    [many] Согласовать { $count } постов
   *[other] Согласовать { $count } поста
}
approvals-done-submit = Отправлено на согласование
approvals-done-approve = Согласовано
approvals-done-ask = Возвращено с вашим пожеланием
approvals-done-withdraw = Отозвано
approvals-done-many = { $count ->
    [one] Согласован { $count } пост
    [few] Согласовано { $count } поста
    [many] Согласовано { $count } постов
   *[other] Согласовано { $count } поста
}
approvals-refused-many = { $count ->
    [one] Не получилось согласовать { $count } пост.
    [few] Не получилось согласовать { $count } поста.
    [many] Не получилось согласовать { $count } постов.
   *[other] Не получилось согласовать { $count } поста.
}
approvals-changed = Пост тем временем изменили. Вот каким он стал.
approvals-stands-needed = Этот пост нужно согласовать до выхода
approvals-stands-mine = Вы отправили пост на согласование
approvals-stands-in-review = { $by } просит согласовать
approvals-stands-changes-asked = { $by } просит доработать
approvals-stands-approved = Пост согласован: { $by }
approvals-stands-dropped = В нынешнем виде пост не согласован
approvals-history = Что было сказано
approvals-history-none = Пока никто ничего не сказал
approvals-by-link = по ссылке
approvals-seen-show = Показать, что видели тогда
approvals-seen-hide = Скрыть
approvals-seen-rest = Текст тот же; отличаются картинки, ссылки, настройки или каналы.
approvals-drop-title = Этот пост согласован. Если сохранить правку, согласование перестанет действовать.
approvals-drop-text = Пока вы не решили, ничего не сохраняется и в плане остаётся согласованный вариант.
approvals-drop-save = Сохранить и согласовать заново
approvals-drop-undo = Отменить мои правки
approvals-drop-first = Сначала решите, что делать с правкой согласованного поста
approvals-drop-leave = Правка согласованного поста не сохранена. Всё равно уйти?
approvals-policy-title = Когда нужно согласование
approvals-policy-text = Согласованный пост выходит ровно таким, каким его видели; после правки его согласуют заново.
approvals-policy-required = Согласовывать каждый пост
approvals-policy-required-help = Касается всех каналов, для которых ниже не указано иное.
approvals-policy-channels = По каналам
approvals-policy-channels-text = Канал может быть строже или свободнее, чем бренд.
approvals-policy-as-brand = как у бренда
approvals-policy-yes = нужно согласование
approvals-policy-no = не нужно
approvals-policy-due = Если к сроку не согласовали
approvals-policy-due-text = Без согласования ничего не выходит. Решите только, спрашивать ли кого-то.
approvals-policy-hold = Задержать пост
approvals-policy-ask = Задержать и спросить тех, кто согласует
approvals-policy-remind = Напоминания
approvals-policy-remind-help = За сколько часов до выхода, через запятую. Пусто — без напоминаний.
approvals-tab-links = Ссылки для клиентов
approvals-links-text = По ссылке человек видит и согласует посты с телефона, без учётной записи. Видно только то, что вы выбрали.
approvals-links-none = Ссылок пока ни у кого нет
approvals-links-none-text = Дайте ссылку клиенту: он увидит посты такими, какими их покажут соцсети, и согласует или скажет, что изменить.
approvals-link = Ссылка
approvals-link-new = Новая ссылка
approvals-link-new-text = Всё, что скажут по этой ссылке, будет подписано этим именем.
approvals-link-name = Для кого
approvals-link-name-help = Имя, под которым этого человека знает команда.
approvals-link-language = Язык страницы
approvals-link-days = Сколько дней действует
approvals-link-channel = Канал
approvals-link-every-channel = Все каналы
approvals-link-campaign = Только эта кампания
approvals-link-label = Только эта метка
approvals-link-give = Создать ссылку
approvals-link-many = { $count ->
    [one] Ссылка на { $count } пост
    [few] Ссылка на { $count } поста
    [many] Ссылка на { $count } постов
   *[other] Ссылка на { $count } поста
}
approvals-link-only = По ней видны только эти посты
approvals-link-made = Ссылка: { $name }
approvals-link-made-text = Отправьте её так, как обычно переписываетесь.
approvals-link-once = Она показывается только сейчас. Любой, у кого она есть, согласует от этого имени.
approvals-link-copy = Скопировать ссылку
approvals-link-all = всё, что на согласовании
approvals-link-posts = { $count ->
    [one] { $count } выбранный пост
    [few] { $count } выбранных поста
    [many] { $count } выбранных постов
   *[other] { $count } выбранного поста
}
approvals-link-until = до { $date }
approvals-link-used = открывали
approvals-link-unused = ещё не открывали
approvals-link-state-revoked = отозвана
approvals-link-state-expired = срок вышел
approvals-link-revoke = Отозвать
approvals-link-revoke-title = Отозвать ссылку? { $name }
approvals-link-revoke-text = По ней больше ничего не откроется. Сказанное по ней останется.
approvals-link-revoked = Ссылка больше ничего не открывает
approvals-review-title = Посты на согласование
approvals-review-text = Для: { $name }. Страница доступна до { $until }; никому не передавайте её адрес.
approvals-review-over = Эта ссылка больше ничего не открывает
approvals-review-over-text = Её срок вышел или её отозвали. Попросите новую у того, кто её прислал.
approvals-review-none = От вас ничего не ждут
approvals-review-nothing = Здесь пусто
approvals-review-undated = Пока без даты
approvals-review-all = { $count ->
    [one] Согласовать { $count } пост
    [few] Согласовать все { $count }
    [many] Согласовать все { $count }
   *[other] Согласовать все { $count }
}
approvals-comment = Комментарий
approvals-comment-label = Ваш комментарий
approvals-comment-send = Отправить
approvals-done-comment = Комментарий отправлен
