const patienceMs = 30_000;

/** Waits for a state of the world, not for a time. @throws with what was seen last. */
export async function eventually(what: () => Promise<unknown> | unknown, withinMs = patienceMs): Promise<void> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      await what();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
