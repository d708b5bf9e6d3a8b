import { visibleText } from '../../format/text.js';
import { instantFrom, timeOf } from '../../format/time.js';
import type { DocumentLine, LedgerDocument, NamedText } from '../../recon/shapes.js';
import { EffectTable, LedgerFinding } from './ledger-effect.js';

/** Most documents, and most lines of one, that are drawn. */
const documentsShown = 100;
const linesShown = 200;

/** Every document that was requested because of a payment, with its lines and what it does to the books. */
export function Documents({ documents }: { readonly documents: readonly LedgerDocument[] }) {
  if (documents.length === 0) return null;
  return (
    <>
      <h3>Documents in the ledger</h3>
      <ul className="documents">
        {documents.slice(0, documentsShown).map((document, index) => (
          <li key={index}>
            <p className="step-title">
              {visibleText(document.kind, 60)} <span className="muted">{visibleText(document.result ?? 'requested', 60)}</span>{' '}
              <time dateTime={instantFrom(document.requestedAt)}>{timeOf(document.requestedAt)}</time>
            </p>
            <p className="muted">
              <code>{visibleText(document.postingKey)}</code>
              {document.reference.length > 0 && <> is {namedTexts(document.reference)}</>}
            </p>
            <EffectTable effect={document.effect} />
            <LedgerFinding ledger={document.ledger} />
            <Lines lines={document.lines} />
          </li>
        ))}
      </ul>
      {documents.length > documentsShown && <p className="muted">{documents.length - documentsShown} more are not shown.</p>}
    </>
  );
}

function namedTexts(texts: readonly NamedText[]): string {
  return texts.map(({ name, value }) => `${visibleText(name, 60)} ${visibleText(value, 120)}`).join(', ');
}

/** The rows of a document, folded. */
export function Lines({ lines }: { readonly lines: readonly DocumentLine[] }) {
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>{lines.length === 1 ? 'One line' : `${lines.length} lines`} as sent</summary>
      <ul>
        {lines.slice(0, linesShown).map(({ table, key, fields }, index) => (
          <li key={index}>
            <code>
              {visibleText(table, 60)} {visibleText(key, 60)}
            </code>
            : {namedTexts(fields)}
          </li>
        ))}
      </ul>
    </details>
  );
}
