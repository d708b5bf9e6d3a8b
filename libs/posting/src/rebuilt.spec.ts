import { supersededText } from './create-once.js';
import { step } from './step.js';
import { defaultPostingPolicy, newPosting } from './types.js';
import type { Posting, PostingRequest } from './types.js';

const policy = defaultPostingPolicy;
const request: PostingRequest = { requestId: 'r2', protocol: 'create-once', version: 0n, digest: 'new' };
/** A posting as a rebuild writes it when only the target, or an old outcome, knows the document. */
const rebuilt: Posting = { ...newPosting, state: 'posted', reference: { HeadNum: '881' } };

it('does not take a document whose fields nobody remembers for one with other fields', () => {
  const { effects } = step(rebuilt, { kind: 'requested', request, missing: [] }, 1_000, policy);
  expect(effects).toEqual([{ kind: 'conclude', requestId: 'r2', result: 'duplicate', text: 'this document is there already' }]);
  const known = step({ ...rebuilt, appliedDigest: 'old' }, { kind: 'requested', request, missing: [] }, 1_000, policy);
  expect(known.effects).toMatchObject([{ result: 'duplicate', text: supersededText }]);
});

it('repeats an outcome whose fields nobody remembers as it was', () => {
  const again = (digest: string) =>
    step(rebuilt, { kind: 'requested', request, missing: [], earlier: { result: 'posted', digest } }, 1_000, policy);
  expect(again('').effects).toEqual([{ kind: 'repeat', superseded: false }]);
  expect(again('old').effects).toEqual([{ kind: 'repeat', superseded: true }]);
});
