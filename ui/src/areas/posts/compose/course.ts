// The growth of a post's numbers as lines to plot. Channels are asked one after another: what was asked within a few minutes is one moment.
const ONE_MOMENT = 5 * 60_000;

export interface Course { name: string; points: readonly (readonly [string, number | null])[] }
export interface Lines { moments: string[]; series: { name: string; values: (number | null)[] }[] }

export function lines(courses: readonly Course[]): Lines {
  const all = [...new Set(courses.flatMap((one) => one.points.map(([at]) => at)))].toSorted();
  const moments: string[] = [];
  const place = new Map<string, number>();
  for (const at of all) {
    const begun = moments.at(-1);
    if (begun === undefined || Date.parse(at) - Date.parse(begun) > ONE_MOMENT) moments.push(at);
    place.set(at, moments.length - 1);
  }
  const series = courses.map(({ name, points }) => {
    const values: (number | null)[] = moments.map(() => null);
    for (const [at, value] of points) values[place.get(at) ?? 0] = value;
    return { name, values };
  });
  return { moments, series };
}
