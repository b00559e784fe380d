// Start of the application: language, router, keys, then the page.
import './styles/index.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { firstLanguage, setLanguage } from './app/i18n.svelte';
import { router } from './app/router.svelte';
import { session } from './app/session.svelte';
import { startShortcuts } from './app/shortcuts.svelte';

router.start();
startShortcuts();
await Promise.all([setLanguage(firstLanguage()), session.load()]);
const target = document.getElementById('app');
if (target) mount(App, { target });
