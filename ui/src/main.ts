// Start of the application: language, router, keys, then the page.
import './styles/index.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { firstLanguage, setLanguage } from './app/i18n.svelte';
import { routes } from './areas';
import { match, router } from './app/router.svelte';
import { session } from './app/session.svelte';
import { startShortcuts } from './app/shortcuts.svelte';
import { toastError } from './app/toasts.svelte';

router.start();
startShortcuts();
// The page's own code comes at the same time as the session, not after it.
const early = routes.find((route) => match(route.pattern, location.pathname));
void early?.page().catch(() => undefined);
await Promise.all([setLanguage(firstLanguage(), early?.texts), session.load()]);
// What nobody caught: better a word than silence.
addEventListener('unhandledrejection', (event) => {
  if (!(event.reason instanceof DOMException && event.reason.name === 'AbortError')) toastError(event.reason);
});

const target = document.getElementById('app');
if (target) mount(App, { target });
