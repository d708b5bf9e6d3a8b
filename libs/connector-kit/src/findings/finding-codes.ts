import { connectionCodes } from './connection-codes.js';
import type { FindingText } from './finding-text.js';

/**
 * Every code that a check of a target may answer. The codes are published: they never change their meaning (docs/target-findings.md is generated
 * from this table).
 */
export const findingCodes = {
  'check.passed': { level: 'ok', meaning: 'As it should be.', action: '' },
  'check.configuration-wrong': {
    level: 'missing',
    meaning: 'The variables of the target cannot be used.',
    action: 'Set the variables that are named; docs/configuration.md has all of them.',
  },
  ...connectionCodes,
  'check.company-unusable': {
    level: 'missing',
    meaning: 'The company is not there, is closed, or the login may not use it.',
    action: 'Check the company of the target, and open it in the ERP with the same login.',
  },
  'check.company-other': {
    level: 'missing',
    meaning: 'The posting profile is for another company than the target.',
    action: 'Make them the same.',
  },
  'check.profile-missing': {
    level: 'missing',
    meaning: 'No posting profile is for the target.',
    action: 'Set `target` in a profile, or ERP_TARGET.',
  },
  'check.right-missing': {
    level: 'missing',
    meaning: 'The login, its key or its token lacks a right.',
    action: 'Grant it to the login of the integration.',
  },
  'check.service-missing': {
    level: 'missing',
    meaning: 'A service, a table or a view that the connector calls is not there.',
    action: 'Install or publish it; check the version of the ERP.',
  },
  'check.doors-unknown': {
    level: 'missing',
    meaning:
      'The document that lists the calls of the target (swagger) is absent, and the configuration does not say how a service is reached.',
    action: 'Name the doors in the configuration of the target.',
  },
  'check.custom-field-missing': {
    level: 'missing',
    meaning: 'A field that the site has to add is not there.',
    action: 'Add it.',
  },
  'check.record-missing': {
    level: 'missing',
    meaning: 'A record that the posting profile names is not in the ERP.',
    action: 'Create it in the ERP, or change the profile.',
  },
  'check.account-unknown': {
    level: 'missing',
    meaning: 'An account that the posting profile names is not in the chart of accounts.',
    action: 'Add it to the chart, or change the profile.',
  },
  'check.period-closed': {
    level: 'warning',
    meaning: 'No fiscal period is open for today.',
    action: 'Open one; until then postings of today follow `closedPeriod` of the profile.',
  },
  'check.customer-number-twice': {
    level: 'warning',
    meaning: 'Two companies of the database have a customer with the same number.',
    action:
      'Nothing where every look-up names the company, as those of the connector do; a number in Stripe metadata has to be one of this company.',
  },
  'check.version-other': {
    level: 'warning',
    meaning: 'The ERP is of another version than the connector was written for.',
    action: 'Try one document of each kind in a test company first.',
  },
  'check.clock-off': {
    level: 'warning',
    meaning: 'The clock of the target and ours differ by more than five minutes.',
    action: 'Synchronise both with a time server: documents near midnight or at the end of a period would get another date.',
  },
  'check.mode-wrong': {
    level: 'missing',
    meaning: 'The key is a test key and the profile books live payments, or the reverse.',
    action: 'Set a key of the other mode, or `livemode` in the profile.',
  },
  'check.key-unusual': {
    level: 'warning',
    meaning: 'The key may do more than is needed, or is of no known form.',
    action: 'Use a restricted key.',
  },
  'check.not-checked': {
    level: 'warning',
    meaning: 'It could not be checked this time: the target did not answer, or answered with an error of its own.',
    action: 'Run the check again.',
  },
  'check.unfinished': {
    level: 'missing',
    meaning: 'The check did not come to its end.',
    action: 'Check the address and the network, and run it again.',
  },
  'check.cannot-be-known': {
    level: 'unknown',
    meaning: 'It cannot be checked: the target gives no way to know. The sentence says why.',
    action: 'Look it up in the ERP.',
  },
} as const satisfies Readonly<Record<string, FindingText>>;

/** A code of {@link findingCodes}. */
export type FindingCode = keyof typeof findingCodes;
