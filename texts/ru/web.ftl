# Что отвечает API, когда не выполняет просьбу (crates/web).
web-signed-out-title = Вход не выполнен
web-signed-out = Вы не вошли или ваш сеанс закончился.
web-signed-out-remedy = Войдите ещё раз. Всё, что вы писали, сохранено.
web-may-not-title = Нет прав
web-may-not = Ваша роль этого не позволяет.
web-may-not-remedy = Обратитесь к владельцу или менеджеру бренда.
web-bad-token-title = Токен не принят
web-bad-token = Такого токена нет, он отозван или его срок истёк.
web-bad-token-remedy = Создайте новый на странице «Токены» в профиле.
web-out-of-scope-title = Токену это не разрешено
web-out-of-scope = У токена нет права { $scope }.
web-out-of-scope-remedy = Создайте токен с этим правом.
web-not-for-tokens-title = Не для программ
web-not-for-tokens = Это может сделать только сам человек после входа, а не программа с токеном.
web-not-for-tokens-remedy = Войдите через браузер.
web-cross-origin-title = Запрос с чужого сайта
web-cross-origin = Запрос пришёл не со страниц Сарафана, поэтому ничего не изменено.
web-cross-origin-remedy = Откройте Сарафан по обычному адресу. Программа должна слать этот адрес в заголовке Origin.
web-not-found-title = Не найдено
web-not-found = Здесь такого нет, или у вас нет доступа.
web-not-found-remedy = Возможно, это удалили. Вернитесь назад и обновите страницу.
web-no-method-title = Неверный метод
web-no-method = Такой адрес есть, но не для такого запроса.
web-timeout-title = Слишком долго
web-timeout = Запрос выполнялся слишком долго и был прерван.
web-timeout-remedy = Попробуйте ещё раз чуть позже.
web-conflict-title = Уже изменено
web-conflict = Кто-то тем временем сохранил более новую версию. Ничего не перезаписано.
web-conflict-remedy = Сравните обе версии и сохраните свою ещё раз.
web-refused-title = Сейчас нельзя
web-refused = В нынешнем состоянии это невозможно.
web-too-large-title = Слишком много данных
web-too-large = Слишком большой объём: здесь принимается не больше { $megabytes } МБ.
web-media-type-title = Не тот вид содержимого
web-media-type = Содержимое должно быть в виде { $wanted }.
web-malformed-title = Запрос не читается
web-malformed = Запрос не удалось прочитать: { $reason }.
web-wrong-title = Неожиданное значение
web-wrong = { $field ->
    [none] Здесь ожидается другое: { $reason }.
   *[other] Поле «{ $field }» не такое, как ожидается: { $reason }.
}
web-invalid-title = Сначала нужно исправить
web-invalid = Сначала нужно кое-что исправить.
web-invalid-many = { $count ->
    [one] Сначала нужно исправить { $count } недочёт: { $first }
    [few] Сначала нужно исправить { $count } недочёта, например: { $first }
   *[many] Сначала нужно исправить { $count } недочётов, например: { $first }
}
web-too-many-title = Слишком много попыток
web-too-many = { $seconds ->
    [one] Слишком много попыток. Подождите { $seconds } секунду.
    [few] Слишком много попыток. Подождите { $seconds } секунды.
   *[many] Слишком много попыток. Подождите { $seconds } секунд.
}
web-unavailable-title = Нет ответа
web-unavailable = Что-то, без чего Сарафан не работает, сейчас не отвечает. Ничего не потеряно.
web-unavailable-remedy = Попробуйте чуть позже. Если не проходит, сообщите администратору этот номер: { $request }
web-internal-title = Наша ошибка
web-internal = Что-то пошло не так на нашей стороне. Всё сохранённое раньше осталось на месте.
web-internal-remedy = Попробуйте ещё раз. Если повторится, сообщите администратору этот номер: { $request }

web-no-ui-title = Приложение для браузера не собрано
web-no-ui = Эта программа собрана без него. API и командная строка работают; чтобы собрать и запустить всё:
