import { parseTargetList, targetListPattern } from './target-list.js';

it('is a list of target=kind, each target once', () => {
  expect([...parseTargetList('kinetic-main=epicor-kinetic,sl-main=dynamics-sl')]).toEqual([
    ['kinetic-main', 'epicor-kinetic'],
    ['sl-main', 'dynamics-sl'],
  ]);
  expect(() => parseTargetList('a=x,b=y,a=z')).toThrow('a is listed twice');
});

it.each(['', 'kinetic-main', 'kinetic-main=', '=x', 'a=x,', 'a=x b=y', 'a b=x', `${'a'.repeat(81)}=x`])('is not %p', (text) => {
  expect(targetListPattern.test(text)).toBe(false);
});
