# Каналы.
channels-title = Каналы
channels-one = Канал
channels-state = Состояние
channels-followers = Подписчики
channels-slots = Расписание
channels-slot-count = { $count ->
    [0] –
    [one] { $count } слот
    [few] { $count } слота
   *[many] { $count } слотов
}
channels-checked = Проверен
channels-connect = Подключить канал
channels-connect-to = Подключение: { $network }
channels-connect-now = Подключить
channels-connect-this = Подключить этот
channels-steps = Шаги
channels-choose = Этому доступу открыто несколько мест. Какое подключить?
channels-empty-title = Каналов пока нет
channels-empty-text = Подключите страницу, группу или блог: для каждой сети есть пошаговая инструкция для тех, кто делает это впервые.
channels-look = Посмотреть в сети
channels-paused = На паузе: ничего не отправляется
channels-broken = Канал не работает
channels-reconnect = Подключить заново
channels-fine = Работает
channels-check = Проверить
channels-pause = Пауза
channels-resume = Возобновить
channels-numbers = Цифры
channels-remove = Отключить
channels-remove-title = Отключить «{ $name }»?
channels-remove-text = Запланированные посты туда не выйдут. Вышедшие останутся, их цифры сохранятся.
channels-limit = Текст
channels-characters = { $count ->
    [one] до { $count } знака
   *[other] до { $count } знаков
}
channels-expires = Доступ истекает
channels-can = Что умеет
channels-can-publish = Посты
channels-can-thread = Ветки
channels-can-poll = Опросы
channels-can-first-comment = Первый комментарий
channels-can-edit = Правка
channels-can-delete = Удаление
channels-can-stats = Статистика
channels-can-comments = Комментарии
channels-timetable = Расписание
channels-zone = Часовой пояс: { $zone }
channels-time = Время
channels-weekdays = По будням
channels-every-day = Каждый день
channels-add-slot = Добавить это время: { $day }
channels-remove-slot = Убрать { $time }
channels-done-check = Проверено
channels-done-pause = На паузе
channels-done-resume = Возобновлено
channels-done-remove = Отключено
channels-done-slots = Расписание сохранено
channels-done-connect = Подключено: { $name }
channels-choice = Выбор аккаунта
channels-choice-over = Выбор больше не действует
channels-choice-over-text = Ничего не подключено: выбор хранится полчаса и только для того, кто начал. Начните ещё раз.
channels-again = Подключить заново: { $name }
channels-oauth = Дальше откроется страница сети, потом вы вернётесь сюда.
channels-naming = Название и часы
channels-naming-help = Как канал называется здесь; в сети название не изменится.
channels-left = { $count ->
    [one] { $count } пост не вышел
    [few] { $count } поста не вышли
   *[many] { $count } постов не вышли
}
channels-left-text = Канал снова работает. Посмотрите, что ещё уместно, и нажмите «Повторить».
channels-left-go = К этим постам
channels-follower-count = { $count ->
    [one] { $count } подписчик
    [few] { $count } подписчика
   *[many] { $count } подписчиков
}
channels-name = Название
