// Colours that people with any colour vision can tell apart: Okabe and Ito's, and Cividis for amounts.

const BLUE = '#0072b2', SKY = '#56b4e9', GREEN = '#009e73', YELLOW = '#e8d534', ORANGE = '#e69f00',
  RED = '#d55e00', PINK = '#cc79a7', GREY = '#8d959e', DIM = '#c3c8cd', INK = '#4a525b';

const WORDS = {
  range: {ram: GREEN, device: RED, 'frame-buffer': PINK, 'firmware-reserved': ORANGE, acpi: YELLOW,
    persistent: BLUE, unknown: GREY},
  content: {bytes: BLUE, doubtful: YELLOW, zero: DIM, excluded: PINK, unreadable: RED},
  verdict: {mapped: SKY, overridden: ORANGE, refused: RED},
  cache: {'write-back': GREEN, 'write-combining': PINK, uncached: RED, 'uncached-minus': ORANGE,
    'write-through': SKY, 'write-protected': BLUE, 'not-established': DIM, unknown: GREY, refused: INK},
};

/** What must not go under in a cell that is mostly something else. */
export const ALARMS = {range: ['device'], content: ['unreadable', 'doubtful'], verdict: ['refused', 'overridden'],
  cache: ['refused', 'uncached'], findings: [], entropy: []};

export const colour = (layer, word) => WORDS[layer]?.[word] ?? GREY;

// Cividis (Nuñez, Anderton, Renslow 2018), nine of its steps.
const STEPS = [[0, 34, 78], [18, 53, 112], [59, 73, 107], [87, 93, 109], [112, 113, 115], [138, 134, 120],
  [165, 156, 116], [195, 179, 105], [254, 232, 56]];

/** The colour of an amount from 0 to 1. */
export function amount(x) {
  const at = Math.max(0, Math.min(1, x)) * (STEPS.length - 1), i = Math.min(STEPS.length - 2, Math.floor(at));
  const mix = STEPS[i].map((low, c) => Math.round(low + (STEPS[i + 1][c] - low) * (at - i)));
  return `rgb(${mix.join(',')})`;
}

/** A steady colour for a kind of finding: families that belong together look alike. */
const KINDS = {email: BLUE, domain: SKY, url: '#4f9a94', ipv4: GREEN, ipv6: GREEN, 'payment-card': RED, 'aes-key': ORANGE,
  'linux-banner': '#7a6fbe'};
const FILES = '#8f6f9f';
export const kindColour = kind => KINDS[kind] ?? FILES;
