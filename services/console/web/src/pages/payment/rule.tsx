import { Amount } from '../../components/amount.js';
import { longTextLimit, visibleText } from '../../format/text.js';
import type { PostingRule } from '../../recon/story-shapes.js';

/** The rule that a document was requested by: its flow and version, and the line that chose each account. */
export function Rule({ rule }: { readonly rule: PostingRule | null }) {
  if (rule === null) return null;
  const { flow, mappingVersion, step, mapping, place, lines, text } = rule;
  return (
    <details className="evidence">
      <summary>
        Rule <code>{visibleText(flow, 120)}</code>
      </summary>
      <div className="record">
        <p>
          {step !== null && (
            <>
              Step <code>{visibleText(step, 120)}</code>
              {mapping !== null && (
                <>
                  , mapping <code>{visibleText(mapping, 120)}</code>
                </>
              )}
              {place !== null && <> in {visibleText(place, 300)}</>},{' '}
            </>
          )}
          version <code>{visibleText(mappingVersion.slice(0, 12), 20)}</code>
        </p>
        {text !== null && <p className="muted">{visibleText(text, longTextLimit)}.</p>}
        <ul>
          {lines.map(({ role, side, amount, account, place: at }, index) => (
            <li key={index}>
              {visibleText(side, 10)} <strong>{visibleText(role, 60)}</strong> {account === null ? 'by the ERP' : visibleText(account, 60)}{' '}
              <Amount amount={amount} absent="not known" />
              {at !== null && <span className="muted"> by {visibleText(at, 300)}</span>}
            </li>
          ))}
        </ul>
      </div>
    </details>
  );
}
