// Where a preview takes pictures and cards from: the brand of whoever is signed in, or the link of a reviewer.
import { API_ROOT, call, thumbUrl } from '$/api/client';
import type { Id, LinkCard } from '$/api/types';

export interface PreviewSource {
  thumb: (asset: Id, size: 160 | 480 | 1280) => string;
  /** What the page of a link says of itself. */
  card: (url: string, signal: AbortSignal) => Promise<LinkCard>;
  /** The picture of that card. */
  picture: (url: string) => string;
}

export function ofBrand(brand: Id): PreviewSource {
  return {
    thumb: (asset, size) => thumbUrl(brand, asset, size),
    card: (url, signal) => call('GET /brands/{brand}/card', { brand, query: { url } }, signal),
    picture: (url) => `${API_ROOT}/brands/${brand}/card/picture?url=${encodeURIComponent(url)}`,
  };
}
