// Runs before the first paint, so that a page never flashes in the wrong colours. Not a module: those run later.
(function () {
  var theme = null;
  try { theme = localStorage.getItem('theme'); } catch (denied) { /* storage may be forbidden; the system's choice serves */ }
  if (theme !== 'light' && theme !== 'dark') theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme;
  document.documentElement.classList.add('js');
})();
