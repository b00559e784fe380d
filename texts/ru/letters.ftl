# Что написано в письмах (crates/app/src/letters).
letters-footer = Это письмо отправил Сарафан, { $place }. Ответы на него никто не читает.
letters-test-subject = Почта Сарафана работает
letters-test-text = Это письмо попросил отправить администратор, чтобы проверить, доходит ли почта. Делать ничего не нужно.
letters-invitation-subject = Приглашение: { $brand }
letters-invitation-text = { $by } зовёт вас вести вместе соцсети: { $brand }. Нажмите кнопку, выберите имя и пароль — и можно начинать.
letters-invitation-ends = { $days ->
    [one] Ссылка сработает один раз, в течение { $days } дня.
   *[many] Ссылка сработает один раз, в течение { $days } дней.
}
letters-invitation-join = Присоединиться
letters-password-subject = Новый пароль для Сарафана
letters-password-text = Кто-то попросил новый пароль для этого адреса. Если это вы, задайте его здесь.
letters-password-ends = { $minutes ->
    [one] Ссылка сработает один раз, в течение { $minutes } минуты.
   *[many] Ссылка сработает один раз, в течение { $minutes } минут.
}
letters-password-not-you = Если это были не вы, ничего не делайте: старый пароль останется прежним.
letters-password-choose = Задать новый пароль
letters-changed-subject = Пароль вашей учётной записи в Сарафане изменён
letters-changed-text = Теперь в учётную запись пускает только новый пароль. На остальных устройствах сеансы завершены.
letters-changed-not-you = Если это были вы, делать ничего не нужно. Если нет, сразу задайте другой пароль и сообщите тому, кто отвечает за установку.
letters-notices-subject = { $count ->
    [one] { $brand }: вас ждёт { $count } новость
    [few] { $brand }: вас ждут { $count } новости
   *[many] { $brand }: вас ждут { $count } новостей
}
letters-notices-heading = Что произошло: { $brand }
letters-notices-choose = Выбрать, о чём писать
letters-notices-more = { $count ->
    [one] И ещё { $count } уведомление
    [few] И ещё { $count } уведомления
   *[many] И ещё { $count } уведомлений
}
