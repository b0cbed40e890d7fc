import type { OperationName, Scope } from '#contract/local-api/index.ts';
import { operations } from '#contract/local-api/index.ts';
import type { Clock } from '#core/foundation/index.ts';
import type { Asker } from './api-caller.ts';
import { tooFast } from './api-failure.ts';
import { RateLimit, type Rate } from './rate-limit.ts';

/** What a program may do of each kind, in a burst and then one each so many ms. */
const rates = {
  read: { burst: 100, each: 20 },
  control: { burst: 30, each: 200 },
  dial: { burst: 5, each: 3000 },
  pair: { burst: 5, each: 10_000 },
} as const satisfies Record<string, Rate>;
/** Wrong tokens, from anybody. */
const guesses: Rate = { burst: 10, each: 6000 };
/** Offhook's own programs do what the user does; a script of the user's may do it quickly. */
const own: Rate = { burst: 500, each: 5 };

type Kind = keyof typeof rates;
const kinds: Record<Scope, Kind> = {
  'calls:read': 'read',
  'people:read': 'read',
  'log:read': 'read',
  'calls:dial': 'dial',
  'calls:control': 'control',
  'people:show': 'control',
  'log:write': 'control',
};

/** How often who may do what. */
export class CallerLimits {
  private readonly limits: Record<Kind | 'own', RateLimit>;
  private readonly guessing: RateLimit;

  constructor(clock: Clock) {
    this.limits = {
      read: new RateLimit(rates.read, clock),
      control: new RateLimit(rates.control, clock),
      dial: new RateLimit(rates.dial, clock),
      pair: new RateLimit(rates.pair, clock),
      own: new RateLimit(own, clock),
    };
    this.guessing = new RateLimit(guesses, clock);
  }

  /** @throws OffhookError `program.too-fast` */
  take(name: OperationName, { caller }: Asker): void {
    const { scope, method } = operations[name];
    const kind = scope !== null ? kinds[scope] : method === 'GET' ? 'read' : 'pair';
    const isOwn = caller !== null && caller.programId === null;
    const wait = this.limits[isOwn ? 'own' : kind].take(caller?.programId ?? '');
    if (wait > 0) throw tooFast(wait);
  }

  /** A wrong token came: whoever guesses waits, and who is paired does not. @throws OffhookError `program.too-fast` */
  guessed(): void {
    const wait = this.guessing.take('');
    if (wait > 0) throw tooFast(wait);
  }
}
