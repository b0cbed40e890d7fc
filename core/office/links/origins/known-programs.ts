/** Names of programs without their `.exe`, in lower case. */
const webBrowsers = new Set(
  (
    'chrome chrome.bin google-chrome google-chrome-stable chromium chromium-browser firefox firefox-bin firefox-esr ' +
    'msedge microsoft-edge microsoft-edge-stable iexplore opera opera-stable brave brave-browser vivaldi vivaldi-bin ' +
    'browser yandex_browser yandex-browser yandexbrowser atom sputnik safari epiphany gnome-web konqueror falkon ' +
    'librewolf waterfox palemoon seamonkey tor torbrowser midori qutebrowser min floorp zen zen-bin thorium arc ' +
    'cef chromium-gost icecat basilisk k-meleon maxthon slimjet whale coccoc amigo 360se 360chrome qqbrowser ucbrowser ' +
    'duckduckgo comet helium ladybird dillo netsurf links lynx w3m ' +
    // The halves of browsers that other programs show pages with.
    'msedgewebview2 webviewhost qtwebengineprocess webkitwebprocess wwahost'
  ).split(' '),
);

/** Shells and what hands links from one program to another: whoever stands before them asked. */
const goBetweens = new Set(
  (
    'sh bash dash zsh fish ksh busybox env sudo su doas pkexec setsid nohup timeout xargs time nice script ' +
    'xdg-open xdg-mime exo-open gio gio-launch-desktop gvfs-open gnome-open kde-open kde-open5 kioclient kioclient5 ' +
    'kioclient6 kfmclient open-xdg dbus-launch flatpak-spawn snap flatpak offhook node electron python python3 perl ruby java javaw mono wine-preloader wine64-preloader cmd powershell pwsh ' +
    'rundll32 conhost openwith start'
  ).split(' '),
);

/** They start programs for others and keep nobody's name: behind them may be a web page. */
const brokers = new Set(
  (
    'systemd init launchd dbus-daemon dbus-broker xdg-desktop-portal xdg-desktop-portal-gtk xdg-desktop-portal-kde ' +
    'xdg-desktop-portal-gnome gnome-shell plasmashell kded5 kded6 ksmserver xfce4-panel xfdesktop cinnamon mate-panel ' +
    'explorer sihost svchost runtimebroker applicationframehost dllhost services wininit winlogon taskhostw ' +
    'startmenuexperiencehost shellexperiencehost snapd bwrap'
  ).split(' '),
);

/** The last part of a program's path, as the tables above have it. */
export function programName(path: string): string {
  const last = path.split(/[\\/]/).at(-1) ?? '';
  return last.toLowerCase().replace(/\.exe$/, '');
}

/** A browser speaks for the pages in it: what it opens may be wished for by a page alone. */
export const isWebBrowser = (path: string): boolean => webBrowsers.has(programName(path));

export const isGoBetween = (path: string): boolean => goBetweens.has(programName(path));

export const isBroker = (path: string): boolean => brokers.has(programName(path));
