import path from 'node:path';

/** Who may import whom; the reasons are in docs/ARCHITECTURE.md. */
const layers = {
  contract: [],
  core: ['contract'],
  electron: ['core', 'contract'],
  web: ['core', 'contract'],
  cli: ['core', 'contract'],
  renderer: ['contract'],
  servers: ['contract', 'core/sip', 'core/media', 'core/storage', 'core/foundation'],
  addins: ['contract'],
  build: ['contract', 'core', 'web', 'electron', 'cli', 'servers', 'addins', 'test'],
  test: ['contract', 'core', 'web', 'electron', 'cli', 'servers', 'renderer', 'build'],
};

/** Packages that only some folders may know. */
const packages = [
  { name: /^electron($|\/)/, allowed: [/^electron\//], what: 'Electron' },
  { name: /^sip\.js($|\/)/, allowed: [/^core\/sip\//, /^servers\/pbx\/sip\//], what: 'sip.js' },
  { name: /^werift($|\/)/, allowed: [/^core\/media\//], what: 'werift' },
  { name: /^ldapts$/, allowed: [/^core\/contacts\/directories\/ldap\//, /^test\//], what: 'ldapts' },
  { name: /^(fastify|@fastify\/.*)$/, allowed: [/^core\/office\/local-api\//, /^test\//], what: 'Fastify' },
  { name: /^better-sqlite3$/, allowed: [/^core\/.*sqlite|^core\/storage\//, /^servers\//, /^test\//], what: 'better-sqlite3' },
  { name: /^(vue|pinia|vue-i18n|reka-ui|@lucide\/vue)$/, allowed: [/^renderer\//, /^addins\//], what: 'the window library' },
];
const contractPackages = /^zod$/;
// An adapter is named <technology>-<port>.ts and is wired by the composition root alone.
// Everything is wired in the root and its parts.
const compositionRoot = /^core\/(composition-root\.ts|composition\/)/;
const adapter = /\/(fastify|nss|windows|linux|xdg|ldap|carddav|vcard|sheet(?=-directory)|graph|onec|outlook|pbx|sqlite|sip-js|file|memory|worker|werift|websocket|node|key-store|pino|relay|window)-[a-z-]+\.ts$/;

function target(from, source) {
  if (source.startsWith('#')) return source.slice(1);
  if (source.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(from), source));
  return null;
}

function problem(file, source) {
  const [layer, feature] = file.split('/');
  if (!(layer in layers)) return null;
  const to = target(file, source);
  const isTest = /\.test(-support)?\.ts$/.test(file) || layer === 'test';
  if (to === null) {
    if (layer === 'contract' && !contractPackages.test(source) && !isTest) return `contract may import zod only, not ${source}`;
    const rule = packages.find((entry) => entry.name.test(source));
    if (rule && !rule.allowed.some((allowed) => allowed.test(file))) return `${rule.what} is not known in ${layer}/`;
    return null;
  }
  if (/^(\.\.\/){2}/.test(source)) return 'no ../../: use a #layer/ import';
  const [toLayer, toFeature] = to.split('/');
  if (!(toLayer in layers)) return null;
  if (toLayer !== layer) {
    const allowed = [...layers[layer], ...(isTest ? ['test'] : [])];
    const whole = allowed.some((entry) => to === entry || to.startsWith(`${entry}/`));
    if (!whole) return `${layer} may not import ${toLayer}${toFeature ? `/${toFeature}` : ''}`;
  }
  if (toLayer === 'core' && layer === 'core' && !isTest && !compositionRoot.test(file) && feature !== toFeature) {
    if (feature === 'foundation') return 'foundation imports nothing of core';
    if (!to.endsWith('/index.ts')) return `import ${toFeature} through its index.ts`;
  }
  if (toLayer === 'core' && layer === 'core' && !isTest && !compositionRoot.test(file) && adapter.test(to)) {
    // Neighbours inside one adapter's own folder may know each other.
    if (path.posix.dirname(to) !== path.posix.dirname(file) || file.endsWith('/index.ts'))
      return 'only composition-root.ts imports adapters';
  }
  return null;
}

export default {
  rules: {
    boundaries: {
      meta: { type: 'problem', schema: [] },
      create(context) {
        const file = path.relative(context.cwd, context.filename).split(path.sep).join('/');
        const check = (node) => {
          if (!node.source || typeof node.source.value !== 'string') return;
          const message = problem(file, node.source.value);
          if (message) context.report({ node: node.source, message });
        };
        return {
          ImportDeclaration: check,
          ExportNamedDeclaration: check,
          ExportAllDeclaration: check,
          ImportExpression: check,
        };
      },
    },
  },
  problem,
};
