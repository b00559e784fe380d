# Медиатека и её файлы: то, что не относится к посту.
problem-range-bad = Запрошенной части файла не существует.
problem-asset-in-use = { $count ->
    [one] Этот файл стоит в посте, который ещё не вышел.
    [few] Этот файл стоит в постах, которые ещё не вышли; всего он использован в { $count } постах.
    [many] Этот файл стоит в постах, которые ещё не вышли; всего он использован в { $count } постах.
   *[other] Этот файл стоит в постах, которые ещё не вышли; всего он использован в { $count } поста.
}
problem-asset-in-use-remedy = Сначала уберите его оттуда или дождитесь, когда посты выйдут.
problem-file-too-large = Файл «{ $name }» слишком большой: { $megabytes } МБ, а принимается не больше { $max_megabytes } МБ.
problem-file-too-large-remedy = Уменьшите его или попросите администратора поднять предел.
problem-too-many = Слишком много: не больше { $max }.
problem-mail-off = В этой установке почта выключена.
problem-mail-off-remedy = Укажите почтовый сервер в настройке mail, см. docs/configuration.md.
problem-mail-refused = Почтовый сервер { $server } не принял письмо: { $reason }
problem-mail-refused-remedy = Проверьте настройки mail, mail_password и mail_from.
problem-mail-unknown = Почтовый сервер { $server } получил письмо целиком и не сказал, принял ли его.
problem-mail-unknown-remedy = Посмотрите, дошло ли оно.

# Токены программ.
problem-token-person-unknown = Здесь нет человека с таким адресом.
problem-token-scopes-none = Токену нужно хотя бы одно право.
problem-token-brands-bad = Токен создаётся для брендов, в которых вы работаете, хотя бы для одного.
problem-token-days-bad = Токен может действовать от 1 до { $max } дней.
problem-tokens-too-many = Токенов уже { $max }.
problem-tokens-too-many-remedy = Отзовите те, которыми никто не пользуется.
