import fc from 'fast-check';
import { FeedChecks } from './feed-checks.js';

const at = '2026-11-21T07:31:39.000Z';

it('passes snapshots on as they are', () => {
  const stream = 'event: snapshot\ndata: {"text": "a: b"}\n\n';
  expect(new FeedChecks().passOn(stream, at)).toBe(stream);
});

it('follows a comment with an event that the page can hear', () => {
  expect(new FeedChecks().passOn(': still here\n\n', at)).toBe(`: still here\n\nevent: checked\ndata: {"at":"${at}"}\n\n\n`);
});

it('gives the same text however the stream is cut into pieces', () => {
  const stream = 'event: snapshot\ndata: {"a": 1}\n\n: still here\n\nevent: snapshot\ndata: {"a": 2}\n\n: still here\n\n';
  const whole = new FeedChecks().passOn(stream, at);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length })), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const feed = new FeedChecks();
      expect(places.map((place, index) => feed.passOn(stream.slice(place, places[index + 1] ?? stream.length), at)).join('')).toBe(whole);
    }),
  );
});
