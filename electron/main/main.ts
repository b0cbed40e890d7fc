import path from 'node:path';
import {
  app, BrowserWindow, clipboard, dialog, globalShortcut, ipcMain, Menu, MessageChannelMain, nativeImage, Notification, protocol,
  safeStorage, session, shell, Tray, utilityProcess,
} from 'electron';
import type { ErrorCode } from '#contract/errors.ts';
import { findComHelper } from '#core/composition/find-com-helper.ts';
import { findLinkCommand } from '#core/composition/open-link-registration.ts';
import { openProgramFinder, openSelection, type Selection } from '#core/composition/open-selection.ts';
import { systemClock } from '#core/foundation/index.ts';
import { findOrigin } from '#core/office/links/index.ts';
import { ElectronGlobalKeys } from '../adapters/electron-global-keys.ts';
import { hasKeyStore, SafeStorageVault } from '../adapters/safe-storage-vault.ts';
import { bridgeChannel, pageOrigin, pageScheme } from '../channels.ts';
import type { DemoAccount, FromAgent } from '../messages.ts';
import { PortBridge } from '../preload/port-bridge.ts';
import { AgentHost } from './agent-host.ts';
import { CallNotifications, type Notifier } from './call-notifications.ts';
import { ClipboardWatch } from './clipboard-watch.ts';
import { DialKey } from './dial-key.ts';
import { linksIn, parentOf, type SecondStart } from './link-arguments.ts';
import { LinkIntake } from './link-intake.ts';
import { guardNavigation } from './navigation.ts';
import { servePage } from './page-protocol.ts';
import { guardPermissions } from './permissions.ts';
import { proxyAddress } from './proxy-address.ts';
import { RequestAttention } from './request-attention.ts';
import { StarterLink } from './starter-link.ts';
import { mainWords } from './words.ts';

// The composition root of Electron's main process: bundled as dist/electron/main.js.
const here = import.meta.dirname;
const dataDirectory = process.env.OFFHOOK_DATA ?? app.getPath('userData');

/** More threads than Node's four for disks and the names of hosts: a share that does not answer keeps some for minutes. */
const agentEnvironment = { UV_THREADPOOL_SIZE: '16', ...process.env };

/** Behind `--` nothing is a switch of Chromium's, whatever stands in the link. */
const ownLinkCommand = [process.execPath, ...(app.isPackaged ? [] : [import.meta.filename]), '--'];

/** Started from its sources, Offhook needs its starter, which the command line knows. */
function linkCommand(): readonly string[] {
  const node = app.isPackaged ? undefined : process.env.OFFHOOK_NODE;
  return (node && findLinkCommand(new URL('../', import.meta.url), node).linkCommand) || ownLinkCommand;
}

const notifier: Notifier = {
  show(title, body, onClick) {
    const notification = new Notification({ title, body, urgency: 'critical' });
    notification.on('click', onClick);
    notification.show();
    return () => notification.close();
  },
};

class Shell {
  private readonly words = mainWords(app.getLocale());
  private readonly bridge = new PortBridge();
  private readonly agent: AgentHost;
  private window: BrowserWindow | null = null;
  private tray: Tray | null = null;
  private quitting = false;
  private readonly links: LinkIntake;
  private readonly clipboardWatch: ClipboardWatch;
  private readonly dialKey: DialKey;
  private selection: Promise<Selection> | null = null;
  private readonly starter: StarterLink;
  /** At the first start, once. */
  private testCallDue: boolean;

  constructor(starter: StarterLink, demo: DemoAccount | null) {
    this.starter = starter;
    this.testCallDue = demo !== null && process.env.OFFHOOK_TEST_CALL === '1';
    this.agent = new AgentHost({
      fork: () => utilityProcess.fork(path.join(here, 'agent.js'), [], { serviceName: 'Offhook agent', env: agentEnvironment }),
      start: {
        kind: 'start',
        dataDirectory,
        version: app.getVersion(),
        demo,
        keyStore: hasKeyStore(safeStorage, process.platform),
        linkCommand: linkCommand(),
      },
      vault: new SafeStorageVault(safeStorage, path.join(dataDirectory, 'key-store.json')),
      findProxy: async (url) => proxyAddress(await session.defaultSession.resolveProxy(url)),
      onMessage: (message) => this.agentSays(message),
      onRestarted: () => this.connectAll(),
      onGaveUp: () => this.fail(this.words.agentDies),
      now: () => performance.now(),
    });
    const { bridge } = this;
    const finder = openProgramFinder({ platform: process.platform, helper: this.helper });
    this.links = new LinkIntake({ bridge, findOrigin: (pid) => findOrigin(finder, pid), clock: systemClock });
    this.clipboardWatch = new ClipboardWatch({ bridge, readText: () => clipboard.readText(), clock: systemClock });
    this.dialKey = new DialKey({
      bridge,
      keys: new ElectronGlobalKeys(globalShortcut),
      readSelection: () => this.clipboardWatch.during(() => this.readSelection()),
      tell: (what) => this.tellOfKey(what),
      clock: systemClock,
    });
  }

  run(): void {
    protocol.handle(pageScheme, (request) => servePage(path.join(here, '..', 'renderer'), request));
    guardPermissions(session.defaultSession);
    this.agent.start();
    this.makeTray();
    this.makeWindow();
    this.connectMain();
    ipcMain.on(bridgeChannel, (event) => {
      // Only our page's main frame gets a way to the agent.
      const ours = event.sender === this.window?.webContents && event.senderFrame === this.window.webContents.mainFrame;
      if (ours && event.senderFrame?.url.startsWith(`${pageOrigin}/`)) this.connectWindow();
    });
    this.notifications().follow(this.bridge);
    new RequestAttention({ notifier, showWindow: (focused) => this.showQuestion(focused), words: this.words }).follow(this.bridge);
    this.dialKey.follow();
    this.clipboardWatch.follow();
  }

  /** @param pid of whoever opened them; null where nobody knows */
  openLinks(links: readonly string[], pid: number | null): void {
    for (const link of links) this.links.open(link, pid);
  }

  show(): void {
    this.window?.show();
    this.window?.focus();
  }

  async quit(): Promise<void> {
    if (this.quitting) return;
    this.quitting = true;
    this.dialKey.dispose();
    this.clipboardWatch.dispose();
    await this.agent.stop(4000);
    app.exit();
  }

  private get helper(): readonly string[] | undefined {
    return findComHelper(new URL('../', import.meta.url)).outlookHelper;
  }

  private async readSelection(): Promise<string> {
    const { platform, env: environment } = process;
    this.selection ??= openSelection({ platform, environment, helper: this.helper, clock: systemClock });
    return (await this.selection).read();
  }

  private tellOfKey(what: 'key' | ErrorCode): void {
    const { title, taken, empty, unreadable, failed } = this.words.dialKey;
    const known: Partial<Record<typeof what, string>> = { key: taken, 'selection.empty': empty, 'selection.unreadable': unreadable };
    notifier.show(title, known[what] ?? failed, () => this.show());
  }

  private showQuestion(focused: boolean): void {
    if (focused) return this.show();
    this.window?.showInactive();
    this.window?.flashFrame(true);
  }

  private notifications(): CallNotifications {
    return new CallNotifications({
      notifier,
      isWindowInFront: () => this.window?.isFocused() ?? false,
      showWindow: () => this.show(),
      words: this.words,
    });
  }

  private makeWindow(): void {
    const window = new BrowserWindow({
      width: 1180,
      height: 780,
      minWidth: 360,
      minHeight: 480,
      // The offhook command starts it so for a question.
      show: !process.argv.includes('--hidden'),
      webPreferences: {
        preload: path.join(here, 'preload.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        // A hidden window goes on ringing and talking.
        backgroundThrottling: false,
      },
    });
    window.removeMenu();
    guardNavigation(window.webContents, (address) => void shell.openExternal(address));
    // Closing hides: the line keeps ringing. Quitting is in the tray's menu.
    window.on('close', (event) => {
      if (this.quitting) return;
      event.preventDefault();
      window.hide();
    });
    window.webContents.on('render-process-gone', () => window.webContents.reload());
    void window.loadURL(`${pageOrigin}/index.html`);
    this.window = window;
  }

  private makeTray(): void {
    this.tray = new Tray(nativeImage.createFromPath(path.join(here, 'tray.png')));
    this.tray.setToolTip('Offhook');
    this.tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: this.words.open, click: () => this.show() },
        { type: 'separator' },
        { label: this.words.quit, click: () => void this.quit() },
      ]),
    );
    this.tray.on('click', () => this.show());
  }

  private connectWindow(): void {
    const { port1, port2 } = new MessageChannelMain();
    this.agent.connect(port1);
    this.window?.webContents.postMessage(bridgeChannel, null, [port2]);
  }

  /** The main process listens for calls as one more window would. */
  private connectMain(): void {
    const { port1, port2 } = new MessageChannelMain();
    this.agent.connect(port1);
    port2.start();
    this.bridge.attach({
      postMessage: (message) => port2.postMessage(message),
      onMessage: (listener) => void port2.on('message', (event) => listener(event.data)),
      onClose: (listener) => void port2.on('close', listener),
    });
  }

  private connectAll(): void {
    this.connectMain();
    this.connectWindow();
  }

  private agentSays(message: FromAgent): void {
    switch (message.kind) {
      case 'ready':
        return this.testCallOnce();
      case 'open-window':
        return this.window?.showInactive();
      case 'occupied':
        return this.fail(this.words.occupied);
      case 'failed':
        return this.fail(message.error.detail ?? message.error.code);
      case 'demo-wanted':
        return void this.starter.demo().then((demo) => this.agent.send({ kind: 'demo', demo }));
      case 'test-call':
      case 'test-call-failed':
        this.starter.tell(message);
    }
  }

  private testCallOnce(): void {
    if (!this.testCallDue) return;
    this.testCallDue = false;
    this.agent.send({ kind: 'test-call' });
  }

  private fail(text: string): void {
    dialog.showErrorBox(this.words.failedTitle, text);
    void this.quit();
  }
}

app.enableSandbox();
// The media relay's leg is on loopback, which may be the only network; a phone must ring before the first click.
app.commandLine.appendSwitch('allow-loopback-in-peer-connection');
app.commandLine.appendSwitch('autoplay-policy', 'no-user-gesture-required');
protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);

// macOS tells of links before it is ready.
const early: string[] = [];
const keepEarly = (event: { preventDefault(): void }, url: string) => {
  event.preventDefault();
  early.push(url);
};
app.on('open-url', keepEarly);

if (!app.requestSingleInstanceLock({ parent: process.ppid } satisfies SecondStart)) app.exit();
else {
  await app.whenReady();
  const starter = new StarterLink(process);
  const offhook = new Shell(starter, await starter.demo());
  offhook.run();
  // Nothing outlives the starter, which runs the exchange.
  process.on('disconnect', () => void offhook.quit());
  offhook.openLinks(linksIn(process.argv), process.ppid);
  offhook.openLinks(early, null);
  app.off('open-url', keepEarly);
  app.on('open-url', (event, url) => {
    event.preventDefault();
    offhook.openLinks([url], null);
  });
  app.on('second-instance', (_event, argv, _directory, told) => {
    const links = linksIn(argv);
    // A link asks by itself, or dials without a window.
    if (links.length === 0) offhook.show();
    else offhook.openLinks(links, parentOf(told));
  });
  app.on('activate', () => offhook.show());
  app.on('before-quit', (event) => {
    event.preventDefault();
    void offhook.quit();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void offhook.quit());
}
