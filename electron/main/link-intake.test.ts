import { describe, expect, it } from 'vitest';
import { OffhookError } from '#contract/errors.ts';
import { FakeClock } from '#core/foundation/fake-clock.ts';
import { fakeBridge, settle } from './dialling.test-support.ts';
import { linksIn, parentOf } from './link-arguments.ts';
import { LinkIntake } from './link-intake.ts';

const crm = { id: '/opt/crm', name: 'crm' };

function open() {
  const agent = fakeBridge();
  const clock = new FakeClock();
  const intake = new LinkIntake({ bridge: agent.bridge, clock, findOrigin: async (pid) => (pid === 7 ? crm : null) });
  return { ...agent, clock, intake };
}

const wish = (text: string, origin: typeof crm | null = null) => ({ source: 'link', text, origin });

describe('links that open Offhook', () => {
  it('are found among the arguments, whatever else is there', () => {
    expect(linksIn(['/opt/offhook', '--', 'tel:112'])).toEqual(['tel:112']);
    expect(linksIn(['tel:112'])).toEqual([]);
    expect(linksIn(['x', '--flag=tel:1', 'file.txt', 'SIP:a@b', 'callto:1', 'javascript:x'])).toEqual([
      'SIP:a@b',
      'callto:1',
    ]);
    expect(parentOf({ parent: 7 })).toBe(7);
    for (const told of [null, undefined, {}, { parent: '7' }, 7]) expect(parentOf(told)).toBeNull();
  });

  it('go to the agent with the program that opened them', async () => {
    const { intake, connect, asked } = open();
    connect();
    intake.open('tel:112', 7);
    await settle();
    intake.open('tel:103', null);
    await settle();
    expect(asked()).toEqual([wish('tel:112', crm), wish('tel:103')]);
  });

  it('wait for an agent that is not there yet, and come in their order', async () => {
    const { intake, connect, asked } = open();
    intake.open('tel:1', 7);
    intake.open('tel:2', null);
    await settle();
    expect(asked()).toEqual([]);
    connect();
    await settle();
    expect(asked()).toEqual([wish('tel:1', crm), wish('tel:2')]);
  });

  it('wait for a line to register after the start, but not for ever', async () => {
    const { intake, connect, asked, setRegistered, clock } = open();
    setRegistered(false);
    connect();
    intake.open('tel:1', null);
    await settle();
    expect(asked()).toEqual([]);
    setRegistered(true);
    await settle();
    expect(asked()).toHaveLength(1);
    setRegistered(false);
    intake.open('tel:2', null);
    await settle();
    clock.advance(8_000);
    await settle();
    expect(asked()).toHaveLength(2);
    expect(clock.pendingTimers).toBe(0);
  });

  it('are sent again when the agent went away, and only then', async () => {
    const { intake, connect, asked, fail } = open();
    connect();
    fail(new OffhookError('bridge.closed'));
    intake.open('tel:1', null);
    await settle();
    fail(new OffhookError('dial.refused-premium'));
    connect(false);
    connect();
    await settle();
    expect(asked()).toHaveLength(2);
    connect();
    await settle();
    expect(asked()).toHaveLength(2);
  });
});
