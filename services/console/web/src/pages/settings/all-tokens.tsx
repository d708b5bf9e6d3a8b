import { ConfirmButton } from '../../components/confirm-button.js';
import { Instant, ZoneNote } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { ListTable } from '../../components/list-table.js';
import { visibleText } from '../../format/text.js';
import { useAction } from '../../identity/use-action.js';
import { useAllTokens, withdrawToken } from './api.js';
import type { Token } from './api.js';

/** The API tokens of everybody, newest first. Each person makes their own in their account. */
export function AllTokens() {
  const { data, problem } = useAllTokens();
  const { problem: refused, run } = useAction();
  return (
    <section className="card" aria-labelledby="all-tokens-title">
      <div className="bar-of-tools">
        <h2 id="all-tokens-title">API tokens of everybody</h2>
        <ZoneNote />
      </div>
      <Problem text={problem ?? refused} />
      {data && <AllTokensTable tokens={data} withdraw={(id) => run(() => withdrawToken(id))} />}
    </section>
  );
}

interface Props {
  readonly tokens: readonly Token[];
  readonly withdraw: (id: string) => void;
}

/** Tokens as rows. */
export function AllTokensTable({ tokens, withdraw }: Props) {
  if (tokens.length === 0) return <p className="notice muted">There is no token.</p>;
  return (
    <ListTable labelledBy="all-tokens-title" titles={['Whose', 'Name', 'May', 'Made', 'Ends', { hidden: 'Withdraw' }]}>
      <tbody>
        {tokens.map(({ id, personName, name, scope, createdAt, expiresAt, withdrawnAt }, index) => (
          <tr key={`${id}-${index}`}>
            <td className="name">{visibleText(personName, 100)}</td>
            <td className="name">{visibleText(name, 100)}</td>
            <td className="text">{visibleText(scope.join(', '), 500)}</td>
            <td>
              <Instant at={createdAt} />
            </td>
            <td>{withdrawnAt === null ? <Instant at={expiresAt} /> : 'Withdrawn'}</td>
            <td>
              {withdrawnAt === null && (
                <ConfirmButton
                  label={`Withdraw ${visibleText(name, 100)} of ${visibleText(personName, 100)}`}
                  question="Withdraw it for good?"
                  onConfirm={() => withdraw(id)}
                >
                  Withdraw
                </ConfirmButton>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}
