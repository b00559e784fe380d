// The bytes of an import: the plan alone as it is, or a form with its pictures. Built of parts, so that no file is read into memory. Pure.

/** A file of a form gets its name in quotes; what would end the quotes is written as browsers write it. */
const quoted = (name: string): string => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

/** What to send for a plan and the pictures that came with it. */
export function bodyOf(plan: File, media: readonly File[]): Blob {
  if (!media.length) return plan.slice(0, plan.size, 'text/csv');
  const boundary = `sarafan-${crypto.randomUUID()}`;
  const part = (field: string, file: File): (string | Blob)[] => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${quoted(file.name)}"\r\nContent-Type: ${file.type || 'application/octet-stream'}\r\n\r\n`, file, '\r\n',
  ];
  return new Blob([...part('file', plan), ...media.flatMap((file) => part('media', file)), `--${boundary}--\r\n`], { type: `multipart/form-data; boundary=${boundary}` });
}

export interface Options { encoding: string; separator: string; dateOrder: string; map: Readonly<Record<string, string>> }

/** The query of an import; what is empty is found out by the server. */
export function queryOf(dryRun: boolean, options: Options): string {
  const query = new URLSearchParams({ dry_run: String(dryRun) });
  if (options.encoding) query.set('encoding', options.encoding);
  if (options.separator) query.set('separator', options.separator);
  if (options.dateOrder) query.set('date_order', options.dateOrder);
  const map = Object.entries(options.map).map(([column, field]) => `${column}:${field}`).join(',');
  if (map) query.set('map', map);
  return `?${query}`;
}

/** A name with a comma cannot be told apart from the next one in the address. */
export const canMap = (column: string): boolean => column !== '' && !column.includes(',');

const TABLES = /\.(csv|tsv|txt|xlsx?|ods|numbers)$/i;
/** Which of the files is the plan; the others are its pictures. A second table is not guessed about: it stays out and is named. */
export function sorted(files: readonly File[]): { plan: File | null; media: File[]; left: File[] } {
  const tables = files.filter((file) => TABLES.test(file.name) || file.type === 'text/csv');
  return { plan: tables[0] ?? null, media: files.filter((file) => !tables.includes(file)), left: tables.slice(1) };
}
