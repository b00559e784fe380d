# Сервер, который играет за сети.
sandbox-title = Песочница
sandbox-lead = Игрушечные сети. Отправленное сюда остаётся на этом компьютере; смотрите ленты и отвечайте, как посетитель.
sandbox-networks = Сети
sandbox-connect = Чтобы подключить, впишите
sandbox-visitor = Анна
sandbox-who = Вы
sandbox-who-set = Сменить
sandbox-follow = Подписаться
sandbox-unfollow = Отписаться
sandbox-followers = { $count ->
    [one] { $count } подписчик
    [few] { $count } подписчика
   *[other] { $count } подписчиков
}
sandbox-views = { $count ->
    [one] { $count } просмотр
    [few] { $count } просмотра
   *[other] { $count } просмотров
}
sandbox-like = Нравится
sandbox-repost = Репост
sandbox-comment = Комментировать
sandbox-comment-send = Отправить
sandbox-edited = изменено
sandbox-pinned = закреплено
sandbox-file = Скачать файл
sandbox-newer = Новее
sandbox-older = Старше
sandbox-wall-empty = Пока пусто. Подключите эту ленту и отправьте пост.
sandbox-faults = Что сломать
sandbox-faults-lead = Число — скольких следующих постов это коснётся. Задержка и ограничение частоты действуют на каждый запрос.
sandbox-faults-set = Применить
sandbox-faults-clear = Здесь ничего не ломать
sandbox-faults-clear-all = Нигде ничего не ломать
sandbox-fault-latency = Каждый ответ ждёт, миллисекунд
sandbox-fault-rate = «Слишком часто» в течение, секунд
sandbox-fault-500 = Ошибка 500, ничего не сохранено
sandbox-fault-502 = Сохранено, потом ошибка 502
sandbox-fault-silent = Сохранено, потом молчание
sandbox-fault-cut = Сохранено, потом обрыв связи
sandbox-fault-drop = Обрыв связи, ничего не сохранено
sandbox-fault-garbage = Страница вместо ответа
sandbox-fault-expired = Срок доступа истёк
sandbox-fault-expired-no = Нет
sandbox-fault-expired-once = Один раз
sandbox-fault-expired-all = Для всего
