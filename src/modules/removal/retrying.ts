/** A deadlock, a serialisation failure, and an address taken between the look and the write. */
const ofTheMoment = new Set(["40P01", "40001", "23505"]);
const most = 6;

/** Begins a transaction again when another one got in its way. */
export async function retrying<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await act();
    } catch (error) {
      if (tries >= most || !ofTheMoment.has((error as { code?: string }).code ?? "")) throw error;
      await new Promise((wake) => setTimeout(wake, 10 * 2 ** tries * Math.random()));
    }
  }
}
