import { pageOfList } from './page-of-list.js';

it.each([
  ['/dead-letters?state=notClosed', '/desk'],
  ['/dead-letters?state=notClosed&cause=posting.rejected&group=g', '/desk?cause=posting.rejected&group=g'],
  ['/dead-letters?state=open&topic=postings.kinetic-main.v1', '/desk?state=open&topic=postings.kinetic-main.v1'],
  ['/dead-letters/parked', '/parked'],
  ['/dead-letter-orders?state=waiting-approval', '/desk?view=orders&state=waiting-approval'],
  ['/reconciliation?state=missing', '/desk?view=breaks&of=missing'],
  ['/payments?standing=needsPerson', '/payments?standing=needsPerson'],
  ['/nowhere', undefined],
  [null, undefined],
])('the page for %s is %s', (list, page) => {
  expect(pageOfList(list)).toBe(page);
});
