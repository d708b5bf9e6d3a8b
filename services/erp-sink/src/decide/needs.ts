export { neededKeys, noPrerequisites, prerequisitesOf } from '@tributary/posting';
export type { Prerequisites, Standing } from '@tributary/posting';
