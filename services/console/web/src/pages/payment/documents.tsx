import { CopyId } from '../../components/copy-id.js';
import { Instant } from '../../components/instant.js';
import { visibleText } from '../../format/text.js';
import type { DocumentLine, LedgerDocument, NamedText } from '../../recon/shapes.js';
import { ErpCalls } from './erp-calls.js';
import { placeOf } from './jump.js';
import { EffectTable, LedgerFinding } from './ledger-effect.js';
import { LedgerSection, openAtFirst } from './ledger-section.js';
import { Rule } from './rule.js';

/** Most documents, and most lines of one, that are drawn. */
const documentsShown = 100;
const linesShown = 200;

/** Every document that was requested because of a payment, by target, with its lines and what it does to the books beside the ledger's entries. */
export function Documents({ documents }: { readonly documents: readonly LedgerDocument[] }) {
  if (documents.length === 0) return null;
  const shown = documents.slice(0, documentsShown);
  const targets = [...Map.groupBy(shown, ({ target }) => target)];
  const first = openAtFirst(targets.map(([, own]) => own));
  return (
    <section aria-labelledby="documents-title">
      <h3 id="documents-title">Documents in the ledger</h3>
      {targets.map(([target, own], index) => (
        <LedgerSection key={target ?? ''} target={target} documents={own} isOpen={index === first}>
          <TargetDocuments documents={own} />
        </LedgerSection>
      ))}
      {documents.length > documentsShown && <p className="muted">{documents.length - documentsShown} more are not shown.</p>}
    </section>
  );
}

function TargetDocuments({ documents }: { readonly documents: readonly LedgerDocument[] }) {
  return (
    <ul className="documents">
      {documents.map((document, index) => (
        <li key={index} id={placeOf('document', document.postingKey)} tabIndex={-1}>
          <p className="step-title">
            {visibleText(document.kind, 60).replaceAll('-', ' ')}{' '}
            {document.number !== null && <strong>{visibleText(document.number, 60)}</strong>}{' '}
            <span className="muted">{visibleText(document.result ?? 'requested', 60)}</span> <Instant at={document.requestedAt} />
          </p>
          <p className="muted">
            <CopyId id={document.postingKey} />
            {document.reference.length > 0 && <> is {namedTexts(document.reference)}</>}
            {document.link !== null && (
              <>
                {' '}
                <a href={document.link} target="_blank" rel="noreferrer">
                  Open in the ERP
                </a>
              </>
            )}
          </p>
          <EffectTable effect={document.effect} ledger={document.ledger} />
          <LedgerFinding ledger={document.ledger} />
          <Lines lines={document.lines} />
          <Rule rule={document.rule} of={document.postingKey} />
          <ErpCalls postingKey={document.postingKey} target={document.target} />
        </li>
      ))}
    </ul>
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
