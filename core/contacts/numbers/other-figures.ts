// Words before figures that are no telephone number, however many digits they have.
const documents =
  /(?<!\p{L})(?:инн|кпп|огрн(?:ип)?|окпо|оквэд|бик|снилс|паспорт|(?:р|к|л)\s*\/\s*с(?:ч[её]т)?|сч(?:[её]т)?|дог(?:овор)?|заказ|накладная|сумма|цена|итого|код|индекс|артикул|арт|inn|vat|iban|swift|invoice|order|account|acct|price|total|zip)(?!\p{L})[\s.:=№#-]*(?:№|n|no)?[\s.:№#]*$/iu;
/** Words before a few digits that count something else: a house, a room, hours. */
const places =
  /(?<!\p{L})(?:ул|улица|пр|просп|проспект|пер|ш|наб|пл|д|дом|корп|к|стр|строение|вл|кв|оф|офис|каб|кабинет|комн|комната|ком|эт|этаж|подъезд|под|а\/я|г|с|со|до|после|от|по|в|на|room|apt|suite|floor|from|till|until|after|before)(?!\p{L})[\s.:№#-]*$/iu;
const units =
  /^[\s.]*(?:руб|р\.|р(?!\p{L})|тыс|млн|₽|\$|€|£|%|usd|eur|rub|шт|кг|км|м2|м²|лет|год|г\.|дн|час|мин|этаж|кв\.)/iu;
const thousands = /^\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?$/;
const cents = /[.,]\d\d$/;

/** Whether what stands around says that the figures are a document's, a sum or a count. */
export function isOtherFigure(before: string, figures: string, after: string): boolean {
  if (documents.test(before)) return true;
  const digits = figures.replace(/\D/g, '').length;
  if (units.test(after) && digits < 11) return true;
  return digits < 7 && places.test(before);
}

/** `150 000`, `1 234 567,89`: grouped as sums are, and not as numbers are. */
export function isSum(figures: string): boolean {
  const text = figures.trim();
  return (
    thousands.test(text) && (cents.test(text) || /^\d(?: \d{3}){2,}$|^\d{1,3} \d{3}$/.test(text)) && !/^8 /.test(text)
  );
}
