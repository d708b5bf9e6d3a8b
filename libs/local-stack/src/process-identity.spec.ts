import { startTimeIn } from './process-identity.js';

/** Content of /proc/<pid>/stat: state is field 3, the number of threads field 20, the start time field 22 (proc(5)). */
const stat = (state: string, threads: number): string =>
  `4711 (java (kafka) x) ${state} 1 4711 4711 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 ${threads} 0 987654 1 2 3`;

it('reads the start time behind a command with parentheses in it', () => {
  expect(startTimeIn(stat('S', 40))).toBe('987654');
});

it('says that a zombie has ended', () => {
  expect(startTimeIn(stat('Z', 1))).toBeUndefined();
  expect(startTimeIn(stat('X', 0))).toBeUndefined();
});

it('says that a killed process lives as long as one of its threads holds its ports', () => {
  expect(startTimeIn(stat('Z', 12))).toBe('987654');
});
