# История отправки, по предложению на попытку.
attempt-running = Пост передаётся в сеть, ответа пока нет.
attempt-done = Сеть приняла пост. Он вышел.
attempt-wait = Шаг { $step } готов, идём дальше.
attempt-found = Мы проверили в сети и нашли пост: он вышел.
attempt-not-found = Мы проверили в сети: поста там нет. Его можно спокойно отправить.
attempt-failed = Отправить не удалось.
attempt-died = Программа остановилась посреди отправки. Чем она кончилась, неизвестно.
attempt-by-hand-scheduled = { $by }: пост снова поставлен в очередь.
attempt-by-hand-waiting = { $by }: разрешён следующий шаг.
attempt-by-hand-sent = { $by }: проверено вручную, пост вышел.
attempt-by-hand-cancelled = { $by }: отправка отменена.
attempt-by-hand-deleted = { $by }: пост снят.
attempt-by-hand-unknown = { $by }: отмена, когда было неизвестно, вышел ли пост.
attempt-by-hand-held = { $by }: время изменено, пост ждёт решения.
