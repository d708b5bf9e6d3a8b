import { loadOf, majorText } from './load.js';
import { readModels } from './models.js';

const options = { customers: 6, updatesPerCustomer: 5, payments: 30, guests: 6, lengthMs: 18_000 };
const load = loadOf(3, 2, options, readModels());

it.each([
  [29_429, 2, '294.29'],
  [10_710, 2, '107.1'],
  [2_500, 0, '2500'],
  [1_050, 3, '1.05'],
  [100_000, 2, '1000'],
  [7, 2, '0.07'],
])('%i with %i digits is %s', (minor, digits, text) => {
  expect(majorText(minor, digits)).toBe(text);
});

it('is the same for the same seed and round', () => {
  expect(loadOf(3, 2, options, readModels())).toEqual(load);
});

it('sends every event, some twice, out of the order in which they happened', () => {
  const sent = load.deliveries.map(({ eventId }) => eventId);
  expect(new Set(sent)).toEqual(new Set(load.events.map(({ eventId }) => eventId)));
  expect(sent.length).toBeGreaterThan(load.events.length);
  const versions = load.deliveries.flatMap(({ eventId }) => {
    const event = load.events.find((each) => each.eventId === eventId);
    return event?.about === `cus_${load.prefix}_0` ? [event.version ?? 0] : [];
  });
  expect(versions).not.toEqual([...versions].sort((one, other) => one - other));
});

it('plants the version of a customer where Kinetic shows it', () => {
  const versions = load.events
    .filter(({ about }) => about === `cus_${load.prefix}_0`)
    .map(({ body }) => JSON.parse(body) as { created: number; data: { object: { address: { line2: string } } } });
  expect(versions.map(({ data }) => data.object.address.line2)).toEqual(['Seq 1', 'Seq 2', 'Seq 3', 'Seq 4', 'Seq 5', 'Seq 6']);
  expect(new Set(versions.map(({ created }) => created)).size).toBe(6);
});

it('no two payments have the same amount', () => {
  expect(new Set(load.receipts.map(({ amount, currency }) => `${amount} ${currency}`)).size).toBe(36);
});
