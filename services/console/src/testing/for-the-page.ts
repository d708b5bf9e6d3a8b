import { roles } from '@tributary/identity';

/** What tests of the page compare with: rows that no page may fall over, and the roles that there are. */
export { hostileRows, hostileSteps } from './hostile-rows.js';

/** Names of all roles. */
export const roleNames: readonly string[] = Object.keys(roles);
