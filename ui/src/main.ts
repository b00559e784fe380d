// Start of the application: language, router, keys, then the page.
import './styles/index.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { firstLanguage, setLanguage } from './app/i18n.svelte';
import { routes } from './areas';
import { match, router } from './app/router.svelte';
import { session } from './app/session.svelte';
import { startShortcuts } from './app/shortcuts.svelte';

router.start();
startShortcuts();
// The page's own code comes at the same time as the session, not after it.
const early = routes.find((route) => match(route.pattern, location.pathname));
void early?.page().catch(() => undefined);
await Promise.all([setLanguage(firstLanguage(), early?.texts), session.load()]);
const target = document.getElementById('app');
if (target) mount(App, { target });
