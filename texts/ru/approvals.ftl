# Согласование: у кого спросили и кто что ответил.
approvals-event-submitted = На согласование
approvals-event-approved = Согласовано
approvals-event-changes-asked = На доработку
approvals-event-withdrawn = Отозвано
approvals-event-dropped = Пост изменили: согласование больше не действует
approvals-event-commented = Комментарий
approvals-event-carried = Согласовано вместе с постом, который повторяется
approvals-event-reminded = Отправлено напоминание
approvals-event-overdue = Срок пришёл, а согласия не было
