// Colors that can be distinguished with any color vision: the palette of Okabe and Ito, and Cividis for amounts.
import {LAYERS} from './mapcolours.js';

const BLUE = '#0072b2', SKY = '#56b4e9', GREEN = '#009e73', ORANGE = '#e69f00', RED = '#d55e00', GREY = '#8d959e';

/** States that are marked in a cell even if most of its pages are in another state. */
export const ALARMS = {range: ['device'], content: ['unreadable', 'doubtful'], verdict: ['refused', 'overridden'],
  cache: ['refused', 'uncached'], findings: [], entropy: []};

/** The color of a word in a layer of the map, the same as in pictures. */
export const colour = (layer, word) => LAYERS[layer]?.[word] ?? GREY;

// Cividis (Nuñez, Anderton, Renslow 2018), nine of its steps.
const STEPS = [[0, 34, 78], [18, 53, 112], [59, 73, 107], [87, 93, 109], [112, 113, 115], [138, 134, 120],
  [165, 156, 116], [195, 179, 105], [254, 232, 56]];

/** The color of an amount from 0 to 1. */
export function amount(x) {
  const at = Math.max(0, Math.min(1, x)) * (STEPS.length - 1), i = Math.min(STEPS.length - 2, Math.floor(at));
  const mix = STEPS[i].map((low, c) => Math.round(low + (STEPS[i + 1][c] - low) * (at - i)));
  return `rgb(${mix.join(',')})`;
}

/** A fixed color for a kind of finding; related kinds have similar colors. */
const KINDS = {email: BLUE, domain: SKY, url: '#4f9a94', ipv4: GREEN, ipv6: GREEN, 'payment-card': RED, 'aes-key': ORANGE,
  'aes-xts-key': ORANGE, 'rsa-private-key': ORANGE, 'ec-private-key': ORANGE, 'ed25519-private-key': ORANGE,
  'openssh-private-key': ORANGE, 'pem-private-key': ORANGE, 'wireguard-key': ORANGE, 'bitlocker-recovery-key': ORANGE,
  'bitlocker-fvek': ORANGE, 'linux-banner': '#7a6fbe'};
const FILES = '#8f6f9f';
export const kindColour = kind => KINDS[kind] ?? FILES;
