import fc from 'fast-check';
import type { Channel, WorkerMessage } from './worker-channel.js';
import { isWorkerMessage } from './worker-channel.js';
import { WorkerGroup } from './worker-group.js';
import { WorkerQuestions } from './worker-questions.js';

/** Workers and their first process, without processes. */
function connected(names: readonly string[]): { groups: WorkerGroup[]; end(index: number): void } {
  const ends = new Map<number, Channel>();
  const questions = new WorkerQuestions(() => [...ends.values()]);
  const groups = names.map((name, index) => {
    const group: WorkerGroup = new WorkerGroup({ send: (message) => questions.take(ends.get(index) as Channel, message) });
    ends.set(index, { send: (message: WorkerMessage) => void group.take(message) });
    group.answers('name', async () => name);
    return group;
  });
  return {
    groups,
    end: (index) => {
      const channel = ends.get(index) as Channel;
      ends.delete(index);
      questions.gone(channel);
    },
  };
}

it('every worker gets the answers of all, in the order of the workers, whoever asks and however many ask at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), async (names) => {
      const { groups } = connected(names);
      const answers = await Promise.all(groups.flatMap((group) => [group.ask('name'), group.ask('name')]));
      for (const each of answers) expect(each).toEqual(names);
    }),
  );
});

it('what a question is about reaches every worker', async () => {
  const { groups } = connected(['a', 'b']);
  const heard: unknown[] = [];
  for (const group of groups) group.answers('set', async (detail) => heard.push(detail));
  expect(await groups[1]?.ask('set', { level: 'debug' })).toEqual([1, 2]);
  expect(heard).toEqual([{ level: 'debug' }, { level: 'debug' }]);
});

it('a worker that fails, cannot answer or ends in between has no answer, and holds nobody up', async () => {
  const { groups, end } = connected(['a', 'b', 'c']);
  groups[1]?.answers('name', () => Promise.reject(new Error('no')));
  groups[2]?.answers('name', () => new Promise(() => undefined));
  const asked = groups[0]?.ask('name');
  end(2);
  expect(await asked).toEqual(['a', undefined, undefined]);
  expect(await groups[0]?.ask('unknown')).toEqual([undefined, undefined]);
});

it.each([[undefined], [null], ['ask'], [{ kind: 'other' }], [{ act: 'online' }]])('%j is no message of ours', (message) => {
  expect(isWorkerMessage(message)).toBe(false);
});
