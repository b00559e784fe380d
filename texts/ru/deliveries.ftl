# Очередь.
deliveries-title = Очередь
deliveries-view-open = К отправке
deliveries-view-attention = Ждут вас
deliveries-view-sent = Отправлены
deliveries-view-all = Все
deliveries-every-channel = Все каналы
deliveries-state = Состояние
deliveries-due = Время выхода
deliveries-next = Следующий шаг
deliveries-channel = Канал
deliveries-post = Пост
deliveries-late = Задержка
deliveries-late-by = { NUMBER($seconds, maximumFractionDigits: 2) } с
deliveries-no-text = (без текста)
deliveries-calm-title = Вас ничего не ждёт
deliveries-calm-text = Если сеть не примет пост или будет неясно, вышел ли он, он появится здесь — с подсказкой, что делать.
deliveries-empty-title = Очередь пуста
deliveries-empty-text = Запланируйте пост, и здесь появятся его отправки: по одной на канал, каждая со своей историей.
deliveries-sent-at = Отправлено
deliveries-open-post = Открыть пост
deliveries-see = Посмотреть в сети
deliveries-story = Что происходило
deliveries-story-empty = Попыток ещё не было.
deliveries-cancel = Отменить отправку
deliveries-approve = К согласованию
deliveries-retry = Повторить
deliveries-send-now = Отправить сейчас
deliveries-delete = Снять пост
deliveries-update = Отправить изменения
deliveries-done-cancel = Отправка отменена
deliveries-done-retry = Снова отправляем
deliveries-done-send-now = Отправляем
deliveries-done-delete = Снимаем пост
deliveries-done-update = Отправляем изменения
deliveries-done-resolve = Записано
deliveries-clear-title = Пост вышел?
deliveries-clear-text = Пост передан, но сеть не ответила. Пока кто-нибудь не проверит, повторно он не отправится.
deliveries-clear-look = Посмотреть канал
deliveries-clear-url = Адрес поста, если он там есть
deliveries-clear-sent = Вышел
deliveries-clear-again = Его нет: отправить снова
deliveries-clear-leave = Его нет: оставить так
deliveries-retry-all = { $count ->
    [one] Повторить { $count }
    [few] Повторить все { $count }
   *[many] Повторить все { $count }
}
deliveries-done-retry-all = { $count ->
    [one] Снова отправляем { $count } пост
    [few] Снова отправляем { $count } поста
   *[many] Снова отправляем { $count } постов
}
deliveries-remedy = Откройте пост, исправьте то, что не устроило сеть, и нажмите «Повторить».
deliveries-connect = Подключить заново
deliveries-access-back = Канал снова работает
deliveries-access-back-text = Нажмите «Повторить», и пост выйдет.
deliveries-clear = Разобраться
deliveries-then-retry = Потом нажмите «Повторить».
deliveries-delete-title = Снять пост: { $name }?
deliveries-delete-text = Он исчезнет там вместе с реакциями и комментариями. Текст и цифры останутся здесь.
