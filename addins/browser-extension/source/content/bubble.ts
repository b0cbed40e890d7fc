const lifetime = 5000;
const width = 280;

const style = `
  :host { all: initial; }
  div {
    position: fixed; z-index: 2147483647; max-width: ${width}px; box-sizing: border-box; padding: 8px 12px;
    border-radius: 8px; background: #1c2330; color: #fff; font: 13px/1.4 system-ui, sans-serif;
    box-shadow: 0 4px 16px rgb(0 0 0 / 30%); pointer-events: none;
  }
  @media (prefers-reduced-motion: no-preference) { div { animation: come 120ms ease-out; } }
  @keyframes come { from { opacity: 0; } }
`;

/** A few words beside a number, which go by themselves. They stand in a closed shadow tree: the page can neither read nor style them. */
export class Bubble {
  private host: HTMLElement | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string, beside: DOMRect): void {
    this.hide();
    const host = document.createElement('offhook-bubble');
    const shadow = host.attachShadow({ mode: 'closed' });
    const box = document.createElement('div');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];
    box.setAttribute('role', 'status');
    box.textContent = text;
    const below = beside.bottom + 60 < innerHeight;
    box.style.left = `${Math.max(8, Math.min(beside.left, innerWidth - width - 8))}px`;
    if (below) box.style.top = `${beside.bottom + 6}px`;
    else box.style.bottom = `${innerHeight - beside.top + 6}px`;
    shadow.append(box);
    document.documentElement.append(host);
    this.host = host;
    this.timer = setTimeout(() => this.hide(), lifetime);
  }

  hide(): void {
    clearTimeout(this.timer);
    this.host?.remove();
    this.host = null;
  }
}
