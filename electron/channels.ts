/** The one channel between the preload and the main process: a window asks, a MessagePort to the agent comes back. */
export const bridgeChannel = 'offhook:bridge';

/** Where the window's files are served: a scheme of our own, so that a Content-Security-Policy comes with them. */
export const pageScheme = 'offhook';
export const pageOrigin = `${pageScheme}://app`;
