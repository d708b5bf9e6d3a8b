import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { SignedIn } from './identity/read-who-am-i.js';
import { recheck, useSession } from './identity/session.js';
import { SignInDialog } from './identity/sign-in-dialog.js';
import { AccountPage } from './pages/account/page.js';
import { BooksPage } from './pages/books/page.js';
import { OverviewPage } from './pages/overview/page.js';
import { PaymentsPage } from './pages/payments/page.js';
import { RecordsPage } from './pages/records/page.js';
import { SetUpPage } from './pages/set-up/page.js';
import { SignInLinkPage } from './pages/sign-in/link.js';
import { SignInPage } from './pages/sign-in/page.js';
import { useCompanyFormat } from './shell/company-format.js';
import { ForbiddenPage } from './shell/forbidden.js';
import { Header } from './shell/header.js';
import type { Live } from './shell/live.js';
import { useLive } from './shell/live.js';
import { NotFoundPage } from './shell/not-found.js';
import type { Address } from './shell/router.js';
import { useAddress } from './shell/router.js';
import { Section } from './shell/section.js';

/** The page of the current address, or the one for signing in. */
export function App() {
  const address = useAddress();
  const { who, ended } = useSession();
  useEffect(() => void recheck(), []);
  if (address.page === 'sign-in-link') return <Frame page={<SignInLinkPage />} />;
  if (address.page === 'set-up') return <Frame page={<SetUpPage />} />;
  if (!who) return <Frame page={<main aria-busy="true" />} />;
  if (address.page === 'sign-in' || (who.identityConfigured && !who.person && !ended))
    return <Frame page={<SignInPage address={address} />} />;
  return (
    <>
      <Console address={address} person={who.person} ended={ended} />
      {ended && <SignInDialog options={who.options} />}
    </>
  );
}

interface ConsoleProps {
  readonly address: Address;
  /** Null: no identity is configured, or the session has ended. */
  readonly person: SignedIn | null;
  readonly ended: boolean;
}

/** The header with live figures and a page. It stays while a session has ended, with what was typed in it. */
function Console({ address, person, ended }: ConsoleProps) {
  const mayRead = person === null || person.permissions.includes('payments.read');
  const live = useLive(ended || !mayRead);
  useCompanyFormat(mayRead && !ended);
  return (
    <Frame
      header={<Header live={mayRead ? live : undefined} person={person} />}
      page={
        <Section what="This page" retryOn={address.page}>
          <Page live={live} address={address} person={person} mayRead={mayRead} />
        </Section>
      }
    />
  );
}

function Frame({ header = <Header />, page }: { readonly header?: ReactNode; readonly page: ReactNode }) {
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      {header}
      <div id="content" tabIndex={-1}>
        {page}
      </div>
    </>
  );
}

interface PageProps {
  readonly live: Live;
  readonly address: Address;
  readonly person: SignedIn | null;
  readonly mayRead: boolean;
}

function Page({ live, address, person, mayRead }: PageProps) {
  if (address.page === 'account') return person ? <AccountPage person={person} /> : <NotFoundPage />;
  if (person && !mayRead) return <ForbiddenPage person={person} permission="payments.read" />;
  switch (address.page) {
    case 'overview':
      return <OverviewPage live={live} />;
    case 'payments':
    case 'payment':
      return <PaymentsPage live={live} address={address} />;
    case 'books':
      return <BooksPage live={live} />;
    case 'sign-in':
    case 'sign-in-link':
    case 'set-up':
    case undefined:
      return <NotFoundPage />;
    default:
      return <RecordsPage key={address.page} kind={address.page} live={live} address={address} />;
  }
}
