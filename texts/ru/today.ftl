# Первая страница дня.
today-title = Сегодня
today-write = Новый пост
today-hello = Здравствуйте, { $name }
today-worker-title = Ничего не отправляется
today-worker-text = Обработчик давно не отзывается. Запустите его снова: всё, чему пора, выйдет или спросит вас.
today-silent-title = { $count ->
    [one] Замолчал { $count } обработчик
    [few] Замолчали { $count } обработчика
   *[many] Замолчали { $count } обработчиков
}
today-silent-text = Его работу взяли на себя остальные. Запустите его снова или посмотрите, что случилось с машиной.
today-late-text = Обработчики работают, но посты не выходят вовремя. Загляните в журнал сервера.
today-needs = Ждут вас
today-quiet-title = Вас ничего не ждёт
today-quiet-text = Всё, что должно было выйти, вышло. Отказы и неясные случаи появятся здесь.
today-unknown = Неизвестно, вышел ли пост
today-failed = Не вышли
today-held = Ждут вашего решения
today-approval = Ждут согласования
today-changes = Вернули на доработку
today-reconnect = Каналы без доступа
today-drafts = { $count ->
    [one] { $count } черновик с замечаниями
    [few] { $count } черновика с замечаниями
   *[many] { $count } черновиков с замечаниями
}
today-yesterday = Вчера
today-missing = Сети этого не сообщили
today-metric-posts = Посты
today-metric-engagement = Вовлечённость
today-metric-reactions = Реакции
today-metric-replies = Ответы
today-timeline = День
today-timeline-empty = Сегодня ничего не выходит.
today-now = Сейчас
