/** What must be ended, whatever happens: the last that was started is ended first. */
export class Stoppers {
  #list: (() => unknown)[] = [];

  add(stop: () => unknown): void {
    this.#list.push(stop);
  }

  /** One that fails does not keep the others from ending. */
  async stopAll(): Promise<void> {
    for (let stop = this.#list.pop(); stop !== undefined; stop = this.#list.pop()) {
      try {
        await stop();
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
      }
    }
  }
}
