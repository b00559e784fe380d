# Что нашёл доктор (crates/app/src/doctor, crates/sarafan/src/commands/doctor.rs), и неисправная база.
doctor-mark-fine = [хорошо]
doctor-mark-note = [к сведению]
doctor-mark-warning = [скоро]
doctor-mark-error = [исправить]
doctor-well = Всё в порядке.
doctor-not-well = Есть что исправить.
doctor-settings = Папка данных { $data }, база { $database }, файлы { $storage }.
doctor-folder = В папку данных { $folder } можно писать.
doctor-folder-none = В { $folder } ничего не установлено.
doctor-folder-none-remedy = Укажите папку данных через --data; новую создаст «sarafan serve».
doctor-folder-closed = В папку данных { $folder } нельзя писать: { $reason }.
doctor-folder-closed-remedy = Разрешите этому пользователю писать туда; проверьте, не полон ли диск и не подключён ли он только для чтения.
doctor-keys-none = В { $folder } нет файла «keys»: ни один доступ не открыть.
doctor-keys-none-remedy = Верните его оттуда, где он хранится, до запуска Sarafan: иначе появится новый, и все каналы придётся подключать заново.
doctor-room = На диске папки { $folder } свободно { $megabytes } МБ.
doctor-room-little = На диске папки { $folder } осталось всего { $megabytes } МБ.
doctor-room-little-remedy = Освободите место или перенесите папку на диск побольше: на полном диске ничего не сохраняется и не отправляется.
doctor-database = { $engine }, схема { $schema }, { $megabytes } МБ, цела.
doctor-database-damaged = База повреждена: { $reason }
doctor-database-damaged-remedy = Остановите Sarafan, сохраните файл и действуйте по разделу «A damaged database» в docs/recovery.md.
doctor-database-full = Ничего не сохраняется, диск базы полон: { $reason }
doctor-database-full-remedy = Освободите место; Sarafan продолжит сам. Наполовину ничего не записано.
doctor-database-read-only = Ничего не сохраняется, базу можно только читать: { $reason }
doctor-database-read-only-remedy = Проверьте, не подключён ли диск только для чтения, кому принадлежит файл и не следует ли сервер за другим.
doctor-database-away = База не отвечает: { $reason }
doctor-database-away-remedy = Проверьте, работает ли её сервер и доступен ли он. Когда она вернётся, Sarafan продолжит сам.
doctor-database-log = Рядом с базой ждут переноса в неё { $megabytes } МБ.
doctor-database-log-remedy = Что-то очень долго читает базу. Перезапустите Sarafan, дальше он приберёт сам.
doctor-clock = Часы, насколько видно, идут верно: { $now }.
doctor-clock-apart = Часы этой машины и базы расходятся на { $seconds } с.
doctor-clock-apart-remedy = Включите синхронизацию времени (NTP) на обеих: посты выходят по этим часам.
doctor-clock-back = Что-то сохранено на { $seconds } с позже, чем сейчас: часы ушли назад.
doctor-clock-back-remedy = Поставьте часы и включите синхронизацию времени (NTP), пока ничего не отправилось.
doctor-storage = Файлы записываются, читаются и удаляются.
doctor-storage-broken = Хранилище файлов не работает: { $reason }
doctor-storage-broken-remedy = Проверьте настройки storage, storage_key_id и storage_secret_key, работает ли сервер и есть ли место.
doctor-backup-made = Последняя резервная копия сделана в { $at }.
doctor-backup-old = Последняя резервная копия сделана в { $at }.
doctor-backup-old-remedy = Делайте копию каждый день: sarafan backup ФАЙЛ. См. docs/backup.md.
doctor-backup-never = Резервных копий ещё не было.
doctor-backup-never-remedy = Делайте копию каждый день: sarafan backup ФАЙЛ. См. docs/backup.md.
doctor-paused = Отправка на паузе, ничего не выходит.
doctor-paused-remedy = Паузу снимает владелец в настройках.
doctor-credential-closed = Доступ к каналу { $channel } ({ $network }, { $brand }) не открывается: нет его ключа.
doctor-credential-closed-remedy = Верните файл «keys» оттуда, где он хранится, или подключите канал заново.
doctor-credential-none = У канала { $channel } ({ $network }, { $brand }) нет доступа.
doctor-credential-none-remedy = Подключите канал заново.
doctor-credential-ends = Доступ к каналу { $channel } ({ $network }, { $brand }) кончается { $at }.
doctor-credential-ends-remedy = Большинство продлевается само. Если на странице канала сказано иначе, подключите его заново.
doctor-network-away = До канала { $channel } ({ $network }, { $brand }) не достучаться.
doctor-network-away-remedy = Проверьте, есть ли у этой машины выход в интернет и открывается ли сеть в браузере. Частный адрес должен быть в allow_private.
doctor-network-refuses = { $network } отказывает каналу { $channel } ({ $brand }).
doctor-network-refuses-remedy = Почему — сказано на странице канала; чаще всего его нужно подключить заново.
doctor-channels = { $count ->
        [one] { $count } канал, его не опрашивали.
        [few] { $count } канала, их не опрашивали.
       *[many] { $count } каналов, их не опрашивали.
    }
doctor-channels-asked = { $count ->
        [one] Опрошен { $count } канал.
        [few] Опрошены { $count } канала.
       *[many] Опрошено { $count } каналов.
    }
doctor-queue = Очередь движется; пора сделать сейчас: { $due }.
doctor-queue-no-worker = Очередью никто не занят; пора сделать сейчас: { $due }.
doctor-queue-no-worker-remedy = Запустите «sarafan serve» или «sarafan work».
doctor-queue-stuck = Очередь стоит: самое старое ждёт уже { $seconds } с; пора сделать сейчас: { $due }.
doctor-queue-stuck-remedy = Посмотрите журнал и перезапустите отправку. Дважды от этого ничего не выйдет.
doctor-public = { $url } отвечает.
doctor-public-none = Публичный адрес не задан.
doctor-public-none-remedy = Задайте public_url, когда Sarafan пользуются не только с этой машины: он нужен ссылкам, входу через сети и куки.
doctor-public-plain = { $url } не шифруется.
doctor-public-plain-remedy = Поставьте впереди прокси с сертификатом и задайте public_url = https://…; см. docs/configuration.md.
doctor-public-away = По адресу { $url } этот Sarafan не отвечает.
doctor-public-away-remedy = Проверьте, запущен ли «sarafan serve», куда прокси передаёт запросы и куда ведёт имя. Бывает, что сеть офиса не пускает машину к её же публичному адресу.
cli-database-full = База { $database } не открывается, её диск полон: { $reason }
cli-database-full-remedy = Освободите место на этом диске и запустите снова. Наполовину ничего не записано.
cli-database-read-only = Базу { $database } можно только читать: { $reason }
cli-database-read-only-remedy = Разрешите этому пользователю писать в файл и его папку; проверьте, не подключён ли диск только для чтения.
cli-database-damaged = База { $database } повреждена или это не база: { $reason }
cli-database-damaged-remedy = Не удаляйте её. Отодвиньте в сторону и восстановите копию; как это сделать, даже если копии нет, написано в docs/recovery.md.
doctor-mail = Почтовый сервер { $server } пускает нас.
doctor-mail-off = Почта выключена: ни приглашения, ни уведомления письмами не уходят.
doctor-mail-off-remedy = Укажите почтовый сервер в настройке mail и проверьте: sarafan mail test АДРЕС.
doctor-mail-broken = Почтовый сервер { $server } не пускает нас: { $reason }
doctor-mail-broken-remedy = Проверьте настройки mail, mail_password и mail_from. Письма ждут до трёх дней и уйдут сами.
doctor-mail-failed = { $count ->
    [one] За неделю не удалось отправить { $count } письмо. Сервер { $server } ответил: { $reason }
    [few] За неделю не удалось отправить { $count } письма. Последний ответ сервера { $server }: { $reason }
   *[many] За неделю не удалось отправить { $count } писем. Последний ответ сервера { $server }: { $reason }
}
doctor-mail-failed-remedy = Проверьте, существуют ли адреса и принимает ли сервер письма от mail_from.
