# Медиатека.
assets-title = Медиатека
assets-one = Файл
assets-upload = Загрузить
assets-search = Искать по имени, описанию и меткам
assets-folder = Папка
assets-folders = Уже есть: { $folders }
assets-every-folder = Все папки
assets-every-label = Все метки
assets-every-kind = Все виды
assets-kind = Вид
assets-images = Картинки
assets-videos = Видео
assets-documents = Документы
assets-labels = Метки
assets-none-title = Ничего не найдено
assets-none-text = Измените или снимите фильтры.
assets-empty-title = Медиатека пуста
assets-empty-text = Перетащите сюда картинки и видео. Каждый файл сразу проверяется по требованиям сетей.
assets-download = Скачать
assets-alt = Что изображено?
assets-alt-help = Для тех, кто не видит картинку; попадает в каждый новый пост.
assets-source = Источник
assets-rights = Права
assets-used = { $count ->
    [0] Пока не используется
    [one] Используется в { $count } посте
   *[other] Используется в { $count } постах
}
assets-delete-title = Удалить файл?
assets-delete-text = Файл, который нужен ещё не вышедшему посту, удалить нельзя. Вышедшие посты не изменятся.
assets-done-delete = Удалено
assets-choose = Выбрать несколько
assets-chosen = { $count ->
    [0] Отметьте файлы
    [one] { $count } файл
    [few] { $count } файла
   *[many] { $count } файлов
}
assets-label = Метка
assets-move = В папку
assets-add-label = Добавить метку
assets-done-many = { $count ->
    [one] Изменён { $count } файл
    [few] Изменены { $count } файла
   *[many] Изменено { $count } файлов
}
assets-name = Название
