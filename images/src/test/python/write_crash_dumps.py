#!/usr/bin/env python3
"""Writes small Windows crash dumps and what is to be read from them; standard library only.

    write_crash_dumps.py GOLDEN    writes GOLDEN/crash-*.dmp and puts their images into GOLDEN/expected.json

Nothing of Pagestream is used. Offsets are those that Volatility 3 publishes in symbols/windows/crash.json and crash64.json, and
kdmp-parser in kdmp-parser-structs.h. Each page repeats eight bytes: its frame number in six bytes, "P", "G".
"""
import os
import struct
import sys

import golden

PAGE = 4096


def page(frame):
    return (struct.pack('<Q', frame)[:6] + b'PG') * (PAGE // 8)


def put(header, at, fmt, *values):
    struct.pack_into('<' + fmt, header, at, *values)


def header64(dump_type, runs, machine=0x8664, dtb=0x2003):
    h = bytearray(b'PAGE' * (0x2000 // 4))
    h[4:8] = b'DU64'
    put(h, 0x08, 'II', 15, 19041)
    put(h, 0x10, 'Q', dtb)
    put(h, 0x18, 'QQQ', 0xfffffa8000000000, 0xfffff80012345678, 0xfffff80012345670)
    put(h, 0x30, 'II', machine, 4)
    put(h, 0x38, 'I', 0xe2)
    put(h, 0x40, 'QQQQ', 1, 2, 3, 0)
    put(h, 0x80, 'Q', 0xfffff80012300000)
    if runs is not None:
        put(h, 0x88, 'IIQ', len(runs), 0, sum(n for _, n in runs))
        for i, (first, count) in enumerate(runs):
            put(h, 0x98 + 16 * i, 'QQ', first, count)
    put(h, 0xf98, 'I', dump_type)
    put(h, 0xfa8, 'Q', 132539328000000000)      # 2021-01-01 00:00:00 UTC
    put(h, 0x1030, 'Q', 36000000000)            # one hour
    return h


def header32(dump_type, runs, pae, dtb):
    h = bytearray(b'PAGE' * (0x1000 // 4))
    h[4:8] = b'DUMP'
    put(h, 0x08, 'II', 15, 2600)
    put(h, 0x10, 'IIII', dtb, 0x80c00000, 0x80553fc0, 0x80559258)
    put(h, 0x20, 'II', 0x14c, 1)
    put(h, 0x28, 'IIIII', 0xd1, 4, 3, 2, 1)
    h[0x5c] = pae
    put(h, 0x60, 'I', 0x80544ce0)
    put(h, 0x64, 'II', len(runs), sum(n for _, n in runs))
    for i, (first, count) in enumerate(runs):
        put(h, 0x6c + 8 * i, 'II', first, count)
    put(h, 0xf88, 'I', dump_type)
    put(h, 0xfc0, 'Q', 127750176000000000)
    return h


def frames(runs):
    return [f for first, count in runs for f in range(first, first + count)]


def bitmap(signature, present, bits, claimed=None):
    size = 0x38 + (bits + 7) // 8
    first = (0x2000 + size + PAGE - 1) // PAGE * PAGE
    h = bytearray(first - 0x2000)
    h[0:8] = signature + b'DUMP'
    put(h, 0x20, 'QQQ', first, len(present) if claimed is None else claimed, bits)
    for f in present:
        h[0x38 + f // 8] |= 1 << f % 8
    return h


def ranges(runs):
    h = bytearray(0x2000)
    put(h, 0, 'I', 0x40)
    h[4:12] = b'RDMPDUMP'
    put(h, 0x10, 'QQ', 0x2000 - 0x40 + 0x20, 0x4000)
    for i, (first, count) in enumerate(runs):
        put(h, 0x30 + 16 * i, 'QQ', first, count)
    return h


def image(name, runs, stored):
    pages = []
    known = frames(runs)
    for f in sorted(set(known) | set(stored) | {0, max(known + stored) + 1}):
        if f in stored:
            pages.append({'pfn': f, 'state': 'present', 'first8': page(f)[:8].hex()})
        elif f in known:
            pages.append({'pfn': f, 'state': 'excluded'})
        else:
            pages.append({'pfn': f, 'state': 'absent'})
    return {'name': name, 'files': [name + '.dmp'], 'format': 'crashdump', 'pageSize': PAGE, 'pages': pages}


def main(folder):
    images = []

    def write(name, head, runs, stored):
        with open(os.path.join(folder, name + '.dmp'), 'wb') as f:
            f.write(head)
            for frame in stored:
                f.write(page(frame))
        images.append(image(name, runs, stored))

    runs = [(1, 4), (8, 3), (0x100000, 2)]
    write('crash-full64', header64(1, runs), runs, frames(runs))
    low = [(1, 4), (8, 3), (16, 5)]
    present = [1, 2, 4, 8, 9, 10, 17, 20, 23]   # 23 is not in the descriptor
    write('crash-bitmap64', header64(5, low) + bitmap(b'FDMP', present, 24), low, present)
    write('crash-active64', header64(6, None) + bitmap(b'SDMP', present, 27), [], present)
    kernel = [(3, 1), (9, 2), (18, 3)]
    write('crash-kernel64', header64(8, low) + ranges(kernel), low, frames(kernel))
    complete = [(1, 4), (8, 3), (16, 5)]
    write('crash-complete64', header64(10, low) + ranges(complete), low, frames(complete))
    write('crash-full32', header32(1, low, 1, 0x2020), low, frames(low))

    golden.put(folder, images)


if __name__ == '__main__':
    main(sys.argv[1])
