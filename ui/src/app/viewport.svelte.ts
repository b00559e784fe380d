// Whether the window is as narrow as a phone's. For what CSS alone cannot do: showing other things, not the same things otherwise.
const phones = matchMedia('(width < 48rem)');
const tablets = matchMedia('(width < 64rem)');
let phone = $state(phones.matches);
let tablet = $state(tablets.matches);
phones.addEventListener('change', () => (phone = phones.matches));
tablets.addEventListener('change', () => (tablet = tablets.matches));

export const viewport = {
  get phone(): boolean {
    return phone;
  },
  /** A tablet's width or less: there is no room for the wide rail. */
  get tablet(): boolean {
    return tablet;
  },
};
