import { useState } from 'react';
import { Problem } from '../../components/problem.js';
import { counted, longTextLimit, visibleText } from '../../format/text.js';
import { messageOf } from '../../shell/http.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { CopyButton } from '../../components/copy-button.js';
import { fetchFixture } from './api.js';
import type { Fixture } from './read-message.js';

/** Makes a fixture for tests of the webhook that a message comes from. */
export function FixtureMaker({ id }: { readonly id: string }) {
  const { person } = useShell();
  const [fixture, setFixture] = useState<Fixture>();
  const [problem, setProblem] = useState<string>();
  const make = (): void =>
    void fetchFixture(id).then(
      (made) => {
        setFixture(made);
        setProblem(undefined);
      },
      (error: unknown) => setProblem(messageOf(error)),
    );
  return (
    <section className="card" aria-labelledby="fixture-title">
      <h2 id="fixture-title">A fixture for tests</h2>
      <p className="notice">
        The webhook with stand-ins for every text about people and for card data; ids, amounts, currencies and times stay. It is translated
        to the same facts.
      </p>
      {!mayDo(person, 'payloads.read') ? (
        <p className="muted">Making one takes the permission payloads.read.</p>
      ) : (
        <button type="button" onClick={make}>
          {fixture ? 'Make it again' : 'Make a fixture'}
        </button>
      )}
      <Problem text={problem} />
      {fixture !== undefined && (
        <>
          <p className="notice" role="status">
            {counted(fixture.replaced, 'value')} replaced. Put it into <code>proof/fixtures/stripe/events</code>, or into the tests of your
            own consumer.
          </p>
          <p className="buttons">
            <CopyButton text={fixture.body} />{' '}
            <a href={`data:application/json;charset=utf-8,${encodeURIComponent(fixture.body)}`} download={fixture.fileName}>
              Download {fixture.fileName}
            </a>
          </p>
          <pre className="program" tabIndex={0}>
            {shownLines(fixture.body)}
          </pre>
        </>
      )}
    </section>
  );
}

const bodyLimit = 400_000;

/** A text of several lines, each of them visible. */
function shownLines(text: string): string {
  return text
    .slice(0, bodyLimit)
    .split('\n')
    .map((line) => visibleText(line, longTextLimit))
    .join('\n');
}
