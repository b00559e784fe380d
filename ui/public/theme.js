// Sets theme, language and rail width before the first paint, so that nothing flashes. A file of its own because the content security policy allows no inline script.
(function () {
  try {
    var root = document.documentElement;
    var theme = localStorage.getItem('sarafan.theme');
    if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
    var language = localStorage.getItem('sarafan.language');
    if (language) root.lang = language;
    if (localStorage.getItem('sarafan.rail') === 'narrow') root.dataset.rail = 'narrow';
  } catch {
    // Storage may be forbidden; the defaults stand.
  }
})();
