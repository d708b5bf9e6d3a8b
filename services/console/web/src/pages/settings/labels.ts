import type { Labels } from '../../components/chip.js';

/** Roles in the order of a form, with what each does. */
export const roleLabels: Labels = {
  viewer: 'Viewer: reads',
  accountant: 'Accountant: works letters, releases groups',
  engineer: 'Engineer: works letters, pauses targets',
  approver: 'Approver: approves what others order',
  admin: 'Admin: people, tokens, targets',
};

/** Whether somebody can sign in. */
export const accessLabels: Labels = { active: 'Active', locked: 'Locked out' };
