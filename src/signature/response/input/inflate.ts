/** A raw DEFLATE stream that is damaged, incomplete, or longer than the limit once inflated. */
export type InflateFault = "damaged" | "too_long";

/** The code of a canonical Huffman tree: how many codes each length has, and their symbols in order. */
interface Tree {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const MAX_BITS = 15;
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const LENGTH_EXTRA = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12_289, 16_385, 24_577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
/** RFC 1951, 3.2.7: the order in which the lengths of the code length codes are written. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Ends the inflation from any depth; never leaves this file. */
class Stop extends Error {
  readonly fault: InflateFault;
  constructor(fault: InflateFault) {
    super(fault);
    this.fault = fault;
  }
}

/**
 * Inflates raw DEFLATE (RFC 1951), at most `limit` bytes. Synchronous and the same in browsers, which have
 * only an asynchronous decompressor; a message of a redirect is a few kilobytes.
 */
export function inflateRaw(input: Uint8Array, limit: number): Uint8Array | InflateFault {
  try {
    return inflate(input, limit);
  } catch (stop) {
    if (stop instanceof Stop) return stop.fault;
    throw stop;
  }
}

interface Inflation {
  readonly input: Uint8Array;
  readonly limit: number;
  at: number;
  /** Bits that are taken from the input and not used yet, lowest first. */
  held: number;
  heldBits: number;
  output: Uint8Array;
  size: number;
}

function inflate(input: Uint8Array, limit: number): Uint8Array {
  const output = new Uint8Array(Math.min(limit, Math.max(1024, input.length * 4)));
  const state: Inflation = { input, limit, at: 0, held: 0, heldBits: 0, output, size: 0 };
  for (let isLast = 0; isLast === 0; ) {
    isLast = bits(state, 1);
    const kind = bits(state, 2);
    if (kind === 0) stored(state);
    else if (kind === 1) compressed(state, FIXED_LITERALS, FIXED_DISTANCES);
    else if (kind === 2) dynamic(state);
    else throw new Stop("damaged");
  }
  return state.output.slice(0, state.size);
}

function bits(state: Inflation, count: number): number {
  const { input } = state;
  while (state.heldBits < count) {
    if (state.at >= input.length) throw new Stop("damaged");
    state.held |= (input[state.at++] as number) << state.heldBits;
    state.heldBits += 8;
  }
  const value = state.held & ((1 << count) - 1);
  state.held >>>= count;
  state.heldBits -= count;
  return value;
}

function symbol(state: Inflation, { counts, symbols }: Tree): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= MAX_BITS; length++) {
    code |= bits(state, 1);
    const count = counts[length] as number;
    if (code - count < first) return symbols[index + code - first] as number;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  throw new Stop("damaged");
}

function reserve(state: Inflation, more: number): void {
  const { size, limit, output } = state;
  if (size + more > limit) throw new Stop("too_long");
  if (size + more <= output.length) return;
  state.output = new Uint8Array(Math.min(limit, Math.max(output.length * 2, size + more)));
  state.output.set(output);
}

/** RFC 1951, 3.2.4: the length, and its complement. */
function stored(state: Inflation): void {
  const { input } = state;
  state.held = 0;
  state.heldBits = 0;
  const [length, check] = [state.at, state.at + 2].map(
    (place) => (input[place] ?? 0) | ((input[place + 1] ?? 0) << 8),
  ) as [number, number];
  const from = state.at + 4;
  if (from + length > input.length || length !== (~check & 0xffff)) throw new Stop("damaged");
  reserve(state, length);
  state.output.set(input.subarray(from, from + length), state.size);
  state.size += length;
  state.at = from + length;
}

function compressed(state: Inflation, literals: Tree, distances: Tree): void {
  for (let value = symbol(state, literals); value !== 256; value = symbol(state, literals)) {
    if (value > 256) {
      copy(state, value - 257, distances);
      continue;
    }
    reserve(state, 1);
    state.output[state.size++] = value;
  }
}

/** Repeats earlier output; a copy may overlap itself. */
function copy(state: Inflation, place: number, distances: Tree): void {
  const length = readValue(state, place, LENGTH_BASE, LENGTH_EXTRA);
  const distance = readValue(state, symbol(state, distances), DISTANCE_BASE, DISTANCE_EXTRA);
  if (distance > state.size) throw new Stop("damaged");
  reserve(state, length);
  const { output } = state;
  for (let end = state.size + length; state.size < end; state.size++) {
    output[state.size] = output[state.size - distance] as number;
  }
}

function readValue(
  state: Inflation,
  place: number,
  bases: readonly number[],
  extras: readonly number[],
): number {
  const [base, extra] = [bases[place], extras[place]];
  if (base === undefined || extra === undefined) throw new Stop("damaged");
  return base + bits(state, extra);
}

function dynamic(state: Inflation): void {
  const literalCount = bits(state, 5) + 257;
  const distanceCount = bits(state, 5) + 1;
  const codeCount = bits(state, 4) + 4;
  const codeLengths = new Array<number>(19).fill(0);
  for (const place of ORDER.slice(0, codeCount)) codeLengths[place] = bits(state, 3);
  const codes = treeOf(codeLengths);
  const lengths: number[] = [];
  while (lengths.length < literalCount + distanceCount) readLengths(state, codes, lengths);
  if (lengths.length > literalCount + distanceCount) throw new Stop("damaged");
  const literals = treeOf(lengths.slice(0, literalCount));
  compressed(state, literals, treeOf(lengths.slice(literalCount)));
}

/** RFC 1951, 3.2.7: one length, or a run of equal ones. */
function readLengths(state: Inflation, codes: Tree, lengths: number[]): void {
  const value = symbol(state, codes);
  if (value < 16) lengths.push(value);
  else if (value === 17) repeat(lengths, 0, 3 + bits(state, 3));
  else if (value === 18) repeat(lengths, 0, 11 + bits(state, 7));
  else {
    const last = lengths.at(-1);
    if (last === undefined) throw new Stop("damaged");
    repeat(lengths, last, 3 + bits(state, 2));
  }
}

function repeat(lengths: number[], value: number, count: number): void {
  for (let i = 0; i < count; i++) lengths.push(value);
}

/** Throws for lengths that give more codes than there is room for. */
function treeOf(lengths: readonly number[]): Tree {
  const counts = new Uint16Array(MAX_BITS + 1);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  const offsets = new Uint16Array(MAX_BITS + 2);
  let left = 1;
  for (let length = 1; length <= MAX_BITS; length++) {
    left = left * 2 - (counts[length] as number);
    if (left < 0) throw new Stop("damaged");
    offsets[length + 1] = (offsets[length] as number) + (counts[length] as number);
  }
  const symbols = new Uint16Array(lengths.length);
  for (const [value, length] of lengths.entries()) {
    if (length === 0) continue;
    const place = offsets[length] as number;
    symbols[place] = value;
    offsets[length] = place + 1;
  }
  return { counts, symbols };
}

/** RFC 1951, 3.2.6. */
const FIXED_LITERALS: Tree = /* @__PURE__ */ treeOf(
  /* @__PURE__ */ Array.from({ length: 288 }, (_, value) =>
    value < 144 ? 8 : value < 256 ? 9 : value < 280 ? 7 : 8,
  ),
);
const FIXED_DISTANCES: Tree = /* @__PURE__ */ treeOf(/* @__PURE__ */ new Array<number>(30).fill(5));
