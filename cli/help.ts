import type { Command, Option } from './commands/command.ts';
import { commonOptions } from './parse-arguments.ts';
import type { Words } from './words/words.ts';

const short: Record<string, string> = { help: '-h, ', version: '-V, ' };

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n');
}

function optionRows(options: Readonly<Record<string, Option>>, words: Words) {
  return Object.entries(options).map(([name, { type, text }]) => {
    const value = type === 'string' ? ` <${name}>` : '';
    return [`${short[name] ?? ''}--${name}${value}`, words.options[text]] as const;
  });
}

export function overview(commands: readonly Command[], words: Words): string {
  const rows = commands.map(({ name }) => [name, words.summaries[name]] as const);
  const options = optionRows({ ...commonOptions, version: { type: 'boolean', text: 'version' } }, words);
  const { overview: texts } = words;
  return [
    `${words.usage} offhook <${words.command}>`,
    `${texts.commands}\n${table(rows)}`,
    `${texts.options}\n${table(options)}`,
    texts.more,
  ].join('\n\n');
}

export function helpOf(command: Command, words: Words): string {
  const usage = `${words.usage} offhook ${command.name} ${command.usage(words)}`.trimEnd();
  const options = table(optionRows({ ...command.options, ...commonOptions }, words));
  return [
    usage,
    `${words.summaries[command.name]}\n${words.help[command.name]}`,
    `${words.overview.options}\n${options}`,
  ].join('\n\n');
}
