import { Link } from '../components/link.js';
import { visibleText } from '../format/text.js';
import { PersonMenu } from '../identity/person-menu.js';
import { SearchBox } from '../search/search-box.js';
import { HelpSheet } from './help-sheet.js';
import type { CompanySaid } from './company-format.js';
import { ConnectionLine } from './connection-line.js';
import type { Shell } from './live-context.js';
import { ThemeChoice } from './theme-choice.js';
import { ToDo } from './to-do.js';

interface Props {
  /** Undefined where nothing is read: nobody is signed in, or they may not. */
  readonly shell?: Shell | undefined;
  readonly person?: Shell['person'];
  readonly company?: CompanySaid | undefined;
}

/** Name, environment and company, ledger day, connection, search, what is to do, who is signed in, and theme. */
export function TopBar({ shell, person = null, company }: Props) {
  return (
    <header>
      <div className="top-line">
        <h1>
          <Link href="/">
            <img src="/favicon.svg" alt="" width="28" height="28" /> Tributary
          </Link>
        </h1>
        {shell && company && <Place company={company} />}
        {shell && <ConnectionLine live={shell.live} />}
        <div className="tools">
          {shell && <SearchBox subject={shell.person?.subject} />}
          {shell && <ToDo overview={shell.live.snapshot?.overview} />}
          {person && <PersonMenu person={person} />}
          {shell && <HelpSheet person={shell.person} />}
          <ThemeChoice />
        </div>
      </div>
      {shell?.live.problem !== undefined && (
        <p className="notice bad" role="alert">
          {shell.live.problem}
        </p>
      )}
    </header>
  );
}

/** Which money and which company this is, and whose calendar days count. */
function Place({ company: { company, livemode, ledgerZone } }: { readonly company: CompanySaid }) {
  return (
    <p className="place">
      {livemode !== null && (
        <span className={livemode ? 'chip live-money' : 'chip test-money'}>{livemode ? 'Live payments' : 'Test payments'}</span>
      )}{' '}
      {company !== null && <strong>{visibleText(company, 60)}</strong>}{' '}
      <span className="muted">ledger day: {visibleText(ledgerZone.replaceAll('_', ' '), 60)}</span>
    </p>
  );
}
