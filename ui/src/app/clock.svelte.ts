// The present moment as state, so that "3 minutes ago" grows old by itself. Ticks every 10 seconds, and only while the page is visible.
let now = $state(Date.now());

setInterval(() => {
  if (document.visibilityState === 'visible') now = Date.now();
}, 10_000);
document.addEventListener('visibilitychange', () => (now = Date.now()));

export const clock = {
  /** Milliseconds since 1970. */
  get now(): number {
    return now;
  },
};
