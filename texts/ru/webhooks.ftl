webhooks-title = Вебхуки
webhooks-text = Внешняя программа узнаёт о том, что здесь происходит: за секунды и с подписью.
webhooks-new = Новый вебхук
webhooks-none = Вебхуков пока нет
webhooks-name = Название
webhooks-name-example = Служба поддержки
webhooks-url = Адрес
webhooks-topics = События
webhooks-state = Состояние
webhooks-change = Изменить
webhooks-change-title = Изменить вебхук
webhooks-rotate = Сменить секрет
webhooks-remove = Удалить
webhooks-remove-title = Удалить «{ $name }»?
webhooks-remove-text = Вместе с ним исчезнет журнал. Сообщения в пути будут отброшены.
webhooks-removed = Вебхук «{ $name }» удалён
webhooks-live = Сообщать о событиях
webhooks-test = Отправить пробное
webhooks-log = Журнал
webhooks-log-empty = Пока ничего не отправлено. Здесь видны сообщения за 30 дней.
webhooks-overlap = Старый секрет тоже подписывает до { $until }.
webhooks-secret = Секрет
webhooks-secret-title = Секрет вебхука
webhooks-secret-text = По нему получатель проверяет, что сообщение пришло отсюда. Больше он не покажется.
webhooks-copy = Скопировать
webhooks-waiting = в пути
webhooks-delivered = доставлено
webhooks-failed = не доставлено
webhooks-next = Следующая попытка
webhooks-body = Отправляется как
webhooks-replay = Отправить ещё раз
webhooks-topic-test = Проба
webhooks-topic-post-sent = Пост вышел везде
webhooks-topic-delivery-sent = Пост вышел в канале
webhooks-topic-delivery-failed = Пост не удалось отправить
webhooks-topic-delivery-unknown = Неясно, вышел ли пост
webhooks-topic-approval-submitted = Пост просят согласовать
webhooks-topic-approval-approved = Пост согласован
webhooks-topic-approval-changes-asked = Пост вернули на доработку
webhooks-topic-comment-received = Появился комментарий
webhooks-topic-channel-reconnect = Канал нужно подключить заново
webhooks-tries = { $count ->
    [one] { $count } попытка
    [few] { $count } попытки
   *[many] { $count } попыток
}
webhooks-millis = { $count } мс
