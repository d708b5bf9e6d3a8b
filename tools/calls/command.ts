import type { ErpCallsPage, ErpCallView, ErpExchangeView } from '@tributary/contracts';
import { visibleText } from '@tributary/domain';
import type { Terminal } from '../dlq/terminal.js';
import { printAnswer } from '../reads/print-answer.js';
import type { Line } from '../reads/print-answer.js';

/** `tributary calls <posting key>`: what a target was sent for a posting and what it answered, as the erp-sink that serves it kept it. @returns the exit code. */
export function showCalls(line: Line, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const [postingKey = ''] = line.arguments;
  return printAnswer<ErpCallsPage>(line, env, terminal, {
    service: 'erp-sink',
    read: (ask, option) => {
      const limit = option('limit');
      return ask('GET', `/calls?${new URLSearchParams({ postingKey, ...(limit === undefined ? {} : { limit }) }).toString()}`);
    },
    text: ({ calls }) => callsText(calls),
    codeOf: ({ calls }) => (calls.length === 0 ? 1 : 0),
  });
}

const none =
  'No call is kept: none was made yet, it is older than ERP_CALL_RETENTION_DAYS, its data was erased, or this erp-sink does not serve the target (--url).';

/** Calls about a posting, newest first: what each came to, and every request with its answer. */
export function callsText(calls: readonly ErpCallView[]): string {
  if (calls.length === 0) return none;
  const masked = calls.some((call) => call.masked);
  return [
    ...(masked ? ['Texts are masked: reading them needs the permission payloads.read. Secrets and card numbers always are.', ''] : []),
    ...calls.map(callText),
  ].join('\n');
}

function callText({ call, result, at, problem, exchanges }: ErpCallView): string {
  const head = `${call} ${visibleText(at)}: ${visibleText(result)}, in ${exchanges.length} ${exchanges.length === 1 ? 'request' : 'requests'}`;
  return [head, ...(problem === null ? [] : [`  ${visibleText(problem)}`]), ...exchanges.map(exchangeText)].join('\n');
}

function exchangeText({ method, path, status, ms, request, answer, problem, cut }: ErpExchangeView): string {
  return [
    `  ${visibleText(method)} ${visibleText(path)} -> ${status ?? 'no answer'}, ${ms} ms`,
    ...bodyLines('request', request),
    ...(problem === null ? [] : [`    no whole answer came: ${visibleText(problem)}`]),
    ...bodyLines('answer', answer),
    ...(cut ? ['    a body was longer than what is kept of it'] : []),
  ].join('\n');
}

/** A body behind its name: what a target wrote cannot begin a line of its own. */
function bodyLines(name: string, body: string | null): string[] {
  if (body === null || body === '') return [];
  return body.split('\n').map((line, index) => `    ${index === 0 ? `${name}: ` : '  '}${visibleText(line)}`);
}
