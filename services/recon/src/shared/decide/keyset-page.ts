export { keysetPage, pageStart } from '@tributary/domain';
export type { KeysetPage, Neighbours, PageRequest, PageStart } from '@tributary/domain';
