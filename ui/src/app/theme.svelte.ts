// Light, dark or as the system has it. The first paint is made by public/theme.js; this changes it later.
import type { Theme } from '$/api/types';

let chosen = $state<Theme>(stored());

function stored(): Theme {
  const now = document.documentElement.dataset['theme'];
  return now === 'light' || now === 'dark' ? now : 'system';
}

export const theme = {
  get chosen(): Theme {
    return chosen;
  },
  /** Shows a theme and remembers it on this device. The profile is the session's affair. */
  set(next: Theme): void {
    chosen = next;
    const root = document.documentElement;
    if (next === 'system') delete root.dataset['theme'];
    else root.dataset['theme'] = next;
    try {
      if (next === 'system') localStorage.removeItem('sarafan.theme');
      else localStorage.setItem('sarafan.theme', next);
    } catch {
      // Storage may be forbidden; the theme then lasts as long as the page.
    }
  },
};
