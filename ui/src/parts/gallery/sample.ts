// Sample data for the page of parts; long Russian and Polish words on purpose.
export const DAYS = Array.from({ length: 30 }, (_, i) => `${i + 1}.11`);
export const wave = (phase: number, size: number, gap = -1): (number | null)[] =>
  DAYS.map((_, i) => (i === gap ? null : Math.round(size * (1 + 0.35 * Math.sin(i / 3 + phase) + 0.02 * i))));
export const HOURS = Array.from({ length: 24 }, (_, i) => `${i}`);
export const WEEK = ['Пн', 'Вт', 'Ср', 'Чт', 'Пт', 'Сб', 'Вс'];
export const HEAT = WEEK.map((_, d) => HOURS.map((_, h) => (h < 6 ? null : Math.round(100 * Math.max(0, Math.sin((h - 5) / 6) + Math.cos(d))))));
export interface Row { id: string; name: string; state: 'sent' | 'scheduled' | 'failed' | 'unknown' | 'draft'; reach: number | null; day: string }
const names = ['Осенняя распродажа началась', 'Jesienna wyprzedaż właśnie ruszyła', 'Five ways to wear linen', 'Как ухаживать за шерстью', 'Zapytaliśmy naszych klientów'];
const states = ['sent', 'scheduled', 'failed', 'unknown', 'draft'] as const;
export const ROWS: Row[] = Array.from({ length: 600 }, (_, i) => ({
  id: String(i), name: `${names[i % 5] ?? ''} № ${i + 1}`, state: states[(i * 7) % 5] ?? 'draft', reach: i % 9 === 4 ? null : (i * 7919) % 13000, day: `2026-11-${String((i % 28) + 1).padStart(2, '0')}`,
}));
export const SQUIRCLE = 'M5 2h14a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3zm3 6v8l8-4z';
