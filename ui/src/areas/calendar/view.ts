// The view one used last on this device, for addresses that name none.
export type View = 'month' | 'week' | 'agenda';

const KEY = 'sarafan.calendar';

export function lastView(): View {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === 'week' || kept === 'agenda' ? kept : 'month';
  } catch {
    return 'month';
  }
}
export function rememberView(view: View): void {
  try {
    localStorage.setItem(KEY, view);
  } catch {
    // Without storage the month opens.
  }
}
