import { headers as names } from '@tributary/contracts';
import { lastHeaders } from './envelope.js';
import type { IncomingMessage } from './envelope.js';
import { errorCodeText } from './failure.js';
import type { Failure } from './failure.js';
import { boundedText, storableText } from './header-text.js';

/** Limits of a dead letter's own headers, UTF-16 units. */
const maxErrorTextLength = 1_000;
const maxContextLength = 1_000;
const maxContextValueLength = 500;

/** Headers of a dead letter: the original ones, byte for byte, and ours. The value and the key stay as they are. */
export function deadLetterHeaders(message: IncomingMessage, group: string, failure: Failure): Record<string, string | Buffer> {
  return {
    ...lastHeaders(message.headers),
    [names.errorCode]: errorCodeText(failure.code),
    [names.errorText]: boundedText(failure.text, maxErrorTextLength),
    [names.errorContext]: contextText(failure.context),
    [names.originalTopic]: message.topic,
    [names.originalPartition]: String(message.partition),
    [names.originalOffset]: message.offset.toString(),
    [names.consumerGroup]: group,
    [names.attempts]: String(failure.attempts),
    ...(failure.disposition === 'hold' ? { [names.disposition]: 'hold' } : {}),
    [names.firstFailureAt]: new Date(failure.firstAt).toISOString(),
    [names.lastFailureAt]: new Date(failure.lastAt).toISOString(),
  };
}

/** The context of a failure as JSON that stays JSON: values are cut one by one, and entries that do not fit are left out and counted. */
function contextText(context: Failure['context']): string {
  const entries = Object.entries(context).map(([name, value]) => [storableText(name), boundedText(String(value), maxContextValueLength)]);
  for (let kept = entries.length; ; kept -= 1) {
    const omitted = entries.length - kept;
    const text = JSON.stringify(Object.fromEntries([...entries.slice(0, kept), ...(omitted > 0 ? [['omitted', String(omitted)]] : [])]));
    if (kept === 0 || text.length <= maxContextLength) return text;
  }
}
