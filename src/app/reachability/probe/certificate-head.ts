/** What stands in a certificate before its key. */
export interface CertificateHead {
  /** In the form that .NET gives names: last part first, `CN=a, O=b, C=US`. */
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly notBefore: string;
  readonly notAfter: string;
}

/** One element of DER; `end` may lie beyond what was sent. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const SEQUENCE = 0x30;
const SET = 0x31;
const OBJECT_ID = 0x06;
const UTC_TIME = 0x17;
const GENERALIZED_TIME = 0x18;
/** The optional version of a certificate. */
const VERSION = 0xa0;

/** Types of name parts as Windows abbreviates them; wincrypt.h, CertNameToStr. */
const TYPES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'S',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'T',
  '2.5.4.42': 'G',
  '2.5.4.43': 'I',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};

/**
 * Reads the beginning of a certificate (RFC 5280, 4.1): all before its key, so that a node need not take apart, or send,
 * what nobody looks at. Undefined when the text is none, or ends before the key. Never throws: it comes from outside.
 *
 * @param base64 of DER, cut off anywhere
 */
export function readCertificateHead(base64: string): CertificateHead | undefined {
  try {
    const der = new Der(Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)));
    const certificate = der.read(0, SEQUENCE);
    let at = der.read(certificate.start, SEQUENCE).start;
    if (der.read(at).tag === VERSION) at = der.read(at).end;
    const algorithm = der.read(der.read(at).end, SEQUENCE);
    const issuer = der.read(algorithm.end, SEQUENCE);
    const validity = der.read(issuer.end, SEQUENCE);
    const notBefore = der.read(validity.start);
    const subject = der.read(validity.end, SEQUENCE);
    return {
      issuer: der.name(issuer),
      subject: der.name(subject),
      notBefore: der.time(notBefore),
      notAfter: der.time(der.read(notBefore.end)),
    };
  } catch {
    return undefined;
  }
}

class Der {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The element that begins at an offset. */
  read(at: number, wanted?: number): Element {
    const tag = this.#byte(at);
    if (wanted !== undefined && tag !== wanted) throw new RangeError('another element was expected');
    const first = this.#byte(at + 1);
    if (first < 0x80) return { tag, start: at + 2, end: at + 2 + first };
    const count = first & 0x7f;
    if (count === 0 || count > 3) throw new RangeError('no length');
    let length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + this.#byte(at + 2 + index);
    return { tag, start: at + 2 + count, end: at + 2 + count + length };
  }

  /** A distinguished name. */
  name(element: Element): string {
    const parts = this.#inside(element, SET).map(set =>
      this.#inside(set, SEQUENCE)
        .map(pair => {
          const type = this.read(pair.start, OBJECT_ID);
          const oid = this.#objectId(type);
          return `${TYPES[oid] ?? `OID.${oid}`}=${quoted(this.#text(this.read(type.end)))}`;
        })
        .join(' + '),
    );
    return parts.reverse().join(', ');
  }

  /** ISO 8601; RFC 5280, 4.1.2.5: two digits of a year from 50 on are of the last century. */
  time(element: Element): string {
    if (element.tag !== UTC_TIME && element.tag !== GENERALIZED_TIME) throw new RangeError('no time');
    const digits = this.#text({ ...element, tag: 0 });
    const short = element.tag === UTC_TIME;
    const full = short ? `${Number(digits.slice(0, 2)) < 50 ? '20' : '19'}${digits}` : digits;
    const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(full);
    if (match === null) throw new RangeError('no time');
    const [, year, month, day, hour, minute, second] = match;
    return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`).toISOString();
  }

  #inside(element: Element, wanted: number): readonly Element[] {
    const elements: Element[] = [];
    for (let at = element.start; at < element.end; at = elements.at(-1)?.end ?? element.end)
      elements.push(this.read(at, wanted));
    return elements;
  }

  #objectId(element: Element): string {
    const arcs: number[] = [];
    let arc = 0;
    for (const byte of this.#slice(element)) {
      arc = arc * 128 + (byte & 0x7f);
      if (byte < 0x80) {
        arcs.push(arc);
        arc = 0;
      }
    }
    const first = arcs[0] ?? 0;
    const root = Math.min(2, Math.floor(first / 40));
    return [root, first - root * 40, ...arcs.slice(1)].join('.');
  }

  /** Of the string types those that are not UTF-8: two letters a byte pair, or one a byte. */
  #text(element: Element): string {
    const encoding = element.tag === 0x1e ? 'utf-16be' : element.tag === 0x14 ? 'latin1' : 'utf-8';
    return new TextDecoder(encoding).decode(this.#slice(element));
  }

  #slice({ start, end }: Element): Uint8Array {
    if (end > this.#bytes.length) throw new RangeError('cut off');
    return this.#bytes.slice(start, end);
  }

  #byte(at: number): number {
    const byte = this.#bytes[at];
    if (byte === undefined) throw new RangeError('cut off');
    return byte;
  }
}

/** As CertNameToStr quotes. */
function quoted(value: string): string {
  return /[,+="\n<>#;]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
