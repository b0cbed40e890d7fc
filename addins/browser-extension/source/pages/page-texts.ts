/** Puts the texts of the browser's language where `data-text` names them. */
export function fillTexts(): void {
  document.documentElement.lang = chrome.i18n.getMessage('language');
  for (const element of document.querySelectorAll<HTMLElement>('[data-text]'))
    element.textContent = chrome.i18n.getMessage(element.dataset.text ?? '');
}

/** The element with this id, which the page has. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${id}`);
  return element;
}
