/** What stands in the place of a text about a person that was overwritten. */
export const overwritten = '[deleted]';
