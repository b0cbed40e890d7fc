import { account as accountSchema, type AccountInput, type CallRecord } from '#contract/ipc/index.ts';
import { defaultSettings } from '#contract/settings.ts';
import { MemoryCallLog } from '#core/call-log/memory-call-log.ts';
import { isInternalNumber } from '#core/contacts/index.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { silentLogger } from '#core/foundation/index.ts';
import { Lines } from '#core/lines/index.ts';
import { MemoryMediaLegFactory } from '#core/media/memory-media-leg.ts';
import { ProblemBoard } from '#core/problems/index.ts';
import { createMemoryStores } from '#core/settings/memory-stores.ts';
import { MemoryUserAgentFactory } from '#core/sip/memory-user-agent.ts';
import { CallRecorder, CallRegistry, receiveCall, type CallServices } from './index.ts';

/** A phone of memory parts with two registered lines, for tests of what calls do. */
export async function openDesk(changes: { accounts?: (AccountInput & { id?: string })[] } = {}) {
  const clock = new FakeClock();
  const userAgents = new MemoryUserAgentFactory();
  const media = new MemoryMediaLegFactory();
  const callLog = new MemoryCallLog();
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const { accounts: accountStore, secrets } = createMemoryStores();
  const lines = new Lines({
    accounts: accountStore,
    secrets,
    userAgents,
    problems: new ProblemBoard(clock, silentLogger),
    clock,
    logger: silentLogger,
    newId,
    hasCalls: () => false,
  });
  const calls = new CallRegistry(clock);
  const settings = { ...defaultSettings };
  const services: CallServices = {
    calls,
    lines,
    media,
    clock,
    logger: silentLogger,
    newId,
    matchParty: () => null,
    numberRules: () => settings,
    audio: 'window',
  };
  const recorder = new CallRecorder({
    callLog,
    clock,
    logger: silentLogger,
    lineLabel: (id) => lines.find(id)?.label ?? id,
    isInternal: (number) => isInternalNumber(number, settings),
  });
  calls.onAdded((call) => recorder.follow(call));
  lines.onInvitation(({ line, invitation }) => receiveCall(services, line, invitation));
  const accounts = changes.accounts ?? [
    { user: '101', domain: 'pbx.example' },
    { user: '102', domain: 'other.example' },
  ];
  for (const { id, ...input } of accounts) await lines.add(accountSchema.parse(input), 'secret', id);
  for (const userAgent of userAgents.userAgents) userAgent.become('registered');
  const records = async (): Promise<CallRecord[]> => {
    await recorder.settled();
    return callLog.list({ from: 0, to: Number.MAX_SAFE_INTEGER, limit: 100 });
  };
  return { clock, userAgents: userAgents.userAgents, media, lines, calls, settings, services, callLog, records };
}
