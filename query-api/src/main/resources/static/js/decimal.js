// Exact decimals as text. Prices and quantities arrive as strings and leave as strings: no value that the page prints
// passes through floating point. `toNumber` and `ratio` are for pixels and percentages alone.

const PLAIN = /^(-?)(\d+)(?:\.(\d+))?$/;

function parse(text) {
  const parts = PLAIN.exec(text);
  if (!parts) throw new TypeError(`not a plain decimal: ${text}`);
  const fraction = parts[3] ?? '';
  return { mantissa: BigInt(parts[1] + parts[2] + fraction), scale: fraction.length };
}

function at(value, scale) {
  return value.mantissa * 10n ** BigInt(scale - value.scale);
}

function print(mantissa, scale) {
  const sign = mantissa < 0n ? '-' : '';
  const digits = (mantissa < 0n ? -mantissa : mantissa).toString().padStart(scale + 1, '0');
  const cut = digits.length - scale;
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

export function isDecimal(text) {
  return typeof text === 'string' && PLAIN.test(text);
}

/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a, b) {
  const x = parse(a), y = parse(b), scale = Math.max(x.scale, y.scale);
  const left = at(x, scale), right = at(y, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

export function add(a, b) {
  const x = parse(a), y = parse(b), scale = Math.max(x.scale, y.scale);
  return print(at(x, scale) + at(y, scale), scale);
}

export function subtract(a, b) {
  const x = parse(a), y = parse(b), scale = Math.max(x.scale, y.scale);
  return print(at(x, scale) - at(y, scale), scale);
}

/** The middle of two decimals, exactly: one more place than the longer of them. */
export function middle(a, b) {
  const x = parse(a), y = parse(b), scale = Math.max(x.scale, y.scale);
  return print((at(x, scale) + at(y, scale)) * 5n, scale + 1);
}

/** a / b as a Number, good to nine places; 0 where b is 0. For widths and percentages. */
export function ratio(a, b) {
  const x = parse(a), y = parse(b), scale = Math.max(x.scale, y.scale);
  const divisor = at(y, scale);
  return divisor === 0n ? 0 : Number((at(x, scale) * 1_000_000_000n) / divisor) / 1e9;
}

/** For chart axes alone: loses digits past the fifteenth. */
export function toNumber(text) {
  return Number(text);
}

/** How many decimal places carry something: 3 for "61855.30100000", 0 for "61855.00". */
export function places(text) {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.replace(/0+$/, '').length - point - 1;
}

/** The same value with exactly `count` places, or more where dropping them would change the value. */
export function withPlaces(text, count) {
  const keep = Math.max(count, places(text));
  const point = text.indexOf('.');
  const whole = point < 0 ? text : text.slice(0, point);
  const fraction = point < 0 ? '' : text.slice(point + 1);
  return keep === 0 ? whole : `${whole}.${fraction.slice(0, keep).padEnd(keep, '0')}`;
}

/** Thousands separated, with a true minus sign: "-1234567.50" becomes "−1,234,567.50". */
export function group(text) {
  const negative = text.startsWith('-');
  const [whole, fraction] = (negative ? text.slice(1) : text).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${negative ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** As printed: grouped, with `count` places at least, or only those that carry something. */
export function show(text, count = 0) {
  return isDecimal(text) ? group(withPlaces(text, count)) : '–';
}

/** Rounded towards zero to `digits` significant digits and shortened ("1.234M"), for tight places; the full value goes in a title. */
export function brief(text, digits = 4) {
  if (!isDecimal(text)) return '–';
  const negative = text.startsWith('-');
  const [whole, fraction = ''] = (negative ? text.slice(1) : text).split('.');
  const unit = whole.length > 12 ? 12 : whole.length > 9 ? 9 : whole.length > 6 ? 6 : whole.length > 5 ? 3 : 0;
  const head = whole.slice(0, whole.length - unit) || '0';
  const rest = whole.slice(whole.length - unit) + fraction;
  const zeros = head === '0' ? rest.length - rest.replace(/^0+/, '').length : 0;
  const keep = Math.max(0, head === '0' ? zeros + digits : digits - head.length);
  const tail = rest.slice(0, keep).replace(/0+$/, '');
  return `${negative ? '−' : ''}${group(head)}${tail ? `.${tail}` : ''}${{ 0: '', 3: 'K', 6: 'M', 9: 'B', 12: 'T' }[unit]}`;
}
