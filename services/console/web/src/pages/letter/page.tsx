import { getRouteApi } from '@tanstack/react-router';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { hrefOf } from '../../shell/address.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useCase } from './api.js';
import { Decisions } from './decisions.js';
import { Failure } from './failure.js';
import { Lineage } from './lineage.js';
import { Message } from './message.js';
import { Place } from './place.js';
import type { Case } from './read-case.js';
import { Talk } from './talk.js';

const route = getRouteApi('/console/letters/$id');
const list = hrefOf('/dead-letters', { state: 'notClosed' });

/** One dead or held letter: what failed, what to do, what the message holds, and what can be decided about it. */
export function LetterPage() {
  const { id } = route.useParams();
  const { data: found, problem } = useCase(id);
  useTitle(`Letter ${id}`);
  return (
    <main key={id}>
      {problem !== undefined && (
        <section className="card" aria-labelledby="letter-problem">
          <h2 id="letter-problem">Dead letter</h2>
          <Problem text={problem} />
          <p>
            <Link href={list}>All dead letters</Link>
          </p>
        </section>
      )}
      {found === undefined && problem === undefined && (
        <section className="card">
          <h2>Dead letter</h2>
          <p className="notice muted">Loading the letter.</p>
        </section>
      )}
      {found !== undefined && <LetterCase found={found} />}
    </main>
  );
}

/** The parts of the page; each may fail alone. */
export function LetterCase({ found }: { readonly found: Case }) {
  return (
    <div className="letter">
      <div className="letter-main">
        <Section what="What failed" retryOn={found}>
          <Failure found={found} />
        </Section>
        <Section what="The message" retryOn={found}>
          <Message found={found} />
        </Section>
        <Section what="What can be decided" retryOn={found}>
          <Decisions found={found} />
        </Section>
      </div>
      <div className="letter-side">
        <Section what="Who looks after it" retryOn={found}>
          <Talk found={found} />
        </Section>
        <Section what="Where it was" retryOn={found}>
          <Place found={found} />
        </Section>
        <Section what="What is behind it" retryOn={found}>
          <Lineage found={found} />
        </Section>
      </div>
    </div>
  );
}
