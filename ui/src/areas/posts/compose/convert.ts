// What will be sent instead of a picture that a network would not take as it is, in words. Whether and how is the server's decision.
import type { PreviewMedia } from '$/api/types';
import { bytes } from '$/app/format';
import { t } from '$/app/i18n.svelte';

/** Null where it goes out as it is. */
export function converted(media: PreviewMedia | undefined): string | null {
  if (!media?.converted_to) return null;
  const type = media.converted_to.replace('image/', '').toUpperCase();
  return media.max_bytes ? t('posts-will-shrink', { type, size: bytes(media.max_bytes) }) : t('posts-will-convert', { type });
}
