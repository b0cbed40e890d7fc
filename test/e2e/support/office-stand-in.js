// Stands in for Office's own script: a workbook with a selection, or a message, as far as the pane looks at them.
(() => {
  const heard = { selection: [], item: [] };
  const asked = window.officeHost ?? 'Excel';
  const state = { cells: [['']], item: null };
  const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
  window.Office = {
    HostType: { Excel: 'Excel', Outlook: 'Outlook' },
    EventType: { DocumentSelectionChanged: 'selection', ItemChanged: 'item' },
    CoercionType: { Text: 'text' },
    AsyncResultStatus: { Succeeded: 'succeeded' },
    onReady: async () => (await settle(), { host: asked, platform: 'PC' }),
    context: {
      displayLanguage: window.officeLanguage ?? 'ru-RU',
      document: { addHandlerAsync: (event, handler) => heard[event].push(handler) },
      mailbox: {
        get item() {
          return state.item;
        },
        addHandlerAsync: (event, handler) => heard[event].push(handler),
      },
    },
  };
  window.Excel = {
    async run(work) {
      const range = { load() {}, cellCount: state.cells.flat().length, text: state.cells };
      return work({ workbook: { getSelectedRange: () => range }, sync: settle });
    },
  };
  window.select = (cells) => {
    state.cells = cells;
    heard.selection.forEach((handler) => handler());
  };
  window.openMessage = (subject, body) => {
    state.item = {
      subject,
      from: { displayName: 'Иван Петров' },
      body: { getAsync: (_type, done) => done({ status: 'succeeded', value: body }) },
    };
    heard.item.forEach((handler) => handler());
  };
})();
