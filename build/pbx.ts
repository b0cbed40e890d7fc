// `npm run pbx -- CONFIGURATION.jsonc`: the exchange alone, in the foreground; without a file a demo.
import '#servers/pbx/main.ts';
