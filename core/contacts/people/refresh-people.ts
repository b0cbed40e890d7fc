import { toReport } from '#contract/errors.ts';
import type { Clock, Disposable, Logger } from '#core/foundation/index.ts';
import type { BuildingMode, PeopleBuilder } from '../building/people-builder.ts';
import type { PeopleImage } from '../matching/people-image.ts';

export interface RefreshPeopleOptions {
  builder: PeopleBuilder;
  clock: Clock;
  logger: Logger;
  /** How many changes are on the disk. */
  changes: () => number;
  /** An image that contains so many of them. */
  onImage: (image: PeopleImage, changes: number) => void;
  /** What follows from the last image is on the disk, and is other than before. */
  onSettled: () => void;
}

/** Several changes make one image. */
const delayMilliseconds = 200;
/** What the last run may have left undone can wait until the start is over. */
const mendMilliseconds = 3_000;
/** What the disk denied may be there later, also when nobody changes anything. */
const retryMilliseconds = 60_000;

/** Has everybody built anew after changes, one image at a time. */
export class RefreshPeople {
  private readonly options: RefreshPeopleOptions;
  private wanted: BuildingMode | null = null;
  private running: Promise<void> | null = null;
  private timer: Disposable | null = null;
  private retry: Disposable | null = null;
  private isStopped = false;
  /** The file is somebody else's until it is loaded again. */
  private isResting = false;

  constructor(options: RefreshPeopleOptions) {
    this.options = options;
  }

  /** Resolves when there is an image, or there cannot be one. */
  async load(): Promise<void> {
    this.isResting = false;
    await this.build('load');
    if (!this.isStopped && !this.isResting && !this.timer && !this.retry) this.wait('mend', mendMilliseconds);
  }

  /** From now on changes are followed; there is nobody yet. */
  follow(): void {
    this.isResting = false;
  }

  /** Soon. */
  request(): void {
    if (this.isStopped || this.isResting || this.wanted === 'merge') return;
    this.timer?.dispose();
    this.wait('merge', delayMilliseconds);
  }

  /** Resolves when all that was asked for is there, and written. For tests, and before the database is let go of. */
  async settled(): Promise<void> {
    while (this.running || this.wanted === 'merge') {
      if (this.wanted === 'merge') this.begin();
      await this.running;
    }
  }

  /** Ends what is under way, so that the file may be replaced; nothing is begun until `load`. */
  async release(): Promise<void> {
    this.isResting = true;
    this.timer?.dispose();
    this.timer = null;
    this.forgetRetry();
    this.wanted = null;
    await this.options.builder.stop();
    await this.running;
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.release();
  }

  private wait(mode: BuildingMode, delay: number): void {
    this.forgetRetry();
    this.wanted = mode;
    this.timer = this.options.clock.after(delay, () => this.begin());
  }

  private begin(): void {
    this.timer?.dispose();
    this.timer = null;
    if (this.running) return this.options.builder.cut();
    const mode = this.wanted;
    this.wanted = null;
    if (mode) void this.build(mode);
  }

  private build(mode: BuildingMode): Promise<void> {
    this.running = this.buildNow(mode).finally(() => {
      this.running = null;
      if (this.wanted && !this.timer) this.begin();
    });
    return this.running;
  }

  /** Never rejects: without an image the last one is used, and it is tried again later, or with the next change. */
  private async buildNow(mode: BuildingMode): Promise<void> {
    const { builder, changes, onImage, onSettled, logger } = this.options;
    const contained = changes();
    try {
      const written = await builder.build(mode, (image) => {
        if (!this.isStopped) onImage(image, contained);
      });
      if (written > 0 && !this.isStopped) onSettled();
    } catch (error) {
      if (this.isStopped || this.isResting) return;
      logger.warn('people could not be read anew', { error: toReport(error) });
      this.tryAgain(mode === 'load' ? mendMilliseconds : retryMilliseconds);
    }
  }

  private tryAgain(delay: number): void {
    this.forgetRetry();
    this.retry = this.options.clock.after(delay, () => this.request());
  }

  private forgetRetry(): void {
    this.retry?.dispose();
    this.retry = null;
  }
}
