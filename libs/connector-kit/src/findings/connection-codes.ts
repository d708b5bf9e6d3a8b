import type { FindingText } from './finding-text.js';

/** Codes about reaching a target and being let in: address, certificates, login, tokens, licence. */
export const connectionCodes = {
  'check.unreachable': {
    level: 'missing',
    meaning: 'Nothing answers at the address: no such name, no route, a closed port, or no answer in time.',
    action: 'Check the address, the network, ERP_PROXY_URL, and that the server runs.',
  },
  'check.path-wrong': {
    level: 'missing',
    meaning: 'A server answers at the address, and what answers is not the interface of this ERP.',
    action: 'Check the path in the address of the target.',
  },
  'check.certificate-untrusted': {
    level: 'missing',
    meaning: 'The certificate of the server is self-signed, or of an authority that is not trusted.',
    action: 'Name the authority, or the certificate itself, in ERP_CA_FILE.',
  },
  'check.certificate-other-host': {
    level: 'missing',
    meaning: 'The certificate of the server is for another host.',
    action: 'Call the server by a name that its certificate has, or exchange the certificate.',
  },
  'check.certificate-expired': {
    level: 'missing',
    meaning: 'A certificate that calls depend on has ended, or is not valid yet.',
    action: 'Exchange it; check the clock of this machine.',
  },
  'check.certificate-ends-soon': {
    level: 'warning',
    meaning: 'A certificate that calls depend on ends within 14 days.',
    action: 'Exchange it before then.',
  },
  'check.certificate-unusable': {
    level: 'missing',
    meaning: 'TLS with the server fails, or a file with certificates cannot be used.',
    action: 'Check ERP_CA_FILE, ERP_CLIENT_CERT_FILE and ERP_CLIENT_KEY_FILE.',
  },
  'check.login-refused': {
    level: 'missing',
    meaning: 'The ERP refuses the user, the password or the key.',
    action: 'Correct the login of the target: docs/runbooks/erp-password.md.',
  },
  'check.token-refused': {
    level: 'missing',
    meaning: 'The issuer gives no token, or the ERP refuses a new one: it has expired, was revoked, or is meant for something else.',
    action: 'Check the client at the issuer and its scopes: docs/runbooks/erp-password.md.',
  },
  'check.sign-in-needed': {
    level: 'missing',
    meaning: 'Calls need the sign-in of a person at the issuer, and nobody is signed in any more.',
    action: 'Sign in: npm run -s tributary -- targets sign-in --target <target>',
  },
  'check.sign-in-ends-soon': {
    level: 'warning',
    meaning: 'The sign-in of a person at the issuer ends within 7 days.',
    action: 'Sign in again before then: npm run -s tributary -- targets sign-in --target <target>',
  },
  'check.issuer-unreachable': {
    level: 'missing',
    meaning: 'The issuer of tokens gives no usable answer.',
    action: 'Check ERP_OAUTH_TOKEN_URL and the network: docs/runbooks/erp-password.md.',
  },
  'check.no-licence': {
    level: 'missing',
    meaning: 'The ERP grants no licence: it has expired, or all of its users are in use.',
    action: 'Renew the licence, or free a user of it.',
  },
} as const satisfies Readonly<Record<string, FindingText>>;
