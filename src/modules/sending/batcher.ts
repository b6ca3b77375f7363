/**
 * Gathers single questions into one: what is asked while a batch is being
 * answered goes into the next. `gatherMs` waits a little first, so that more
 * questions share a batch; 0 waits for those of the same turn of the event loop.
 */
export class Batcher<Q, A> {
  #waiting: { question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void }[] = [];
  #running: Promise<void> | null = null;

  constructor(
    private readonly answer: (questions: readonly Q[]) => Promise<readonly A[]>,
    private readonly options: { gatherMs: number; most: number },
  ) {}

  ask(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ question, resolve, reject });
      this.#running ??= this.#run().finally(() => {
        this.#running = null;
      });
    });
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      await (this.options.gatherMs > 0
        ? new Promise((wake) => setTimeout(wake, this.options.gatherMs))
        : allOfThisTurn());
      const batch = this.#waiting.splice(0, this.options.most);
      try {
        const answers = await this.answer(batch.map((each) => each.question));
        batch.forEach((each, index) => {
          each.resolve(answers[index] as A);
        });
      } catch (error) {
        for (const each of batch) each.reject(error);
      }
    }
  }

  /** Resolves once nothing is waiting or being answered. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }
}

const allOfThisTurn = () => new Promise((wake) => setImmediate(wake));
