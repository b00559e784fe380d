network-bluesky-handle = Имя пользователя
network-bluesky-handle-help = Как в профиле, например cafe.bsky.social
network-bluesky-password = Пароль приложения
network-bluesky-password-help = Четыре группы по четыре знака из настроек Bluesky. Не тот пароль, с которым вы входите сами.
network-bluesky-service = Сервер
network-bluesky-service-help = Нужен, только если сервер не находится по имени пользователя. Иначе оставьте пустым.
network-bluesky-card-title = Заголовок карточки ссылки
network-bluesky-card-title-help = Если пусто, показывается адрес сайта.
network-bluesky-card-description = Описание на карточке ссылки
network-bluesky-tags = Дополнительные теги
network-bluesky-tags-help = Находятся поиском, но в тексте не видны. Не больше 8, через запятую.
network-bluesky-warning = Предупреждение о содержании
network-bluesky-warning-help = Картинки скрыты, пока читатель не захочет их увидеть.
network-bluesky-warning-sexual = Откровенное
network-bluesky-warning-nudity = Обнажённое тело
network-bluesky-warning-porn = Только для взрослых
network-bluesky-warning-graphic-media = Насилие или кровь

problem-bluesky-tag-too-long = Тег «{ $tag }» длиннее { $max ->
    [one] { $max } знака
   *[other] { $max } знаков
}.
problem-bluesky-tag-too-long-remedy = Сократите тег или уберите его.
