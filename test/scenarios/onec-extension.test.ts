import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { operations } from '#contract/local-api/index.ts';
import { readBslModule, type BslModule } from '#test/support/bsl/bsl-module.ts';
import { runBsl } from '#test/support/bsl/run-bsl.ts';

const root = fileURLToPath(new URL('../../addins/onec/extension', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
  statSync(path.join(root, file)).isFile(),
);
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const descriptions = files.filter((file) => file.endsWith('.xml'));
const sources = files.filter((file) => file.endsWith('.bsl'));
const modules = new Map<string, BslModule>(sources.map((file) => [file, readBslModule(read(file))]));
const common = new Map(
  [...modules].flatMap(([file, module]) => {
    const name = /^CommonModules\/(.+)\/Ext\/Module\.bsl$/.exec(file)?.[1];
    return name === undefined ? [] : [[name, module] as const];
  }),
);

/** Functions of the platform that are used, each documented as there for the thin client or for the server. */
const platform = new Set(
  `ПодключитьОбработчикОжидания ОтключитьОбработчикОжидания ПоказатьПредупреждение ПоказатьВопрос ПоказатьВводСтроки
  ПоказатьВводЧисла ПоказатьЗначение ПоказатьОповещениеПользователя ПолучитьНавигационнуюСсылку ЗначениеЗаполнено ТипЗнч Тип
  ТекущаяДата Дата ИмяКомпьютера ПрочитатьJSON ЗаполнитьЗначенияСвойств ПравоДоступа СтрЗаменить СтрРазделить СтрДлина
  СтрНайти Сред Лев Прав КодСимвола Цел`.split(/\s+/),
);
const types = new Set(
  `Структура Соответствие Массив СписокЗначений ОписаниеОповещения Запрос HTTPСоединение HTTPЗапрос ИнтернетПрокси
  ЧтениеJSON`.split(/\s+/),
);
const identifier = /^[А-ЯЁа-яё_][А-ЯЁа-яё_0-9]*$/;

describe('the dump of the extension for 1C', () => {
  it('is XML throughout, with the mark that the Configurator writes first', () => {
    for (const file of files) expect(read(file).startsWith('\ufeff'), file).toBe(true);
    for (const file of descriptions)
      execFileSync('python3', ['-c', 'import sys, xml.dom.minidom as m; m.parse(sys.argv[1])', path.join(root, file)]);
  });

  it('names each object once, by an identifier of its own', () => {
    const ids = descriptions.flatMap((file) =>
      [...read(file).matchAll(/ uuid="([^"]+)"|<xr:ObjectId>([^<]+)</g)].map((match) => match[1] ?? match[2]),
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('has a file for each object of its list, and none besides', () => {
    const folders: Record<string, string> = {
      ...{ Language: 'Languages', Subsystem: 'Subsystems', Role: 'Roles' },
      ...{ CommonModule: 'CommonModules', CommonCommand: 'CommonCommands' },
    };
    const list = /<ChildObjects>([\s\S]*)<\/ChildObjects>/.exec(read('Configuration.xml'))?.[1] ?? '';
    const objects = [...list.matchAll(/<(\w+)>([^<]+)</g)].map(
      ([, kind = '', name = '']) => `${folders[kind]}/${name}.xml`,
    );
    expect(descriptions.filter((file) => !file.includes('/Ext/')).sort()).toEqual(
      [...objects, 'Configuration.xml'].sort(),
    );
    for (const file of objects) {
      const name = path.basename(file, '.xml');
      expect(read(file)).toContain(`<Name>${name}</Name>`);
      expect(name).toMatch(identifier);
      if (!file.startsWith('Languages')) expect(name).toMatch(/^Офхук_/);
    }
  });

  it('gives everybody the right to its commands, and shows those without a parameter in its section', () => {
    const commands = files.flatMap((file) => /^CommonCommands\/([^/]+)\.xml$/.exec(file)?.[1] ?? []);
    expect(commands).toHaveLength(4);
    const rights = read('Roles/Офхук_Пользователь/Ext/Rights.xml');
    const section = read('Subsystems/Офхук_Телефон.xml');
    for (const command of commands) {
      expect(files).toContain(`CommonCommands/${command}/Ext/CommandModule.bsl`);
      expect(rights).toContain(`<name>CommonCommand.${command}</name>`);
      const ofForm = read(`CommonCommands/${command}.xml`).includes('<v8:TypeSet>cfg:CatalogRef</v8:TypeSet>');
      expect(section.includes(`CommonCommand.${command}<`)).toBe(!ofForm);
    }
  });
});

describe('the sources in 1C’s language', () => {
  it('have methods with names of their own and blocks that end', () => {
    for (const [file, { methods }] of modules) {
      expect(methods.length, file).toBeGreaterThan(0);
      expect(new Set(methods.map(({ name }) => name)).size, file).toBe(methods.length);
      for (const { name } of methods) expect(name.replace(/JSON$/, ''), file).toMatch(identifier);
    }
  });

  it('call what there is: methods that are exported, with as many arguments, and functions of the platform', () => {
    const unknown: string[] = [];
    for (const [file, { methods, calls }] of modules) {
      for (const { of, name, arguments: given, line } of calls) {
        const place = `${file}:${line} ${of === null ? '' : `${of}.`}${name}`;
        const target =
          of === null
            ? methods.find((one) => one.name === name)
            : common.get(of)?.methods.find((one) => one.name === name);
        if (of === null && !target && !platform.has(name)) unknown.push(place);
        if (of !== null && common.has(of) && !target?.exported) unknown.push(place);
        if (target && given > target.parameters.length) unknown.push(`${place}: too many arguments`);
        if (target && given < target.parameters.length) unknown.push(`${place}: too few arguments`);
      }
    }
    expect(unknown).toEqual([]);
  });

  it('make nothing but what the platform has', () => {
    for (const [file, { made }] of modules)
      expect(
        made.filter((type) => !types.has(type)),
        file,
      ).toEqual([]);
  });

  it('name handlers that are there', () => {
    const client = common.get('Офхук_Клиент');
    const application = modules.get('Ext/ManagedApplicationModule.bsl');
    const exported = new Set(
      [...(client?.methods ?? []), ...(application?.methods ?? [])]
        .filter((one) => one.exported)
        .map(({ name }) => name),
    );
    const handlers = [...modules.values()].flatMap(({ texts }) =>
      texts.filter((text) => /^(После[А-Я]|Офхук_)\S+$/.test(text)),
    );
    expect(handlers.length).toBeGreaterThan(5);
    expect(handlers.filter((name) => !exported.has(name))).toEqual([]);
  });

  it('keep what needs the base on the server, and what needs the screen off it', () => {
    const server = common.get('Офхук_ВызовСервера');
    const onScreen = /^(Показать|ПодключитьОбработчик)/;
    expect(server?.calls.filter(({ name }) => onScreen.test(name))).toEqual([]);
    const clientOnly = [common.get('Офхук_Клиент'), common.get('Офхук_КлиентПовтИсп')];
    expect(clientOnly.flatMap((module) => module?.made ?? [])).not.toContain('Запрос');
    expect(common.get('Офхук_РазборКлиентСервер')?.made.sort()).toEqual(['Массив']);
  });
});

describe('the logic of the extension, run outside of 1C', () => {
  const logic = runBsl(read('CommonModules/Офхук_РазборКлиентСервер/Ext/Module.bsl'));
  const call = (name: string, ...given: unknown[]) => {
    const method = logic[name];
    if (!method) throw new Error(`no ${name}`);
    return method(...given);
  };

  it('asks the local API for what it has', () => {
    expect(call('ПутьЗвонков')).toBe(`/v1${operations['calls.list'].path}`);
    expect(call('ПутьЗвонков')).toBe(`/v1${operations['calls.place'].path}`);
    expect(call('ПутьПодключения', '')).toBe(`/v1${operations['pairing.begin'].path}`);
    expect(call('ПутьПодключения', 'abc')).toBe(`/v1${operations['pairing.await'].path.replace('{pairingId}', 'abc')}`);
  });

  it.each(['+7 (495) 123-45-67, доб. 12', '"; DROP', 'a\\b', 'строка\n\tвторая\u0001', '🙂'])(
    'builds bodies that are JSON of the right shape: %j',
    (text) => {
      const dialled = operations['calls.place'].body.parse(JSON.parse(String(call('ТелоЗвонка', text))));
      expect(dialled).toEqual({ text, lineId: null });
      const paired = operations['pairing.begin'].body.parse(JSON.parse(String(call('ТелоПодключения', `1С ${text}`))));
      expect(paired).toEqual({ name: `1С ${text}`.trim(), scopes: ['calls:read', 'calls:dial'] });
    },
  );

  it('compares numbers by their last digits, however they are written', () => {
    expect(call('ПоследниеЦифры', '+7 (495) 123-45-67', 10)).toBe('4951234567');
    expect(call('ПоследниеЦифры', '84951234567', 10)).toBe('4951234567');
    expect(call('ПоследниеЦифры', '102', 10)).toBe('102');
    expect(call('ПоследниеЦифры', '', 10)).toBe('');
  });

  it('tells once of each call that rings', () => {
    const ringing = { id: 'a', direction: 'incoming', state: 'offering' };
    const calls = [
      ringing,
      { ...ringing, id: 'b' },
      { ...ringing, id: 'c', direction: 'outgoing' },
      { ...ringing, id: 'd', state: 'connected' },
    ];
    expect(call('НовыеВходящие', calls, { b: true })).toEqual([ringing]);
  });

  it.each([
    [{ name: 'Иванов', firm: 'Ромашка', display: '+7 495' }, 'Иванов (Ромашка), +7 495'],
    [{ name: 'Ромашка', firm: 'Ромашка', display: '+7 495' }, 'Ромашка, +7 495'],
    [{ name: null, firm: null, display: '+7 495' }, '+7 495'],
    [{ name: undefined, display: '' }, 'Номер скрыт'],
  ])('says who rings: %j', (ringing, words) => expect(call('КтоЗвонит', ringing)).toBe(words));
});
