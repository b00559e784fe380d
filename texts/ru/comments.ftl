# Комментарии под постом
comments-title = Комментарии
comments-nobody = Кто-то
comments-own = вы
comments-wordless = (без слов)
comments-see = Открыть: { $network }
