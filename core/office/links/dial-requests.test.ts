import { describe, expect, it } from 'vitest';
import { crm, firefox, openDialDesk } from './dial-requests.test-support.ts';

const number = '+7 495 123-45-67';
const link = 'tel:+74951234567';

it('dials on the line that was named, at once or with the user’s word', async () => {
  const { dialDesk, lines, calls } = await openDialDesk();
  const lineId = lines.snapshots().at(-1)!.id;
  const { callId } = dialDesk.open({ source: 'command-line', text: number, origin: null, lineId });
  expect(calls.required(callId!).lineId).toBe(lineId);
  const { requestId } = dialDesk.open({ source: 'link', text: link, origin: crm, lineId });
  expect(calls.required(dialDesk.dial(requestId!, 0, false).callId).lineId).toBe(lineId);
  expect(() => dialDesk.open({ source: 'command-line', text: number, origin: null, lineId: 'none' })).toThrow(
    'line.unknown',
  );
});

describe('a link', () => {
  it('is asked for first: what will be dialled, who it is, which rule changed it, and who asks', async () => {
    const { open, dialDesk, targets, windows } = await openDialDesk();
    const { callId, requestId } = open('link', 'tel:8(495)123-45-67;ext=12', crm);
    expect(callId).toBeNull();
    expect(targets()).toEqual([]);
    expect(windows()).toBe(1);
    expect(dialDesk.list()).toEqual([
      {
        id: requestId,
        source: 'link',
        origin: crm,
        canTrust: true,
        requestedAt: expect.any(Number),
        candidates: [
          {
            text: '+74951234567,12',
            written: '8(495)123-45-67;ext=12',
            display: number,
            extension: '12',
            rules: ['trunk-prefix'],
            emergency: false,
            warnings: [],
            name: 'Анна Смирнова',
            refusal: null,
          },
        ],
      },
    ]);
  });

  it('dials with the user’s word, once, and is what redialling dials', async () => {
    const { open, dialDesk, targets, redial, services } = await openDialDesk();
    const { requestId } = open('link', `${link};ext=12`, crm);
    const { callId } = dialDesk.dial(requestId!, 0, false);
    expect(services.calls.find(callId)!.snapshot().pendingDigits).toBe('12');
    expect(dialDesk.list()).toEqual([]);
    expect(() => dialDesk.dial(requestId!, 0, false)).toThrow(expect.objectContaining({ code: 'dial.request-gone' }));
    expect(targets()).toEqual(['+74951234567']);
    redial.redial(services);
    expect(targets()).toHaveLength(2);
  });

  it('dials at once for a program that is trusted, until it is not', async () => {
    const { open, dialDesk, document } = await openDialDesk();
    dialDesk.dial(open('link', link, crm).requestId!, 0, true);
    expect(dialDesk.trusted()).toEqual([crm]);
    expect(document.value).toEqual({ version: 1, trusted: [crm] });
    expect(open('link', 'tel:+74957654321', crm)).toEqual({ callId: expect.any(String), requestId: null });
    expect(open('link', 'tel:+74957654321', { id: '/opt/other', name: 'CRM' }).requestId).not.toBeNull();
    await dialDesk.distrust(crm.id);
    expect(open('link', 'tel:+74957654322', crm).callId).toBeNull();
  });

  it('is asked for all the same where a trusted program wants a number that costs', async () => {
    const { open, dialDesk, trustedPrograms } = await openDialDesk();
    await trustedPrograms.add(crm);
    for (const [text, warning] of [
      ['tel:88091234567', 'premium'],
      ['tel:+442071234567', 'international'],
      ['tel:+8816123456789', 'satellite'],
      ['tel:*21*89161234567%23', 'feature-code'],
    ] as const) {
      expect(open('link', text, crm).callId).toBeNull();
      expect(dialDesk.list().at(-1)!.candidates[0]!.warnings).toContain(warning);
    }
  });

  it('dials at once for every program where the user wants that, but never for a web page', async () => {
    const { open, targets } = await openDialDesk({ linkDialling: 'dial' });
    expect(open('link', link, crm).callId).not.toBeNull();
    expect(open('link', 'tel:+74957654321', firefox).requestId).not.toBeNull();
    expect(open('link', 'tel:+74957654322', null).requestId).not.toBeNull();
    expect(open('link', 'tel:+74957654323', { id: null, name: 'CRM' }).requestId).not.toBeNull();
    expect(open('browser', number, crm).requestId).not.toBeNull();
    expect(targets()).toHaveLength(1);
  });

  it('never makes a web browser trusted', async () => {
    const { open, dialDesk } = await openDialDesk();
    dialDesk.dial(open('link', link, firefox).requestId!, 0, true);
    dialDesk.dial(open('link', link, null).requestId!, 0, true);
    expect(dialDesk.trusted()).toEqual([]);
  });

  it('that a click opened twice dials once', async () => {
    const { open, targets, clock } = await openDialDesk({ linkDialling: 'dial' });
    const first = open('link', link, crm);
    clock.advance(1_900);
    expect(open('link', link, crm)).toEqual(first);
    clock.advance(200);
    expect(open('link', link, crm).callId).not.toBe(first.callId);
    expect(targets()).toHaveLength(2);
  });

  it('of a flood is asked for, and the flood is refused', async () => {
    const { open, dialDesk, targets } = await openDialDesk({ linkDialling: 'dial' });
    const flood = (from: number) => Array.from({ length: 9 }, (_, index) => `tel:+7495123${4000 + from + index}`);
    const outcomes = flood(0).map((text) => open('link', text, crm));
    expect(outcomes.map(({ callId }) => callId !== null)).toEqual([...Array(4).fill(true), ...Array(5).fill(false)]);
    expect(dialDesk.list()).toHaveLength(5);
    expect(() => open('link', 'tel:+74951239999', crm)).toThrow(expect.objectContaining({ code: 'dial.too-many' }));
    expect(targets()).toHaveLength(4);
  });

  it('asked for again keeps its question, and forgotten questions make room', async () => {
    const { open, dialDesk, clock } = await openDialDesk();
    const { requestId } = open('link', link, crm);
    expect(open('link', link, crm).requestId).toBe(requestId);
    for (const digit of [1, 2, 3, 4]) open('link', `tel:+7495123456${digit}`, crm);
    clock.advance(6 * 60_000);
    const newest = open('link', 'tel:+74951234569', crm).requestId;
    expect(dialDesk.list()).toHaveLength(5);
    expect(dialDesk.list().at(-1)!.id).toBe(newest);
  });

  it('that cannot be dialled is refused, and told of on the screen', async () => {
    const { open, dialDesk, settings } = await openDialDesk();
    await settings.set({ premiumDialling: 'refuse', internationalDialling: 'refuse' });
    const refused = [
      ['tel:88091234567', 'dial.refused-premium'],
      ['tel:+442071234567', 'dial.refused-international'],
      ['tel:+74951234567%0d%0aRoute:x', 'dial.refused-unreadable'],
    ];
    for (const [text, code] of refused) {
      expect(() => open('link', text!, crm)).toThrow(expect.objectContaining({ code }));
      const { id, candidates } = dialDesk.list().at(-1)!;
      expect(candidates[0]!.refusal!.code).toBe(code);
      expect(() => dialDesk.dial(id, 0, false)).toThrow(expect.objectContaining({ code }));
    }
  });

  it('that no line can dial yet is asked for, not lost', async () => {
    const { open, dialDesk, lines } = await openDialDesk({ linkDialling: 'dial' });
    for (const { id } of lines.snapshots()) await lines.remove(id);
    expect(open('link', link, crm).requestId).toBe(dialDesk.list()[0]!.id);
    expect(() => open('command-line', number)).toThrow(expect.objectContaining({ code: 'line.none' }));
  });

  it('stays on the screen while it cannot be dialled', async () => {
    const { open, dialDesk } = await openDialDesk();
    const { requestId } = open('link', link, crm);
    for (let index = 0; index < 8; index += 1) open('command-line', '204');
    expect(() => dialDesk.dial(requestId!, 0, false)).toThrow(expect.objectContaining({ code: 'call.limit-reached' }));
    expect(dialDesk.list()).toHaveLength(1);
    dialDesk.dismiss(requestId!);
    expect(dialDesk.list()).toEqual([]);
  });
});

describe('an emergency number', () => {
  it('dials at once by a link of a program, by keys, from the command line and from a sheet, whatever the rules', async () => {
    const { open, targets } = await openDialDesk({ premiumDialling: 'refuse', internationalDialling: 'refuse' });
    expect(open('link', 'tel:112', crm).callId).not.toBeNull();
    expect(open('program', '103', { id: 'program:1', name: 'Pult' }).callId).not.toBeNull();
    expect(open('command-line', '101').callId).not.toBeNull();
    expect(open('sheet', '102').callId).not.toBeNull();
    expect(targets()).toEqual(['112', '103', '101', '102']);
  });

  it('knows no limit', async () => {
    const { open, dialDesk, targets } = await openDialDesk({ linkDialling: 'dial' });
    for (let index = 0; index < 9; index += 1) open('link', `tel:+7495123400${index}`, crm);
    expect(open('link', 'tel:112', crm).callId).not.toBeNull();
    expect(targets().at(-1)).toBe('112');
    const { requestId } = open('link', 'tel:112', firefox);
    expect(dialDesk.list().at(-1)!.id).toBe(requestId);
  });

  it('of a web page is asked for like all that a page may want', async () => {
    const { open, dialDesk, targets } = await openDialDesk({ linkDialling: 'dial' });
    const outcomes = [open('link', 'tel:112', firefox), open('link', 'tel:103'), open('browser', '112')];
    expect(outcomes.every(({ callId }) => callId === null)).toBe(true);
    expect(dialDesk.list().map(({ candidates }) => candidates[0]!.emergency)).toEqual([true, true, true]);
    expect(targets()).toEqual([]);
  });
});

describe('a selected text', () => {
  const text = 'Иванов: 8 495 123-45-67 доб. 12\nмоб. +7 (916) 765-43-21, Лондон +44 20 7123 4567';

  it('is shown with all its numbers, as they are written there', async () => {
    const { open, dialDesk, targets } = await openDialDesk();
    open('selection', text);
    const { candidates } = dialDesk.list()[0]!;
    expect(candidates.map(({ text: dials }) => dials)).toEqual(['+74951234567,12', '+79167654321', '+442071234567']);
    expect(candidates.map(({ written }) => written)).toEqual([
      '8 495 123-45-67',
      '+7 (916) 765-43-21',
      '+44 20 7123 4567',
    ]);
    expect(targets()).toEqual([]);
    dialDesk.dial(dialDesk.list()[0]!.id, 1, false);
    expect(targets()).toEqual(['+79167654321']);
  });

  it('shows what may not be dialled behind what may', async () => {
    const { open, dialDesk } = await openDialDesk({ internationalDialling: 'refuse' });
    open('selection', '+44 20 7123 4567, 8 495 123-45-67');
    expect(dialDesk.list()[0]!.candidates.map(({ refusal }) => refusal?.code ?? null)).toEqual([
      null,
      'dial.refused-international',
    ]);
  });

  it('without a number says so; a copied one is silent', async () => {
    const { open, dialDesk } = await openDialDesk();
    expect(() => open('clipboard', 'Добрый день!')).toThrow(expect.objectContaining({ code: 'dial.no-number' }));
    expect(dialDesk.list()).toEqual([]);
    expect(() => open('selection', 'Добрый день!')).toThrow(expect.objectContaining({ code: 'dial.no-number' }));
    expect(dialDesk.list()[0]!.candidates[0]!.refusal!.code).toBe('dial.no-number');
  });

  it('of many lines is read to its end', async () => {
    const { open, dialDesk } = await openDialDesk();
    open('selection', `${'Строка без номера.\n'.repeat(900)}8 495 123-45-67`);
    expect(dialDesk.list()[0]!.candidates).toHaveLength(1);
    open('selection', `${'Слова без номера, '.repeat(700)}8 495 123-45-67`);
    expect(dialDesk.list()[1]!.candidates).toHaveLength(1);
  });
});

describe('another program', () => {
  const paired = { id: 'program:1', name: 'Склад' };

  it('is asked for until it is trusted', async () => {
    const { open, dialDesk } = await openDialDesk({ linkDialling: 'dial' });
    const { requestId } = open('program', '8 (495) 123-45-67 доб. 12', paired);
    dialDesk.dial(requestId!, 0, true);
    expect(open('program', '84957654321', paired).callId).not.toBeNull();
    expect(open('program', '88091234567', paired).callId).toBeNull();
  });

  it('gets no further with a header in its number', async () => {
    const { open, targets } = await openDialDesk();
    for (const text of ['+74951234567\r\nRoute: <sip:evil.example>', 'sip:a@pbx.example\nVia: x', '1\u0000'])
      expect(() => open('program', text, paired)).toThrow(expect.objectContaining({ code: 'dial.refused-unreadable' }));
    expect(() => open('command-line', 'нет номера')).toThrow(expect.objectContaining({ code: 'number.unreadable' }));
    expect(targets()).toEqual([]);
  });

  it('named by a stranger is shown without deceit', async () => {
    const { open, dialDesk } = await openDialDesk();
    open('program', '84951234567', { id: 'program:2', name: `Bank\u202e\n${'x'.repeat(150)}` });
    expect(dialDesk.list()[0]!.origin!.name).toHaveLength(100);
    expect(dialDesk.list()[0]!.origin!.name).not.toMatch(/[\u202e\n]/);
  });
});

describe('the command line and a sheet', () => {
  it('dial at once what costs no more than usual, and ask for the rest', async () => {
    const { open, calledCountries, dialDesk } = await openDialDesk({ usualCountries: 'KZ' });
    expect(open('command-line', 'tel:84951234567').callId).not.toBeNull();
    expect(open('sheet', '8 (495) 765-43-21\nспросить Анну').callId).not.toBeNull();
    expect(open('command-line', '+77011234567').callId).not.toBeNull();
    expect(open('sheet', '+442071234567').requestId).not.toBeNull();
    expect(open('command-line', '*72').requestId).not.toBeNull();
    calledCountries.note({ number: '+442079999999' });
    open('sheet', '+442071234568');
    expect(dialDesk.list().map(({ candidates }) => candidates[0]!.warnings)).toEqual([
      ['international', 'unusual'],
      ['feature-code'],
      ['international'],
    ]);
  });
});
