// Plan: a content plan comes in as a file with its pictures, or goes out as one. Not in the rail: Posts, Calendar and the palette lead here.
import Upload from '@lucide/svelte/icons/upload';
import { finder } from '$/app/commands.svelte';
import { t, useTexts } from '$/app/i18n.svelte';
import { route, router } from '$/app/router.svelte';
import { inBrand, session } from '$/app/session.svelte';
import type { Area } from '..';

export const area: Area = {
  name: 'plan',
  routes: [route('/b/:brand/plan', () => import('./Plan.svelte'), { texts: ['plan'] })],
};

finder(async (text) => {
  if (!session.brand || !session.may('plan.import')) return [];
  await useTexts('plan');
  const asked = text.toLocaleLowerCase().trim();
  const words = [t('plan-title'), t('plan-export'), t('plan-words')].join(' ').toLocaleLowerCase();
  if (!words.split(/\s+/).some((word) => word.startsWith(asked)) && !words.includes(asked)) return [];
  return [{ id: 'go:plan', label: t('plan-title'), group: t('ui-shortcuts-go'), icon: Upload, run: () => router.go(inBrand('/plan')) }];
});
