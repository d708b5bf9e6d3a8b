import { ListTable } from '../../components/list-table.js';
import { useCallback, useEffect, useState } from 'react';
import type { ConsoleShapes } from '../../api/documents.js';
import type { Sent } from '../../api/sent.js';
import { visibleText } from '../../format/text.js';
import { instantOf } from '../../format/time.js';
import { readerOf, readList, readRecord, readText, readWord, readWords } from '../../recon/read-value.js';
import { messageOf, order, read } from '../../shell/http.js';
import { TokenForm } from './token-form.js';

type Token = ReturnType<typeof readToken>;

/** The own API tokens: made, shown once, withdrawn. */
export function Tokens({ permissions }: { readonly permissions: readonly string[] }) {
  const [tokens, setTokens] = useState<readonly Token[]>([]);
  const [problem, setProblem] = useState<string>();
  const load = useCallback(async () => {
    try {
      setTokens(readList(readRecord(await read('/identity/tokens', {})).tokens, readToken));
      setProblem(undefined);
    } catch (error) {
      setProblem(messageOf(error));
    }
  }, []);
  useEffect(() => void load(), [load]);
  const withdraw = (id: string): void =>
    void order('delete', '/identity/tokens/{id}', { id }, undefined).then(load, (error: unknown) => setProblem(messageOf(error)));
  return (
    <section className="card" aria-labelledby="tokens-title">
      <h2 id="tokens-title">API tokens</h2>
      <p className="muted">For the command line and scripts. Each is shown once.</p>
      {problem !== undefined && (
        <p className="notice bad" role="alert">
          {visibleText(problem)}
        </p>
      )}
      {tokens.length > 0 && <TokenTable tokens={tokens} withdraw={withdraw} />}
      <TokenForm permissions={permissions} onMade={load} />
    </section>
  );
}

function TokenTable({ tokens, withdraw }: { readonly tokens: readonly Token[]; readonly withdraw: (id: string) => void }) {
  return (
    <ListTable labelledBy="tokens-title" titles={['Name', 'May', 'Ends', { hidden: 'Withdraw' }]}>
      <tbody>
        {tokens.map(({ id, name, scope, expiresAt, withdrawn }) => (
          <tr key={id}>
            <td className="name">{visibleText(name, 100)}</td>
            <td className="text">{visibleText(scope, 500)}</td>
            <td>{withdrawn ? 'Withdrawn' : instantOf(expiresAt)}</td>
            <td>
              {!withdrawn && (
                <button type="button" onClick={() => withdraw(id)} aria-label={`Withdraw ${visibleText(name, 100)}`}>
                  Withdraw
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}

const readTokenFields = readerOf<ConsoleShapes['ApiTokenView']>()({
  id: readWord,
  name: readWord,
  scope: (value) => readWords(value).join(', '),
  expiresAt: readWord,
});

function readToken(value: Sent<ConsoleShapes['ApiTokenView']>) {
  return { ...readTokenFields(value), withdrawn: readText(readRecord(value).withdrawnAt) !== null };
}
