import { expect, it } from 'vitest';
import english from './_locales/en/messages.json';
import russian from './_locales/ru/messages.json';
import { manifestFor } from './manifest.ts';

const both = ['chromium', 'firefox'] as const;

it('asks for no more than speaking with Offhook and keeping settings', () => {
  for (const family of both) {
    const manifest = manifestFor(family, '0.1.0');
    expect(manifest.permissions).toEqual(['nativeMessaging', 'storage']);
    expect(manifest).not.toHaveProperty('host_permissions');
    expect(manifest).not.toHaveProperty('externally_connectable');
    expect(manifest).not.toHaveProperty('web_accessible_resources');
    expect(JSON.stringify(manifest.content_security_policy)).not.toMatch(/unsafe|http|\*/);
  }
});

it('keeps to what Firefox takes of the third version: a background page, an id, no key', () => {
  const manifest = manifestFor('firefox', '0.1.0');
  expect(manifest.background).toEqual({ scripts: ['background.js'] });
  expect(manifest.browser_specific_settings).toMatchObject({
    gecko: { id: expect.stringMatching(/^[\w.-]+@[\w.-]+$/) },
  });
  expect(manifest).not.toHaveProperty('key');
  expect(manifest).not.toHaveProperty('minimum_chrome_version');
});

it('keeps to what Chromium takes: a service worker, and the key that its id is made of', () => {
  const manifest = manifestFor('chromium', '0.1.0');
  expect(manifest.background).toEqual({ service_worker: 'background.js' });
  expect(manifest).toHaveProperty('key');
  expect(manifest).not.toHaveProperty('browser_specific_settings');
});

it('has every text in both languages, within the length that stores take', () => {
  expect(Object.keys(russian).sort()).toEqual(Object.keys(english).sort());
  for (const { name, description } of [russian, english]) {
    expect(name.message.length).toBeLessThanOrEqual(75);
    expect(description.message.length).toBeLessThanOrEqual(132);
  }
});
