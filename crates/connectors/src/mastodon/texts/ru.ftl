network-mastodon-server = Сервер
network-mastodon-server-help = Адрес, на котором ваша учётная запись, например mastodon.social
network-mastodon-access-token = Токен доступа
network-mastodon-access-token-help = Оставьте пустым, чтобы разрешить доступ на странице самого сервера. Заполните, если сделали токен там сами.
network-mastodon-visibility = Видимость
network-mastodon-visibility-help = Кто видит пост и где он показывается.
network-mastodon-visibility-public = Виден всем
network-mastodon-visibility-unlisted = Виден всем, но не попадает в ленты и тренды
network-mastodon-visibility-private = Только подписчикам
network-mastodon-warning = Предупреждение о содержании
network-mastodon-warning-help = Показывается вместо текста, пока читатель его не раскроет. Входит в длину текста.
network-mastodon-sensitive = Скрыть картинки
network-mastodon-sensitive-help = Картинки размыты, пока читатель их не откроет.

problem-mastodon-poll-same = Ответ «{ $option }» стоит в опросе дважды.
problem-mastodon-poll-same-remedy = Измените или уберите один из двух.
problem-mastodon-edit-video = В уже вышедшем посте нельзя заменить видео.
problem-mastodon-edit-video-remedy = Удалите пост в сети и отправьте заново или оставьте видео как есть.
