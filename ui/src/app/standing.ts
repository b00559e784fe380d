// The commands that are there on every page: what is done most, places, brands, language, theme, the person's own.
import ImagePlus from '@lucide/svelte/icons/image-plus';
import Keyboard from '@lucide/svelte/icons/keyboard';
import Languages from '@lucide/svelte/icons/languages';
import LogOut from '@lucide/svelte/icons/log-out';
import Monitor from '@lucide/svelte/icons/monitor';
import Moon from '@lucide/svelte/icons/moon';
import OctagonPause from '@lucide/svelte/icons/octagon-pause';
import Plus from '@lucide/svelte/icons/plus';
import RadioTower from '@lucide/svelte/icons/radio-tower';
import Shirt from '@lucide/svelte/icons/shirt';
import Sun from '@lucide/svelte/icons/sun';
import Upload from '@lucide/svelte/icons/upload';
import UserPlus from '@lucide/svelte/icons/user-plus';
import UserRound from '@lucide/svelte/icons/user-round';
import type { Nav } from '$/areas';
import type { Action } from '$/api/types';
import { help, type Command } from './commands.svelte';
import { i18n, LANGUAGE_NAMES, LANGUAGES, t } from './i18n.svelte';
import { router } from './router.svelte';
import { inBrand, session } from './session.svelte';
import { theme } from './theme.svelte';
import { toastError } from './toasts.svelte';

/** What is done most, wherever one is; only what the person may. */
const DEEDS: { path: string; label: string; words?: string; icon: Command['icon']; may: Action; keys?: string }[] = [
  { path: '/posts/new', label: 'ui-do-write', icon: Plus, may: 'post.write', keys: 'c' },
  { path: '/plan', label: 'ui-do-plan', words: 'ui-do-plan-words', icon: Upload, may: 'plan.import' },
  { path: '/channels/connect', label: 'ui-do-connect', icon: RadioTower, may: 'channel.connect' },
  { path: '/members?invite=1', label: 'ui-do-invite', icon: UserPlus, may: 'member.change' },
  { path: '/library', label: 'ui-do-upload', icon: ImagePlus, may: 'asset.write' },
  { path: '/settings/pause', label: 'ui-do-pause', icon: OctagonPause, may: 'brand.pause' },
];

/** All of them, in the order in which they are offered. */
export function standing(places: Nav[]): Command[] {
  const go = t('ui-shortcuts-go');
  const themes = [
    { name: 'system', label: t('ui-theme-system'), icon: Monitor },
    { name: 'light', label: t('ui-theme-light'), icon: Sun },
    { name: 'dark', label: t('ui-theme-dark'), icon: Moon },
  ] as const;
  const deeds = session.brand ? DEEDS.filter((deed) => session.may(deed.may)) : [];
  return [
    ...deeds.map(
      ({ path, label, words, icon, keys }): Command => ({ id: `do:${path}`, label: t(label), words: words ? t(words) : undefined, group: t('ui-do'), icon, keys, run: () => router.go(inBrand(path)) }),
    ),
    ...places.map((nav): Command => ({ id: `go:${nav.path}`, label: t(nav.label), group: go, icon: nav.icon, keys: `g ${nav.key}`, run: () => router.go(inBrand(nav.path)) })),
    { id: 'go:profile', label: t('ui-profile'), group: go, icon: UserRound, run: () => router.go('/profile') },
    ...session.brands
      .filter((brand) => brand.id !== session.brand?.id)
      .map((brand): Command => ({ id: `brand:${brand.id}`, label: brand.name, group: t('ui-brands'), icon: Shirt, run: () => router.go(`/b/${brand.id}/today`) })),
    ...(session.isOwnerOfInstallation ? [{ id: 'brand:new', label: t('ui-brand-new'), group: t('ui-brands'), icon: Plus, run: () => router.go('/brands/new') }] : []),
    ...themes
      .filter(({ name }) => name !== theme.chosen)
      .map(({ name, label, icon }): Command => ({ id: `theme:${name}`, label, words: t('ui-theme'), group: t('ui-theme'), icon, run: () => void session.setTheme(name).catch(toastError) })),
    ...LANGUAGES.filter((lang) => lang !== i18n.lang).map(
      (lang): Command => ({ id: `lang:${lang}`, label: LANGUAGE_NAMES[lang], group: t('ui-language'), icon: Languages, run: () => void session.setLanguage(lang).catch(toastError) }),
    ),
    { id: 'help', label: t('ui-shortcuts'), group: t('ui-profile'), icon: Keyboard, keys: '?', run: () => (help.open = true) },
    { id: 'sign-out', label: t('ui-sign-out'), group: t('ui-profile'), icon: LogOut, run: () => void session.signOut().catch(toastError) },
  ];
}
