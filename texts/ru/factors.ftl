# Второй шаг входа (ui/src/areas/factors).
factors-title = Вход в два шага
factors-text = После пароля Сарафан спросит то, что есть под рукой только у вас. Тот, кто узнал пароль, с ним одним не войдёт.
factors-on = Второй шаг включён
factors-on-text = Его спрашивают при каждом входе по паролю на любом устройстве.
factors-off = Второй шаг выключен
factors-off-text = Сейчас для входа хватает пароля.
factors-app = Приложение с кодами
factors-app-text = Аутентификатор на телефоне или менеджер паролей показывает шесть цифр, которые меняются каждые полминуты.
factors-app-add = Подключить приложение
factors-app-added = Приложение подключено
factors-app-since = Подключено { $date }
factors-app-remove = Отключить
factors-app-remove-title = Отключить приложение?
factors-app-remove-text = Его коды больше не понадобятся. Если другого второго шага нет, пропадут и резервные коды.
factors-app-removed = Приложение отключено
factors-key = Ключи доступа
factors-key-text = Ключ доступа на телефоне, компьютере или токене пускает сам, без пароля, и засчитывается как второй шаг.
factors-key-add = Добавить ключ доступа
factors-key-add-text = Сначала название и пароль, затем устройство попросит отпечаток пальца, лицо или PIN-код.
factors-key-added = Ключ доступа добавлен
factors-key-name = Название ключа
factors-key-name-example = Телефон
factors-key-since = добавлен { $date }
factors-key-used = использован
factors-key-unused = ещё не использовался
factors-key-rename = Переименовать
factors-key-rename-named = Переименовать: { $name }
factors-key-remove-named = Отключить: { $name }
factors-key-remove-title = Отключить «{ $name }»?
factors-key-remove-text = Здесь он больше ничего не откроет. На устройстве он останется, пока вы не удалите его там.
factors-key-removed = Ключ доступа отключён
factors-key-address = Ключам доступа нужны https и адрес с именем. Это может настроить тот, кто отвечает за установку.
factors-key-browser = Этот браузер не умеет работать с ключами доступа.
factors-codes = Резервные коды
factors-codes-text = На случай, если телефон потерян. Каждый срабатывает один раз вместо кода из приложения.
factors-codes-left = { $count ->
    [0] Кодов не осталось
    [one] Остался { $count } код
    [few] Осталось { $count } кода
   *[other] Осталось { $count } кодов
}
factors-codes-new = Создать новые
factors-codes-new-title = Создать новые резервные коды?
factors-codes-new-text = Прежние сразу перестанут работать.
factors-codes-shown = Ваши резервные коды
factors-codes-shown-text = Храните их отдельно от телефона: на бумаге или в менеджере паролей. Больше они не появятся.
factors-codes-copy = Скопировать все
factors-codes-kept = Коды сохранены
factors-password = Пароль
factors-password-text = Сначала пароль, чтобы убедиться, что это вы.
factors-next = Дальше
factors-scan = Отсканируйте картинку
factors-scan-text = Откройте приложение, наведите камеру на картинку и введите код, который оно покажет.
factors-qr = QR-код для приложения
factors-secret = Если отсканировать не получается, введите этот ключ
factors-open-here = Открыть в приложении на этом устройстве
factors-code = Код из приложения
factors-confirm = Включить
