// All areas, one folder each. A folder with an index.ts is an area: nothing else has to be edited to add one.
import type { Component } from 'svelte';
import { route, type Route } from '$/app/router.svelte';
import type { Action } from '$/api/types';

export interface Nav {
  /** Key of the label. */
  label: string;
  /** A shorter word for the bar on a phone, where the label has no room. */
  short?: string;
  icon: Component<{ size?: number }>;
  /** Above the line, or below it. */
  place: 'main' | 'below';
  /** Position within its place. */
  order: number;
  /** Path inside a brand: "/calendar". */
  path: string;
  /** Second key of `g …`. */
  key: string;
  /** Hidden from those who may not. */
  may?: Action;
}
export interface Area { name: string; nav?: Nav; routes: Route[] }

const found = import.meta.glob<{ area: Area }>('./*/index.ts', { eager: true });

export const areas: Area[] = Object.values(found).map((module) => module.area);
/** The page of all parts: in development, and in a build made with VITE_PARTS=1. */
const gallery: Route[] =
  import.meta.env.DEV || import.meta.env.VITE_PARTS === '1' ? [route('/_parts', () => import('$/parts/gallery/Gallery.svelte'), { open: true })] : [];

export const routes: Route[] = [...areas.flatMap((area) => area.routes), ...gallery];
const rank = (nav: Nav): number => nav.order + (nav.place === 'below' ? 1000 : 0);
export const navigation = areas.flatMap((area) => (area.nav ? [area.nav] : [])).sort((a, b) => rank(a) - rank(b));
