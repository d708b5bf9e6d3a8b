/** The customers of the scripted day: invented names, reserved domains. */
export const shops: readonly {
  name: string;
  email: string;
  country: string;
  city: string;
  postal_code: string;
  state: string | null;
  line1: string;
}[] = [
  {
    name: 'Harbor Street Bakery',
    email: 'books@harbor-street.example',
    country: 'US',
    city: 'Portland',
    state: 'ME',
    postal_code: '04101',
    line1: '12 Commercial St',
  },
  {
    name: 'Alder & Sons Joinery',
    email: 'office@alder-joinery.example',
    country: 'US',
    city: 'Duluth',
    state: 'MN',
    postal_code: '55802',
    line1: '300 Canal Park Dr',
  },
  {
    name: 'Kettle Creek Outfitters',
    email: 'ap@kettle-creek.example',
    country: 'US',
    city: 'Renovo',
    state: 'PA',
    postal_code: '17764',
    line1: '45 Erie Ave',
  },
  {
    name: 'Mesa Verde Bikes',
    email: 'orders@mesa-verde-bikes.example',
    country: 'US',
    city: 'Cortez',
    state: 'CO',
    postal_code: '81321',
    line1: '9 Main St',
  },
  {
    name: 'Lindenhof Gartenbau GmbH',
    email: 'rechnung@lindenhof.example',
    country: 'DE',
    city: 'Fulda',
    state: null,
    postal_code: '36037',
    line1: 'Lindenstr. 4',
  },
  {
    name: 'Atelier Morvan',
    email: 'compta@atelier-morvan.example',
    country: 'FR',
    city: 'Autun',
    state: null,
    postal_code: '71400',
    line1: '8 rue aux Cordiers',
  },
  {
    name: 'Fattoria del Colle',
    email: 'conti@fattoria-colle.example',
    country: 'IT',
    city: 'Siena',
    state: null,
    postal_code: '53100',
    line1: 'Via del Colle 2',
  },
  {
    name: 'Kawabe Seisakusho',
    email: 'keiri@kawabe.example',
    country: 'JP',
    city: 'Sakai',
    state: null,
    postal_code: '590-0001',
    line1: '3-1 Ebisujima',
  },
  {
    name: 'Sunrise Ceramics',
    email: 'hello@sunrise-ceramics.example',
    country: 'US',
    city: 'Taos',
    state: 'NM',
    postal_code: '87571',
    line1: '77 Kiln Rd',
  },
  {
    name: 'Blue Heron Press',
    email: 'accounts@blue-heron.example',
    country: 'US',
    city: 'Ithaca',
    state: 'NY',
    postal_code: '14850',
    line1: '5 Lake Ave',
  },
  {
    name: 'Bayside Marine',
    email: 'ap@bayside-marine.example',
    country: 'US',
    city: 'Reno',
    state: 'NV',
    postal_code: '89501',
    line1: '1 Dock Rd',
  },
  {
    name: 'Closing Time Antiques',
    email: 'bye@closing-time.example',
    country: 'US',
    city: 'Salem',
    state: 'OR',
    postal_code: '97301',
    line1: '2 State St',
  },
];
