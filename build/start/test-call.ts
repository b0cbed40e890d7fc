import type { FromWebProcess } from '#web/messages.ts';
import { say } from '../prepare/words.mjs';
import { sentence } from './sentences.ts';

export type TestCallOutcome = Extract<FromWebProcess, { kind: 'test-call' | 'test-call-failed' }>;

/** What became of the first start's test call. @returns whether it went well */
export function sayTestCall(outcome: TestCallOutcome): boolean {
  if (outcome.kind === 'test-call-failed') {
    say(`Проверочный звонок не удался: ${sentence(outcome.error)}.`, `The test call failed: ${sentence(outcome.error)}.`);
    return false;
  }
  const answered = Math.round(outcome.answeredAfter);
  const tone = Math.round(outcome.toneAfter);
  say(
    `Проверочный звонок: ответ через ${answered} мс, тон слышен через ${tone} мс.`,
    `Test call: answered after ${answered} ms, the tone heard after ${tone} ms.`,
  );
  return true;
}
