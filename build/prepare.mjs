// Runs before every npm script, on whatever Node there is, so: no syntax that an old one could not read.
import path from 'path';
import process from 'process';
import { fileURLToPath } from 'url';
import { installDependencies } from './prepare/dependencies.mjs';
import { requireNodeForInstall, requireNodeForRun } from './prepare/node-version.mjs';
import { provideSystemPackages } from './prepare/system-packages.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const wants = (name) => process.argv.includes(name);

requireNodeForInstall(process.version);
installDependencies(root);
requireNodeForRun(root, process.version);
if (wants('--peers')) provideSystemPackages(false);
else if (wants('--browser')) provideSystemPackages(true);
