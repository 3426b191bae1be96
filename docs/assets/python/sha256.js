/**
 * SHA-256 (FIPS 180-4), for pages that came by plain http: to them no browser offers
 * crypto.subtle, and a file that arrived damaged must not give a wrong number there either.
 */
const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);

// The first 32 bits of a root's fraction.
const bits = (root) => (root % 1) * 2 ** 32;
const ROUNDS = Uint32Array.from(primes, (prime) => bits(Math.cbrt(prime)));
const START = Uint32Array.from(primes.slice(0, 8), (prime) => bits(Math.sqrt(prime)));

const turn = (word, by) => (word >>> by) | (word << (32 - by));

/** Mixes the 64 words of a block into the state. */
function mix(state, words) {
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const first =
      h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i];
    const second = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => (state[i] += word));
}

/** The 32 bytes that some bytes come to. */
export function sha256(bytes) {
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setBigUint64(padded.length - 8, BigInt(bytes.length) * 8n);
  const state = START.slice();
  const words = new Int32Array(64);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(at + i * 4);
    for (let i = 16; i < 64; i++) {
      const [near, far] = [words[i - 2], words[i - 15]];
      words[i] =
        (turn(near, 17) ^ turn(near, 19) ^ (near >>> 10)) +
        words[i - 7] +
        (turn(far, 7) ^ turn(far, 18) ^ (far >>> 3)) +
        words[i - 16];
    }
    mix(state, words);
  }
  state.forEach((word, i) => view.setUint32(i * 4, word));
  return padded.subarray(0, 32);
}
