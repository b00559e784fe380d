# Контент-план: загрузка и выгрузка.
plan-title = Импорт плана
plan-may-not = Ваша роль не позволяет загружать планы: попросите менеджера.
plan-drop = Перетащите сюда контент-план
plan-drop-here = Отпустите, чтобы взять файлы
plan-drop-text = Файл CSV вместе с картинками, которые в нём названы. Вы увидите каждую строку до того, как что-либо сохранится.
plan-choose = Выбрать файлы
plan-add = Добавить картинки или другой план
plan-other-file = Начать заново
plan-pictures = Картинки этого плана
plan-picture-count = { $count ->
    [one] и { $count } файл
    [few] и { $count } файла
   *[many] и { $count } файлов
}
plan-left = За один раз загружается одна таблица; не взяты: { $names }
plan-waiting = { $count ->
    [one] { $count } файл ждёт своего плана.
    [few] { $count } файла ждут своего плана.
   *[many] { $count } файлов ждут своего плана.
}
plan-clear = Убрать
plan-reading = Как читается файл
plan-read-as = Прочитано как { $encoding }, разделитель: { $separator }
plan-columns-known = Распознано столбцов: { $known } из { $all }
plan-encoding = Кодировка
plan-separator = Разделитель
plan-order = Порядок в датах
plan-order-ask = Спросить, если неясно
plan-found-out = Определить
plan-encoding-utf-8 = UTF-8
plan-encoding-1251 = Windows-1251 (кириллица)
plan-encoding-1250 = Windows-1250 (Центральная Европа)
plan-encoding-utf-16le = UTF-16 LE
plan-encoding-utf-16be = UTF-16 BE
plan-separator-comma = запятая
plan-separator-semicolon = точка с запятой
plan-separator-tab = табуляция
plan-order-dmy = 31.12.2026 (сначала день)
plan-order-mdy = 12/31/2026 (сначала месяц)
plan-order-ymd = 26-12-31 (сначала год)
plan-dates-title = Какие даты имеются в виду?
plan-dates-text = Некоторые даты можно прочесть по-разному. Выберите порядок частей.
plan-columns = Столбцы
plan-column-none = — не брать —
plan-column-nameless = (без названия)
plan-column-is = Что в столбце «{ $name }»?
plan-no-text-column = Не ясно, в каком столбце текст. Укажите его.
plan-forget = Вернуть как определилось
plan-rows = Строки плана
plan-line = Строка
plan-outlook = Что будет
plan-no-text = Без текста
plan-good = Без замечаний
plan-skipped = Загружена раньше
plan-skipped-text = Строка с таким id уже стала постом. Второй раз она не загрузится.
plan-unreadable = Эту строку нельзя прочесть
plan-unreadable-text = Её ячейки нельзя отделить друг от друга, поэтому она не загрузится. Исправьте файл и загрузите его ещё раз: уже загруженное пропустится.
plan-will-schedule = Пост будет запланирован на это время.
plan-will-draft = Станет черновиком с замечаниями; исправить их можно в самом посте.
plan-will-draft-undated = Время не указано, поэтому станет черновиком.
plan-row = Строка { $line }
plan-result = Итог
plan-open-post = Открыть пост
plan-next-problem = Следующее замечание
plan-all = Все
plan-goods = Без замечаний
plan-problems = С замечаниями
plan-skips = Загружены раньше
plan-no-rows = В файле нет строк
plan-import = Загрузить
plan-import-both = Запланировать { $good }, в черновики { $drafts }
plan-import-good = { $count ->
    [one] Запланировать { $count } пост
    [few] Запланировать { $count } поста
   *[many] Запланировать { $count } постов
}
plan-import-drafts = { $count ->
    [one] Загрузить { $count } строку как черновик
    [few] Загрузить { $count } строки как черновики
   *[many] Загрузить { $count } строк как черновики
}
plan-nothing = В этом файле нет ничего нового
plan-skips-note = { $count ->
    [one] { $count } строка уже загружена и пропустится.
    [few] { $count } строки уже загружены и пропустятся.
   *[many] { $count } строк уже загружено и пропустится.
}
plan-left-note = { $count ->
    [one] { $count } строку нельзя прочесть, она не загрузится.
    [few] { $count } строки нельзя прочесть, они не загрузятся.
   *[many] { $count } строк нельзя прочесть, они не загрузятся.
}
plan-sending = Отправляем файлы
plan-checking = Проверяем строки
plan-saving = Создаём посты
plan-kept = Файлы и ваш выбор сохранены.
plan-too-large-help = Сначала загрузите картинки в медиатеку, потом сам план: он найдёт их по именам.
plan-to-library = В медиатеку
plan-done = Запланировано: { $scheduled }, черновиков: { $drafts }
plan-done-skipped = { $count ->
    [one] { $count } строка загружена раньше.
    [few] { $count } строки загружены раньше.
   *[many] { $count } строк загружено раньше.
}
plan-done-left = { $count ->
    [one] { $count } строку не удалось прочесть, она не загружена.
    [few] { $count } строки не удалось прочесть, они не загружены.
   *[many] { $count } строк не удалось прочесть, они не загружены.
}
plan-done-toast = { $count ->
    [one] План загружен: { $count } пост
    [few] План загружен: { $count } поста
   *[many] План загружен: { $count } постов
}
plan-look = Посмотреть
plan-to-calendar = Посмотреть в календаре
plan-to-drafts = Исправить черновики
plan-another = Загрузить ещё один файл
plan-export = Выгрузить план
plan-export-text = Файл CSV, из которого импорт соберёт те же посты — здесь или в другой установке.
plan-export-which = Какие посты
plan-export-all = Все посты
plan-export-ahead = Начиная с сегодня
plan-export-month = Этот месяц
plan-export-next = Следующий месяц
plan-export-go = Сохранить как CSV
plan-guide = Как выглядит файл
plan-guide-names = Столбцы узнаются по названиям на русском, английском и польском, в любом порядке. Остальные можно указать вручную.
plan-guide-text = текст поста; строка из трёх дефисов начинает следующую часть ветки
plan-guide-at = 2026-12-31 10:00 или дата и время в двух столбцах
plan-guide-channels = названия или сети через точку с запятой
plan-guide-rubric = название или ключ
plan-guide-media = имена файлов через |, приложенных здесь или уже лежащих в медиатеке
plan-guide-id = ваш собственный; строка с уже загруженным id пропускается
plan-example = Скачать образец
plan-example-name = план
plan-example-one = Доброе утро! Мы открыты с десяти.
plan-example-two = Три вещи, которые стоит знать перед выбором.
plan-field-id = Id
plan-field-rubric = Рубрика
plan-field-campaign = Кампания
plan-field-language = Язык
plan-field-channels = Каналы
plan-field-time-zone = Часовой пояс
plan-field-at = Дата и время
plan-field-date = Дата
plan-field-time = Время
plan-field-text = Текст
plan-field-media = Медиа
plan-field-alt = Описания картинок
plan-field-link = Ссылка
plan-field-first-comment = Первый комментарий
plan-field-labels = Метки
plan-field-poll = Опрос
plan-field-extra = Прочее (из выгрузки)
plan-no-channels = Каналы ещё не подключены
plan-no-channels-text = Все строки станут черновиками. Сначала подключите каналы, чтобы план нашёл их по названиям.
plan-connect = Подключить канал
plan-lacking = { $count ->
    [one] В { $count } строке названа картинка, которой нет
    [few] В { $count } строках названы картинки, которых нет
   *[many] В { $count } строках названы картинки, которых нет
}
plan-lacking-text = Перетащите сюда картинки все сразу: они встанут к своим строкам по именам. Без них эти строки станут черновиками.
