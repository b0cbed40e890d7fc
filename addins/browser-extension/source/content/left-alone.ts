/** Where a click already means something, where text is typed, and where figures are no numbers to call. */
export const leftAlone = [
  'a, button, input, textarea, select, option, summary, label',
  'code, pre, kbd, samp, var, script, style, noscript, template, svg, math, canvas, iframe, object',
  '[contenteditable]:not([contenteditable="false" i])',
  '[role="button"], [role="link"], [role="textbox"], [role="searchbox"], [role="combobox"], [role="option"], [role="menuitem"]',
  '[aria-hidden="true"], [translate="no"].notranslate, .CodeMirror, .monaco-editor',
].join(', ');

/** Whether numbers are not looked for in this place of a page, or are not any more. */
export function isLeftAlone(node: Node): boolean {
  const element = node instanceof Element ? node : node.parentElement;
  if (!element) return true;
  return element.closest(leftAlone) !== null || (element instanceof HTMLElement && element.isContentEditable);
}
