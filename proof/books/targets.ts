/** Targets that have golden files: name -> ERP and profile. */
export const targets: Readonly<Record<string, { readonly erp: string; readonly profilePath: string }>> = {
  'kinetic-main': { erp: 'epicor-kinetic', profilePath: 'epicor-kinetic/profiles/kinetic-main.yaml' },
};
