import { visibleText } from '../format/text.js';
import { messageOf } from './http.js';

/** In the place of a page that cannot be loaded or drawn: an update of the console replaced its files, or the network is away. */
export function PageProblem({ error }: { readonly error: unknown }) {
  return (
    <main>
      <section className="card">
        <p className="notice bad" role="alert">
          This page could not be shown: {visibleText(messageOf(error))}. Nothing is lost. Reload the page to try again.
        </p>
        <p>
          <button type="button" onClick={() => window.location.reload()}>
            Reload
          </button>
        </p>
      </section>
    </main>
  );
}
