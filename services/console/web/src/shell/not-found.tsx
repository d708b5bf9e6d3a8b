import { Link } from '../components/link.js';
import { useTitle } from './title.js';

/** Shown for a link within the console to an unknown address. The server itself answers unknown addresses with 404. */
export function NotFoundPage() {
  useTitle('Not found');
  return (
    <main>
      <section className="card">
        <h2>There is no such page</h2>
        <p className="notice">
          <Link href="/">Go to the overview</Link>
        </p>
      </section>
    </main>
  );
}
