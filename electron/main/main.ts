import path from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, nativeImage, Notification, protocol, safeStorage, session, shell, Tray, utilityProcess } from 'electron';
import { hasKeyStore, SafeStorageVault } from '../adapters/safe-storage-vault.ts';
import { bridgeChannel, pageOrigin, pageScheme } from '../channels.ts';
import type { DemoAccount, FromAgent } from '../messages.ts';
import { PortBridge } from '../preload/port-bridge.ts';
import { AgentHost } from './agent-host.ts';
import { CallNotifications } from './call-notifications.ts';
import { guardNavigation } from './navigation.ts';
import { servePage } from './page-protocol.ts';
import { guardPermissions } from './permissions.ts';
import { proxyAddress } from './proxy-address.ts';
import { StarterLink } from './starter-link.ts';
import { mainWords } from './words.ts';

// The composition root of Electron's main process: bundled as dist/electron/main.js.
const here = import.meta.dirname;
const dataDirectory = process.env.OFFHOOK_DATA ?? app.getPath('userData');

/** More threads than Node's four for disks and the names of hosts: a share that does not answer keeps some for minutes. */
const agentEnvironment = { UV_THREADPOOL_SIZE: '16', ...process.env };

class Shell {
  private readonly words = mainWords(app.getLocale());
  private readonly bridge = new PortBridge();
  private readonly agent: AgentHost;
  private window: BrowserWindow | null = null;
  private tray: Tray | null = null;
  private quitting = false;
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
      },
      vault: new SafeStorageVault(safeStorage, path.join(dataDirectory, 'key-store.json')),
      findProxy: async (url) => proxyAddress(await session.defaultSession.resolveProxy(url)),
      onMessage: (message) => this.agentSays(message),
      onRestarted: () => this.connectAll(),
      onGaveUp: () => this.fail(this.words.agentDies),
      now: () => performance.now(),
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
  }

  show(): void {
    this.window?.show();
    this.window?.focus();
  }

  async quit(): Promise<void> {
    if (this.quitting) return;
    this.quitting = true;
    await this.agent.stop(4000);
    app.exit();
  }

  private notifications(): CallNotifications {
    return new CallNotifications({
      notifier: {
        show(title, body, onClick) {
          const notification = new Notification({ title, body, urgency: 'critical' });
          notification.on('click', onClick);
          notification.show();
          return () => notification.close();
        },
      },
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

if (!app.requestSingleInstanceLock()) app.exit();
else {
  await app.whenReady();
  const starter = new StarterLink(process);
  const offhook = new Shell(starter, await starter.demo());
  offhook.run();
  // Nothing outlives the starter, which runs the exchange.
  process.on('disconnect', () => void offhook.quit());
  app.on('second-instance', () => offhook.show());
  app.on('activate', () => offhook.show());
  app.on('before-quit', (event) => {
    event.preventDefault();
    void offhook.quit();
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void offhook.quit());
}
