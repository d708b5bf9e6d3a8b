import { useEffect, useState } from 'react';
import type { Connection } from '../live.js';
import { timeOf } from '../words.js';

const line: Readonly<Record<Connection, string>> = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost, trying again' };
const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

function storedTheme(): Theme {
  const stored = localStorage.getItem('theme');
  return themes.find((theme) => theme === stored) ?? 'system';
}

export function Header({ connection, asOf }: { connection: Connection; asOf: string | undefined }) {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  useEffect(() => {
    localStorage.setItem('theme', theme);
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);

  return (
    <header>
      <h1>
        <img src="/favicon.svg" alt="" width="28" height="28" /> Tributary
      </h1>
      <p className="lede">Stripe payments on their way into the ledger</p>
      <p className={`line ${connection}`} role="status">
        <span className="lamp" aria-hidden="true" /> {line[connection]}
        {asOf && <span className="muted"> as of {timeOf(asOf)}</span>}
      </p>
      <label className="theme">
        Theme
        <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
          <option value="system">System</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </label>
    </header>
  );
}
