import { Amount } from '../../components/amount.js';
import { longTextLimit, visibleText } from '../../format/text.js';
import { InPlace } from './in-place.js';
import { placeOf } from './jump.js';
import type { PostingRule } from '../../recon/story-shapes.js';

/** The rule that a document was requested by: its flow and version, and the line that chose each account. @param of posting key of the document. */
export function Rule({ rule, of }: { readonly rule: PostingRule | null; readonly of: string }) {
  if (rule === null) return null;
  const flow = visibleText(rule.flow, 120);
  const title = (
    <>
      Rule <code>{flow}</code>
    </>
  );
  return (
    <InPlace place={placeOf('rule', of)} title={title} label={`Rule ${flow} of ${visibleText(of, 100)}`}>
      {() => <RuleLines rule={rule} />}
    </InPlace>
  );
}

function RuleLines({ rule: { mappingVersion, step, mapping, place, lines, text } }: { readonly rule: PostingRule }) {
  return (
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
  );
}
