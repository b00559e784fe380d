network-NETWORK-token = Токен
network-NETWORK-token-help = Его создают в настройках TITLE.
network-NETWORK-server = Сервер

problem-NETWORK-token = TITLE больше не принимает этот токен.
problem-NETWORK-token-remedy = Создайте новый и подключите канал заново.
problem-NETWORK-refused = TITLE не принял пост.
problem-NETWORK-refused-remedy = Измените текст и отправьте ещё раз.
