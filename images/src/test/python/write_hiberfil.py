#!/usr/bin/env python3
"""Writes small Windows hibernation files and what is to be read from them; standard library only.

    write_hiberfil.py GOLDEN    writes GOLDEN/hiberfil-*.sys and puts their images into GOLDEN/expected.json

Nothing of Pagestream is used. Offsets of the headers and the compression sets are those that LeechCore (device_hibr.c) and the
public symbols have, the tables of pages and blocks those of Volatility 2 (hibernate_vtypes.py). Each page repeats eight bytes: its
frame number in six bytes, "H", "G"; pages of noise are random, and stand for what cannot be compressed.
"""
import os
import random
import struct
import sys

import golden
import xpress

PAGE = 4096
TIME = 133485408000000000       # 2024-01-01 00:00:00 UTC


def page(frame, noise=()):
    if frame in noise:
        data = bytearray(random.Random(frame).randbytes(PAGE))
        data[7] = 0x4e
        return bytes(data)
    return (struct.pack('<Q', frame)[:6] + b'HG') * (PAGE // 8)


def put(header, at, fmt, *values):
    struct.pack_into('<' + fmt, header, at, *values)


def runs_of(frames):
    """Frames as (first, count) of at most 16, in their order."""
    out = []
    for f in frames:
        if out and out[-1][0] + out[-1][1] == f and out[-1][1] < 16:
            out[-1][1] += 1
        else:
            out.append([f, 1])
    return out


def compression_set(frames, method, wide, noise=()):
    data = b''.join(page(f, noise) for f in frames)
    packed = {'huffman': xpress.huffman, 'plain': xpress.plain, 'stored': lambda d: d}[method](data)
    if len(packed) >= len(data):
        packed, method = data, 'stored'
    bits = {'huffman': 2, 'plain': 0, 'stored': 0}[method]
    runs = runs_of(frames)
    head = struct.pack('<I', bits << 30 | len(packed) << 8 | len(runs))
    for first, count in runs:
        head += struct.pack('<Q' if wide else '<I', first << 4 | count - 1)
    return head + packed


def pad(data):
    return data + bytes(-len(data) % PAGE)


def processor(wide, cr3):
    out = bytearray(PAGE)
    if wide:
        put(out, 0, 'QQQQ', 0x80050033, 0xfffff80012340000, cr3, 0x6f8)
    else:
        put(out, 0x2cc, 'IIII', 0x8001003b, 0x80000000, cr3, 0x6f9)
    return bytes(out)


def modern(length, wide, boot_at, kernel_at, count_at, boot, kernel, noise=(), stale=(), signature=b'HIBR', cr3=0x5000):
    """`boot` and `kernel` are lists of (frames, method); `stale` sets follow the end of the kernel's."""
    first = 3
    body = b''.join(compression_set(f, m, wide, noise) for f, m in boot)
    second = first + len(pad(body)) // PAGE
    rest = b''.join(compression_set(f, m, wide, noise) for f, m in kernel)
    rest += b''.join(compression_set(f, m, wide, noise) for f, m in stale)
    h = bytearray(PAGE)
    h[0:4] = signature
    put(h, 0xc, 'I', length)
    if wide:
        put(h, 0x18, 'I', PAGE)
        put(h, 0x20, 'Q', TIME)
        put(h, 0x58, 'Q', sum(len(f) for f, _ in boot))
    else:
        put(h, 0x14, 'I', PAGE)
        put(h, 0x18, 'Q', TIME)
        put(h, 0x48, 'Q', sum(len(f) for f, _ in boot))
    if kernel_at == 0x68:       # what follows in Windows 8 is a counter of ticks
        put(h, 0x70, 'Q', 0x123456789ab)
    put(h, boot_at, 'Q' if wide else 'I', first)
    put(h, kernel_at, 'Q' if wide else 'I', second)
    put(h, count_at, 'Q', sum(len(f) for f, _ in kernel))
    return bytes(h) + processor(wide, cr3) + bytes(PAGE) + pad(body) + pad(rest)


def block(frames, noise=()):
    data = b''.join(page(f, noise) for f in frames)
    packed = xpress.plain(data)
    if len(packed) + 8 > len(data):
        packed = data
    head = b'\x81\x81xpress' + struct.pack('<I', (len(packed) - 1) << 10 | len(frames) - 1)
    return head.ljust(32, b'\0') + packed + bytes(-len(packed) % 8)


# link: next, count, length; entry: length, start, end
TABLES = {
    'xp32': (False, 4, 12, 16, 16, 4, 8), 'vista32': (False, 4, 8, 12, 8, 0, 4), 'seven32': (False, 0, 4, 8, 8, 0, 4),
    'xp64': (True, 8, 0x14, 0x20, 0x20, 8, 0x10), 'vista64': (True, 8, 0x10, 0x18, 0x10, 0, 8), 'seven64': (True, 0, 8, 0x10, 0x10, 0, 8),
}


def table(kind, ranges, following):
    wide, link, count, entries, size, start, end = TABLES[kind]
    word = 'Q' if wide else 'I'
    out = bytearray(PAGE)
    put(out, link, word, following)
    put(out, count, 'I', len(ranges))
    for i, (first, after) in enumerate(ranges):
        put(out, entries + i * size + start, word, first)
        put(out, entries + i * size + end, word, after)
    return bytes(out)


def legacy(kind, tables, processor_page, header, cr3, noise=()):
    """`tables` is a list of lists of (first, after)."""
    wide = TABLES[kind][0]
    pages = [header, bytes(PAGE), bytes(PAGE), bytes(PAGE), bytes(PAGE), bytes(PAGE)]
    pages[processor_page] = processor(wide, cr3)
    out = b''.join(pages)
    for i, ranges in enumerate(tables):
        frames = [f for first, after in ranges for f in range(first, after)]
        body = pad(b''.join(block(frames[at:at + 16], noise) for at in range(0, len(frames), 16)))
        following = 0 if i == len(tables) - 1 else (len(out) + PAGE + len(body)) // PAGE
        out += table(kind, ranges, following) + body
    return out


def legacy_header(signature, wide, first_at):
    h = bytearray(PAGE)
    h[0:4] = signature
    put(h, 0xc, 'I', 296 if wide else 168)
    put(h, 0x18 if wide else 0x14, 'I', PAGE)
    put(h, first_at, 'I', 6)
    return bytes(h)


def image(name, frames, noise=(), gap=512):
    pages = []
    known = sorted(set(frames))
    for f in known:
        pages.append({'pfn': f, 'state': 'present', 'first8': page(f, noise)[:8].hex()})
    for f in sorted({f + d for f in known for d in (-1, 1)} - set(known))[-30:]:
        before = [k for k in known if k < f]
        after = [k for k in known if k > f]
        if f < 0:
            continue
        inside = before and after and after[0] - before[-1] - 1 < gap
        pages.append({'pfn': f, 'state': 'excluded' if inside else 'absent'})
    return {'name': name, 'files': [name + '.sys'], 'format': 'hiberfil', 'pageSize': PAGE, 'pages': pages}


def main(folder):
    images = []

    def write(name, data, frames, noise=()):
        with open(os.path.join(folder, name + '.sys'), 'wb') as f:
            f.write(data)
        images.append(image(name, frames, noise))

    boot = [([1, 2, 3], 'huffman')]
    noise = {0x30, 0x31}
    kernel = [([4, 5, 6, 7, 0x10, 0x12, 0x13], 'huffman'), ([0x20 + i for i in range(16)], 'plain'), ([0x30, 0x31], 'stored'),
              ([0x100000 + i for i in range(5)] + [0x100400, 0x100402], 'huffman'), ([0x40], 'huffman'), ([0x42], 'plain')]
    stale = [([0x999], 'huffman'), ([0x99a], 'huffman'), ([0x99b, 0x99c], 'plain'), ([0x9a0], 'huffman')]
    all_frames = [f for frames, _ in boot + kernel for f in frames]
    write('hiberfil-10', modern(0x3e0, True, 0x68, 0x70, 0x230, boot, kernel, noise, stale), all_frames, noise)
    write('hiberfil-8', modern(0x360, True, 0x60, 0x68, 0x1c8, boot, kernel, noise, stale), all_frames, noise)
    # A build of the future: another length, and another place for the number of pages.
    write('hiberfil-future', modern(0x520, True, 0x68, 0x70, 0x248, boot, kernel, noise, stale), all_frames, noise)
    write('hiberfil-10-32', modern(0x340, False, 0x50, 0x54, 0x210, boot, kernel, noise, stale, b'HIBR', 0x5020), all_frames, noise)
    write('hiberfil-wake', modern(0x3e0, True, 0x68, 0x70, 0x230, boot, kernel[:2], signature=b'WAKE'),
          [f for frames, _ in boot + kernel[:2] for f in frames])

    ranges = [(1, 5), (8, 9), (0x10, 0x2a), (0x30, 0x32), (0x50, 0x63)]
    frames = [f for first, after in ranges for f in range(first, after)]
    for kind, first_at, where in (('xp32', 88, 2), ('vista32', 80, 1), ('seven32', 80, 1), ('xp64', 104, 4), ('vista64', 104, 1)):
        wide = TABLES[kind][0]
        signature = b'hibr' if kind.startswith('xp') else b'HIBR'
        write('hiberfil-' + kind, legacy(kind, [ranges], where, legacy_header(signature, wide, first_at), 0x10000 if wide else 0x10020, noise), frames, noise)
    # A full table, a second one that continues it above 4 GiB.
    full = [(2 * i + 2, 2 * i + 3) for i in range(255)]
    more = [(0x100000, 0x100011), (0x100020, 0x100021)]
    write('hiberfil-seven64', legacy('seven64', [full, more], 1, legacy_header(b'HIBR', True, 104), 0x4000),
          [f for first, after in full + more for f in range(first, after)])
    write('hiberfil-wiped', legacy('seven32', [ranges], 1, bytes(PAGE), 0x10000, noise), frames, noise)

    golden.put(folder, images)


if __name__ == '__main__':
    main(sys.argv[1])
