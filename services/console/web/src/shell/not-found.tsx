import { Link } from '../components/link.js';
import { useTitle } from './title.js';

/** For a link inside of the console that leads nowhere; the server answers an unknown address with 404 itself. */
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
