import type { Effect, Input } from '@tributary/posting';

/** What a line of the trace shows of an input, after its kind. */
export function describeInput(input: Input): string {
  if (input.kind === 'requested')
    return ` ${input.request.requestId} v${input.request.version}${input.missing.length ? ` missing ${input.missing.length}` : ''}`;
  if (input.kind === 'answered') return ` ${input.answer.kind} (fence ${input.fence})`;
  return input.kind === 'lookup-answered' ? ` ${input.reference ? 'found' : 'nothing'} (fence ${input.fence})` : '';
}

/** What a line of the trace shows of an effect. */
export function describeEffect(effect: Effect): string {
  if (effect.kind === 'conclude') return `${effect.result}!`;
  return effect.kind === 'fail' ? `fail ${effect.code}` : effect.kind;
}
