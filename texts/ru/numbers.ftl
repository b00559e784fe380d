# Цифры: сработало ли?
numbers-title = Цифры
numbers-period = Период
numbers-days = { $count ->
    [one] { $count } день
    [few] { $count } дня
   *[many] { $count } дней
}
numbers-days-short = { $count } д.
numbers-custom = Даты
numbers-from = Первый день
numbers-to = Последний день
numbers-channel = Канал
numbers-every-channel = Все каналы
numbers-empty-title = Цифр пока нет
numbers-empty-connect = Подключите канал: подписчики считаются каждый час, а посты — с десятой минуты после выхода.
numbers-empty-text = Первые цифры приходят через десять минут после выхода поста, подписчики — каждый час.
numbers-empty-period = За этот период цифр нет
numbers-connect = Подключить канал
numbers-to-calendar = К календарю
numbers-look-90 = Посмотреть за 90 дней
numbers-course = Динамика
numbers-growth = Прирост
numbers-total = Всего
numbers-followers = Подписчики по каналам
numbers-followers-gained = Прирост подписчиков по каналам
numbers-engagement-by-day = Вовлечённость по дням выхода
numbers-best = Лучшие посты
numbers-worst = Слабые посты
numbers-none-sent = За этот период ничего не вышло.
numbers-none-counted = Пока ничего не посчитано.
numbers-soon = { $count ->
    [one] { $count } пост вышел, его цифры скоро придут
    [few] { $count } поста вышли, их цифры скоро придут
   *[many] { $count } постов вышли, их цифры скоро придут
}
numbers-none-compared = Слишком мало постов для сравнения.
numbers-no-text = Без текста
numbers-see = Посмотреть в сети
numbers-hours = Лучшие часы
numbers-hours-best = Лучше всего: { $hours }.
numbers-hours-note = Средняя вовлечённость постов по часу выхода за 180 дней.
numbers-rubrics = Рубрики
numbers-rubric = Рубрика
numbers-no-rubric = Без рубрики
numbers-posts = Посты
numbers-posts-formula = Посты, отправленные через Сарафан за этот период
numbers-share = Доля
numbers-target = Доля по плану
numbers-share-target = Доля / план
numbers-share-is = Доля: { $share }
numbers-target-is = По плану: { $share }
numbers-median = { $name }, медиана
numbers-median-word = Медиана
numbers-median-formula = { $formula }. Медиана по постам: у половины больше, у половины меньше.
numbers-mean = Среднее
numbers-sum = Всего
numbers-untold = Без этого показателя
numbers-missing = Сеть не сообщает этот показатель.
numbers-post = Пост
numbers-sent = Вышел
numbers-address = Адрес
numbers-before = В начале
numbers-now = В конце
numbers-gain = Изменение
numbers-to-channel = Настройки канала
numbers-rows = { $count ->
    [one] { $count } пост
    [few] { $count } поста
   *[many] { $count } постов
}
numbers-rows-most = только последние { $count }
numbers-rows-csv = { $count ->
    [one] Ещё { $count } есть в файле CSV.
    [few] Ещё { $count } есть в файле CSV.
   *[many] Ещё { $count } есть в файле CSV.
}
