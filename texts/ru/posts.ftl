# Посты и редактор.
posts-title = Посты
posts-one = Пост
posts-new = Новый пост
posts-import = Импорт плана
posts-search = Искать в текстах
posts-state = Состояние
posts-every-state = Любое состояние
posts-every-channel = Все каналы
posts-every-rubric = Все рубрики
posts-sort = Порядок
posts-sort-due = По времени выхода
posts-sort-updated = Сначала изменённые
posts-due = Выходит
posts-rubric = Рубрика
posts-no-rubric = Без рубрики
posts-channels = Каналы
posts-changed = Изменено
posts-problem-count = { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
   *[many] { $count } замечаний
}
posts-none-title = Ничего не найдено
posts-none-text = Измените или снимите фильтры.
posts-empty-title = Постов пока нет
posts-empty-text = Напишите первый или загрузите контент-план из файла CSV.
posts-duplicate = Сделать копию
posts-done-duplicate = Копия создана
posts-done-delete = Удалено
posts-delete-title = Удалить пост?
posts-delete-text = Неотправленное отменится. То, что уже вышло, останется в сети: сначала его нужно снять.
posts-preview = Предпросмотр
posts-out = Отправки
posts-side = Предпросмотр и отправки
posts-no-channels = Каналы ещё не подключены
posts-connect = Подключить первый
posts-kept = Набранное сохранено в этом браузере.
posts-for-all = Для всех
posts-variants = Варианты
posts-text = Текст
posts-text-for = Текст для: { $name }
posts-text-placeholder = О чём расскажем?
posts-thread-hint = Строка из трёх дефисов (---) начинает следующую часть ветки.
posts-split = Настроить отдельно
posts-join = Как у всех
posts-joined = { $name }: снова общий текст
posts-typography = Поправить кавычки, тире и пробелы
posts-typography-done = Типографика поправлена
posts-typography-same = Поправлять нечего
posts-media = Картинки и видео
posts-picture = Картинка { $n }
posts-add-media = Из медиатеки
posts-upload = или загрузить файл
posts-move-left = Сдвинуть влево
posts-move-right = Сдвинуть вправо
posts-alt = Что изображено?
posts-alt-help = Для тех, кто не видит картинку, и для поиска.
posts-will-convert = Отправим как { $type }
posts-pick-title = Выбор из медиатеки
posts-pick-search = Искать в медиатеке
posts-pick-empty = Здесь пусто
posts-pick-done = Готово
posts-link = Ссылка
posts-first-comment = Первый комментарий
posts-poll = Опрос
posts-poll-make = Добавить опрос
posts-poll-option = Ответ { $n }
posts-poll-add = Добавить ответ
posts-poll-multiple = Несколько ответов
posts-poll-hours = Длительность в часах
posts-poll-remove = Убрать опрос
posts-more = Ещё
posts-campaign = Кампания
posts-labels = Метки
posts-labels-help = Через запятую
posts-language = Язык
posts-delete-after = Снять автоматически
posts-delete-never = Никогда
posts-delete-after-hours = { $hours ->
    [one] через { $hours } час
    [few] через { $hours } часа
   *[many] через { $hours } часов
}
posts-preview-none = Выберите канал, чтобы увидеть, как пост выглядит там
posts-preview-of = Предпросмотр: { $name }
posts-card-unread = страницу прочитать не удалось
posts-preview-more = Показать ещё
posts-problems = Что скажут сети
posts-error = Мешает отправить
posts-warning = Обратите внимание
posts-mend-split = Разбить на ветку
posts-mend-drop = Убрать лишние
posts-when = Когда
posts-when-at = Время
posts-when-slot = Ближайший слот
posts-when-now = Сейчас
posts-no-slot = Нет свободного слота: задайте расписание канала
posts-saving = Сохраняем…
posts-saved = Сохранено { $when }
posts-not-saved = Ещё не сохранено; текст цел в этом браузере
posts-conflict-short = Тем временем сохранил кто-то ещё
posts-conflict-title = Этот пост изменил кто-то ещё
posts-conflict-text = Зачёркнуто то, что есть у них и чего нет у вас; выделено написанное вами. Пока вы не выберете, ничего не изменится.
posts-conflict-mine = Сохранить моё
posts-conflict-theirs = Взять их вариант
posts-conflict-copy = Скопировать мой текст
posts-schedule = Запланировать
posts-reschedule = Перенести
posts-send-now = Отправить сейчас
posts-unschedule = Вернуть в черновики
posts-may-not = С вашей ролью публиковать нельзя: попросите менеджера
posts-done-now = Отправляем
posts-done-scheduled = Запланировано: { $when }
posts-done-draft = Снова черновик
posts-refused = { $count ->
    [one] Сначала нужно исправить { $count } место
    [few] Сначала нужно исправить { $count } места
   *[many] Сначала нужно исправить { $count } мест
}
posts-fold-earlier = В первый раз
posts-fold-later = Во второй раз
posts-repeat = Повторять
posts-repeat-none = Не повторять
posts-repeat-day = Каждый день
posts-repeat-week = Каждую неделю
posts-repeat-month = Каждый месяц
posts-repeat-year = Каждый год
posts-repeat-interval = Промежуток
posts-repeat-days = В эти дни
posts-repeat-end = Окончание
posts-repeat-never = Никогда
posts-repeat-count = Число повторов
posts-repeat-until = До даты
posts-repeat-dates = Ближайшие даты
posts-repeat-shifted = позже: этого времени нет из-за перевода часов
posts-numbers = Цифры по времени
posts-preview-less = Свернуть
posts-thread-add = Начать следующую часть ветки
posts-thread-parts = { $count ->
    [one] Ветка из { $count } части
   *[other] Ветка из { $count } частей
}
posts-alt-of = Что изображено на картинке { $n }?
posts-sending-of = { $name } (осталось ещё { $left })
posts-unsent = После выхода пост изменили
posts-unsent-fixed = { $networks }: вышедший пост останется как есть.
posts-sum = Все каналы вместе
posts-numbers-soon = Первые цифры появятся в течение часа.
posts-filter = Фильтр
posts-filter-count = { $count ->
    [one] Фильтр: включён { $count }
    [few] Фильтр: включены { $count }
   *[many] Фильтр: включено { $count }
}
posts-stand-all = { $all ->
    [one] Пост вышел в { $all } канале
   *[other] Пост вышел во всех каналах: { $all }
}
posts-stand-sent = Вышел в { $sent } из { $all }
posts-stand-sending = отправляется: { $count }
posts-stand-scheduled = ждёт времени: { $count }
posts-stand-failed = не вышел: { $count }
posts-stand-unknown = неясно: { $count }
posts-stand-held = ждёт решения: { $count }
posts-stand-cancelled = отменено: { $count }
posts-stand-deleted = снято: { $count }
posts-poll-unfinished = В опросе нужно хотя бы два ответа
posts-will-shrink = Отправим как { $type }, не больше { $size }
posts-history = История
posts-history-title = История поста
posts-history-now = сейчас
posts-history-restored = возвращена версия { $version }
posts-history-first = Первая версия
posts-history-nothing = От предыдущей версии ничем не отличается.
posts-history-restore = Вернуть эту версию
posts-history-restore-text = Нынешний вариант останется в истории.
posts-history-done = Версия { $version } возвращена
posts-history-empty = пусто
posts-history-none = Этот пост ещё не меняли.
posts-history-somebody = Командная строка
posts-merge-title = Выберите по частям
posts-merge-mine = Моё
posts-merge-theirs = Чужое
posts-merge-save = Сохранить выбранное
posts-merge-text = Пост одновременно правили двое. Для каждой отличающейся части выберите, чей вариант оставить; пока вы не сохраните, ничего не перезапишется.
posts-field-text = текст
posts-field-media = картинки и видео
posts-field-link = ссылка
posts-field-first-comment = первый комментарий
posts-field-poll = опрос
posts-field-options = настройки сетей
posts-field-rubric = рубрика
posts-field-campaign = кампания
posts-field-labels = метки
posts-field-language = язык
posts-field-delete-after = удаление
posts-field-channels = каналы
posts-field-variant = отдельный вариант
