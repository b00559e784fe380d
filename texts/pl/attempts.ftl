# Historia wysyłki, po jednym zdaniu na próbę.
attempt-running = Przekazujemy post do sieci; odpowiedzi jeszcze nie ma.
attempt-done = Sieć przyjęła post. Jest opublikowany.
attempt-wait = Krok { $step } gotowy, idziemy dalej.
attempt-found = Sprawdziliśmy w sieci i post tam jest: został opublikowany.
attempt-not-found = Sprawdziliśmy w sieci: posta tam nie ma. Można go bezpiecznie wysłać.
attempt-failed = Nie udało się wysłać.
attempt-died = Program zatrzymał się w trakcie wysyłki. Nie wiadomo, jak się skończyła.
attempt-by-hand-scheduled = { $by }: post wrócił do kolejki.
attempt-by-hand-waiting = { $by }: dopuszczono następny krok.
attempt-by-hand-sent = { $by }: sprawdzono ręcznie, post jest opublikowany.
attempt-by-hand-cancelled = { $by }: wysyłkę odwołano.
attempt-by-hand-deleted = { $by }: post zdjęto.
attempt-by-hand-unknown = { $by }: odwołanie, gdy nie było wiadomo, czy post wyszedł.
attempt-by-hand-held = { $by }: zmieniono termin, post czeka na decyzję.
