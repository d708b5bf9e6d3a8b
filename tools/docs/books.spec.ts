import { renderBooks } from './books.js';

it('fills the tables between their marks, and leaves the text around them', () => {
  const page =
    'Before.\n\n<!-- generated: flows -->\nstale rows\n<!-- end -->\n\nBetween.\n\n<!-- generated: movements -->\n<!-- end -->\n\nAfter.\n';
  const made = renderBooks(page);
  expect(made).toMatch(
    /^Before\.\n\n<!-- generated: flows -->\n\n\| Flow [^]*<!-- end -->\n\nBetween\.\n\n<!-- generated: movements -->\n\n\| Role [^]*<!-- end -->\n\nAfter\.\n$/,
  );
  expect(made).not.toContain('stale rows');
  expect(made).toContain(
    '| refund | `ar.refund-created`, `ar.refund-updated` | journal, credit-memo, refund-payment, application | `refund.too-large`',
  );
  expect(made).toContain('| `OTH` | journal | gross | all others |');
  expect(renderBooks(made)).toBe(made);
});

it('refuses a table that there is not', () => {
  expect(() => renderBooks('<!-- generated: roles -->\n<!-- end -->')).toThrow('there is no table "roles"');
});
