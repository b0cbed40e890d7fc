import { chromiumKey, firefoxId } from '#contract/browser-extension/identity.ts';

export type BrowserFamily = 'chromium' | 'firefox';

const shared = {
  manifest_version: 3,
  name: '__MSG_name__',
  description: '__MSG_description__',
  default_locale: 'en',
  icons: { 64: 'icon.png' },
  action: { default_popup: 'popup.html', default_icon: 'icon.png', default_title: '__MSG_name__' },
  options_ui: { page: 'options.html', open_in_tab: false },
  // To speak with Offhook, and to keep the settings; nothing of the pages that are read leaves them before a click.
  permissions: ['nativeMessaging', 'storage'],
  content_scripts: [
    {
      matches: ['http://*/*', 'https://*/*'],
      js: ['content.js'],
      css: ['content.css'],
      all_frames: true,
      run_at: 'document_idle',
    },
  ],
  content_security_policy: {
    extension_pages:
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
};

/** What a browser reads of the extension. @param version of Offhook, e.g. `0.1.0` */
export function manifestFor(family: BrowserFamily, version: string): Record<string, unknown> {
  if (family === 'chromium') {
    const background = { service_worker: 'background.js' };
    // Marks are painted with the Custom Highlight API and found again with caretPositionFromPoint.
    return { ...shared, version, background, minimum_chrome_version: '128', key: chromiumKey };
  }
  const background = { scripts: ['background.js'] };
  const gecko = {
    id: firefoxId,
    strict_min_version: '140.0',
    data_collection_permissions: { required: ['none'] },
  };
  return { ...shared, version, background, browser_specific_settings: { gecko } };
}
