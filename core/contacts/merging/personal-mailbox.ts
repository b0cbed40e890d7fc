/** What mailboxes are called that several people read. */
const roles = new Set(
  (
    'info office sales sale mail email contact contacts support help helpdesk service admin administrator webmaster ' +
    'postmaster hostmaster noreply no-reply hr job jobs career resume press pr marketing reklama order orders zakaz zakazy ' +
    'shop store buh buhg buhgalter buhgalteria buhgalteriya bookkeeping accounting finance fin ok kadry sklad logist ' +
    'logistics zakupki snab tender dostavka delivery secretary sekretar reception priemnaya manager managers director dir ' +
    'opt prodazhi otdel servis client clients hello team company firma edo docs doc invoice billing it'
  ).split(' '),
);

/**
 * An e-mail address as it is compared; null for a mailbox of a role, such as `info@` or `sales2@`, and for what is no
 * address.
 */
export function personalMailbox(email: string): string | null {
  const text = email.trim().toLowerCase();
  const at = text.lastIndexOf('@');
  if (at < 1 || at === text.length - 1 || text.length > 254) return null;
  const plus = text.indexOf('+');
  const box = text.slice(0, plus > 0 && plus < at ? plus : at);
  return roles.has(/\d$/.test(box) ? box.replace(/[._-]?\d+$/, '') : box) ? null : text;
}
