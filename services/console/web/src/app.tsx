import { BooksPage } from './pages/books/page.js';
import { OverviewPage } from './pages/overview/page.js';
import { PaymentsPage } from './pages/payments/page.js';
import { RecordsPage } from './pages/records/page.js';
import { Header } from './shell/header.js';
import type { Live } from './shell/live.js';
import { useLive } from './shell/live.js';
import { NotFoundPage } from './shell/not-found.js';
import type { Address } from './shell/router.js';
import { useCompanyFormat } from './shell/company-format.js';
import { useAddress } from './shell/router.js';
import { Section } from './shell/section.js';

/** The header and the page of the current address. */
export function App() {
  const live = useLive();
  const address = useAddress();
  useCompanyFormat();
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <Header live={live} />
      <div id="content" tabIndex={-1}>
        <Section what="This page" retryOn={address.page}>
          <Page live={live} address={address} />
        </Section>
      </div>
    </>
  );
}

function Page({ live, address }: { readonly live: Live; readonly address: Address }) {
  switch (address.page) {
    case 'overview':
      return <OverviewPage live={live} />;
    case 'payments':
    case 'payment':
      return <PaymentsPage live={live} address={address} />;
    case 'books':
      return <BooksPage live={live} />;
    case undefined:
      return <NotFoundPage />;
    default:
      return <RecordsPage key={address.page} kind={address.page} live={live} address={address} />;
  }
}
