//! Repeat rules, timetable slots and the queue.
