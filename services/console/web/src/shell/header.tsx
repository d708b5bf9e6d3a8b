import { useEffect, useState } from 'react';
import { shownZone } from '../format/company-format.js';
import { timeOf } from '../format/time.js';
import type { SignedIn } from '../identity/read-who-am-i.js';
import { PersonMenu } from '../identity/person-menu.js';
import { Link } from '../components/link.js';
import type { Live } from './live.js';
import { connectionLabels } from './labels.js';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

/** The stored theme. Browser settings may forbid storage; the theme of the system is used then. */
function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem('theme');
    return themes.find((theme) => theme === stored) ?? 'system';
  } catch {
    return 'system';
  }
}

function storeTheme(theme: Theme): void {
  try {
    localStorage.setItem('theme', theme);
  } catch {
    // Storage is forbidden: the choice lasts until the page is closed.
  }
}

interface Props {
  /** Undefined where nothing is read: nobody is signed in, or they may not. */
  readonly live?: Live | undefined;
  /** Null: no identity is configured, or nobody is signed in. */
  readonly person?: SignedIn | null;
}

/** Name, connection state, who is signed in, and theme. */
export function Header({ live, person = null }: Props) {
  const [theme, setTheme] = useState<Theme>(storedTheme);
  useEffect(() => {
    storeTheme(theme);
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);

  return (
    <header>
      <h1>
        <Link href="/">
          <img src="/favicon.svg" alt="" width="28" height="28" /> Tributary
        </Link>
      </h1>
      {live && (
        <nav aria-label="Pages">
          <Link href="/payments">Payments</Link>
          <Link href="/books">Books</Link>
        </nav>
      )}
      <p className="lede">Stripe payments on their way into the ledger</p>
      <div className="line-and-theme">
        {live && <ConnectionLine live={live} />}
        {person && <PersonMenu person={person} />}
        <label className="theme">
          Theme
          <select value={theme} onChange={(event) => setTheme(themes.find((name) => name === event.target.value) ?? 'system')}>
            <option value="system">System</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </label>
      </div>
      {live?.problem !== undefined && (
        <p className="notice bad" role="alert">
          {live.problem}
        </p>
      )}
    </header>
  );
}

/** "Last check" is the time of recon's last query, "last change" the last time that a figure changed. */
function ConnectionLine({ live }: { readonly live: Live }) {
  return (
    <p className={`line ${live.connection}`}>
      <span role="status">
        <span className="lamp" aria-hidden="true" /> {connectionLabels[live.connection]}
      </span>
      {live.checkedAt !== undefined && <span className="muted"> · last check {timeOf(live.checkedAt)}</span>}
      {live.snapshot && <span className="muted"> · last change {timeOf(live.snapshot.asOf)}</span>}
      <span className="muted"> · days and times of {shownZone().replaceAll('_', ' ')}</span>
    </p>
  );
}
