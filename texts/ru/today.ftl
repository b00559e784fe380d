# Первая страница дня.
today-title = Сегодня
today-write = Написать
today-hello = Здравствуйте, { $name }
today-worker-title = Ничего не отправляется
today-worker-text = Обработчик давно не отзывался. Запустите его снова: всё, чему пора, выйдет или спросит вас.
today-needs = Ждут вас
today-quiet-title = Ничего не ждёт вас
today-quiet-text = Всё, чему было пора, вышло. Отказы и неясные случаи появились бы здесь первыми.
today-unknown = Неизвестно, вышла ли публикация
today-failed = Сеть отказала
today-held = Ждут вашего слова
today-reconnect = Подключите заново
today-drafts = { $count ->
    [one] { $count } черновик с замечаниями
    [few] { $count } черновика с замечаниями
   *[many] { $count } черновиков с замечаниями
}
today-yesterday = Вчера
today-missing = Ни одна сеть этого не сообщила
today-metric-posts = Публикации
today-metric-engagement = Вовлечённость
today-metric-reactions = Реакции
today-metric-replies = Ответы
today-timeline = День
today-timeline-empty = Сегодня ничего не выходит.
today-now = Сейчас
