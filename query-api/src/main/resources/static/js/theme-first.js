// Runs before the first paint, so that a chosen theme does not flash the other one. The toggle is in theme.js.
try {
  const chosen = localStorage.getItem('tapeline.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage is switched off: the system's preference holds.
}
