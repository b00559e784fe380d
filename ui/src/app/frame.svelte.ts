// What the open page says to the frame around it: its title and its one primary action. Written by Page.svelte, read by TopBar.svelte.
import type { Snippet } from 'svelte';

class Frame {
  title = $state('');
  /** Address that the arrow before the title leads to; null shows none. */
  back = $state<string | null>(null);
  action = $state.raw<Snippet | null>(null);
  railOpen = $state(document.documentElement.dataset['rail'] !== 'narrow');

  toggleRail(): void {
    this.railOpen = !this.railOpen;
    try {
      localStorage.setItem('sarafan.rail', this.railOpen ? 'wide' : 'narrow');
    } catch {
      // Without storage the rail opens wide next time.
    }
  }
}

export const frame = new Frame();
