// Dark or light: the system's preference until somebody chooses.

const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = [];

function current() {
  return document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light');
}

/** Calls back after each change of colours. */
export function onTheme(listener) {
  listeners.push(listener);
}

/** Resolved colours, for a canvas: name -> "rgb(...)". */
export function colours(...names) {
  const probe = document.body.appendChild(document.createElement('i'));
  try {
    return Object.fromEntries(names.map((name) => {
      probe.style.color = `var(--${name})`;
      return [name, getComputedStyle(probe).color];
    }));
  } finally {
    probe.remove();
  }
}

export function themeToggle(button) {
  function label() {
    const other = current() === 'dark' ? 'light' : 'dark';
    button.setAttribute('aria-label', `Switch to the ${other} theme`);
    button.title = `Switch to the ${other} theme`;
  }
  function changed() {
    label();
    for (const listener of listeners) listener();
  }
  button.addEventListener('click', () => {
    const next = current() === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = next;
    try {
      localStorage.setItem('tapeline.theme', next);
    } catch {
      // Storage is switched off: the choice holds for this visit.
    }
    changed();
  });
  system.addEventListener('change', changed);
  label();
}
