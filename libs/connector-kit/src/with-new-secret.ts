/**
 * Makes a call, and once more when its secret was refused and has been exchanged since: whoever rotates a password changes it in the ERP and in
 * the file one after the other. A refused login stored nothing, so the repetition cannot store anything twice.
 * @param secret what the call is signed with, as it is now.
 * @param isRefused whether an error says that the login was refused.
 */
export async function withNewSecret<T>(secret: () => string, call: () => Promise<T>, isRefused: (error: unknown) => boolean): Promise<T> {
  const sent = secret();
  try {
    return await call();
  } catch (error) {
    if (!isRefused(error) || secret() === sent) throw error;
    return call();
  }
}
