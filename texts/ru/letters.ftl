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
