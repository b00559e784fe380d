# Календарь.
calendar-title = Календарь
calendar-month = Месяц
calendar-week = Неделя
calendar-agenda = Список
calendar-view = Вид
calendar-today = Сегодня
calendar-today-hint = Перейти к сегодняшнему дню
calendar-before = Назад
calendar-after = Вперёд
calendar-filter = Фильтр
calendar-filter-count = { $count ->
    [one] Фильтр: включён { $count }
    [few] Фильтр: включены { $count }
   *[many] Фильтр: включено { $count }
}
calendar-channel = Канал
calendar-every-channel = Все каналы
calendar-rubric = Рубрика
calendar-every-rubric = Все рубрики
calendar-no-rubric = Без рубрики
calendar-import = Импорт плана
calendar-write = Новый пост
calendar-write-on = Новый пост на { $day }
calendar-count = { $count ->
    [0] нет постов
    [one] { $count } пост
    [few] { $count } поста
   *[many] { $count } постов
}
calendar-more = ещё { $count }
calendar-problems = { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
   *[many] { $count } замечаний
}
calendar-no-text = Пока без текста
calendar-own-time = { $time }, { $zone }
calendar-nothing = Ничего не запланировано
calendar-gap = День без постов
calendar-gaps = { $count ->
    [one] впереди { $count } день без постов
    [few] впереди { $count } дня без постов
   *[many] впереди { $count } дней без постов
}
calendar-mix = Рубрики за период
calendar-wanted = по плану: { $share }
calendar-hour = Час
calendar-days = Дни месяца
calendar-too-many = Постов больше, чем можно показать сразу. Выберите канал или перейдите к неделе.
calendar-post = Пост
calendar-open = Открыть
calendar-move = Перенести…
calendar-duplicate = Сделать копию
calendar-duplicated = Копия создана
calendar-back-to-day = Назад ко дню
calendar-channels = Каналы
calendar-no-channels = Каналы ещё не выбраны
calendar-channel-gone = Канал, который больше не подключён
calendar-see = Посмотреть в сети
calendar-repeats = Повторяется
calendar-moved = Перенесено: { $when }
calendar-move-title = Перенести пост
calendar-move-when = Новое время
calendar-move-go = Перенести
calendar-move-anyway = Всё равно перенести
calendar-other-time = Другое время…
calendar-stays = Время прежнее: { $when }.
calendar-changed = Тем временем пост изменил кто-то ещё. В календаре уже новый вариант.
calendar-fold-earlier = Первый раз
calendar-fold-later = Второй раз
