interface Waiting {
  begin: () => void;
  first: boolean;
}

/** One work's place among others. */
export interface Turn {
  /** Settles when the work has ended, or was withdrawn. Never rejects. */
  readonly ended: Promise<void>;
  /** Gives the place up; false where the work has begun. */
  withdraw(): boolean;
}

/** So many works at once; the others wait, those that somebody looks at before the rest. */
export class WorkTurns {
  private readonly most: number;
  private running = 0;
  private waiting: Waiting[] = [];

  constructor(most: number) {
    this.most = most;
  }

  /** @param work never rejects */
  take(work: () => Promise<void>, first: boolean): Turn {
    const { promise, resolve } = Promise.withResolvers<void>();
    const own: Waiting = {
      first,
      begin: () => {
        this.running += 1;
        void Promise.resolve()
          .then(work)
          .finally(() => {
            this.running -= 1;
            resolve();
            this.next();
          });
      },
    };
    this.waiting.push(own);
    this.next();
    const withdraw = () => {
      const there = this.waiting.includes(own);
      this.waiting = this.waiting.filter((each) => each !== own);
      if (there) resolve();
      return there;
    };
    return { ended: promise, withdraw };
  }

  private next(): void {
    while (this.running < this.most && this.waiting.length > 0) {
      const chosen = this.waiting.find(({ first }) => first) ?? this.waiting[0]!;
      this.waiting = this.waiting.filter((each) => each !== chosen);
      chosen.begin();
    }
  }
}
