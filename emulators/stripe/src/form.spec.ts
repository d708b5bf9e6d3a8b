import { decodeForm } from './form.js';

it('reads maps, maps in maps and both kinds of list', () => {
  expect(decodeForm('email=a%40x.example&metadata[order]=7&address[city]=Bath&expand[]=customer&expand[]=latest_charge')).toEqual({
    email: 'a@x.example',
    metadata: { order: '7' },
    address: { city: 'Bath' },
    expand: ['customer', 'latest_charge'],
  });
  expect(decodeForm('payment_method_data[billing_details][address][city]=Bath&expand[1]=b&expand[0]=a')).toEqual({
    payment_method_data: { billing_details: { address: { city: 'Bath' } } },
    expand: ['a', 'b'],
  });
});

it('keeps an empty value, which deletes, apart from an absent one, which does not', () => {
  expect(decodeForm('phone=&metadata[a]=')).toEqual({ phone: '', metadata: { a: '' } });
  expect(decodeForm('')).toEqual({});
});

it('keeps text as it is: plus signs, umlauts, leading zeros, an equals sign', () => {
  expect(decodeForm('name=M%C3%BCller+%26+S%C3%B6hne&phone=%2B1555&zip=04101&note=a%3Db')).toEqual({
    name: 'Müller & Söhne',
    phone: '+1555',
    zip: '04101',
    note: 'a=b',
  });
});

it('does not let a name reach the prototype', () => {
  decodeForm('__proto__[polluted]=1&metadata[__proto__][polluted]=1&constructor[prototype][polluted]=1');
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});
