#!/usr/bin/env python3
"""Writes small AVML images of version 2 and what is to be read from them; standard library only.

    write_avml.py GOLDEN    writes GOLDEN/avml*.avml and puts their images into GOLDEN/expected.json

Nothing of Pagestream is used. The layout is AVML's (src/image.rs, src/io/snappy.rs), the stream google/snappy's
framing_format.txt, its content format_description.txt: here a literal of eight bytes and copies of it, or literals alone.
"""
import os
import struct
import sys

import golden

PAGE = 4096


def crc32c(data):
    table = crc32c.table
    crc = 0xffffffff
    for b in data:
        crc = crc >> 8 ^ table[(crc ^ b) & 0xff]
    return crc ^ 0xffffffff


def _table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ 0x82f63b78 if n & 1 else n >> 1
        table.append(n)
    return table


crc32c.table = _table()


def masked(data):
    crc = crc32c(data)
    return struct.pack('<I', ((crc >> 15 | crc << 17) + 0xa282ead8) & 0xffffffff)


def varint(n):
    out = b''
    while n > 0x7f:
        out += bytes([n & 0x7f | 0x80])
        n >>= 7
    return out + bytes([n])


def snappy(data):
    """Each run of equal 8-byte words becomes a literal and copies with offset 8 and length up to 64."""
    out = varint(len(data))
    at = 0
    while at < len(data):
        word = data[at:at + 8]
        out += bytes([(len(word) - 1) << 2]) + word
        at += len(word)
        same = at
        while same < len(data) and data[same] == data[same - 8]:
            same += 1
        while at < same:
            length = min(64, same - at)
            out += bytes([(length - 1) << 2 | 2]) + struct.pack('<H', 8)
            at += length
    return out


def chunk(kind, data):
    body = masked(data) + (snappy(data) if kind == 0 else data)
    return struct.pack('<I', len(body) << 8 | kind) + body


def stream(data, kinds, extra=b''):
    out = b'\xff\x06\x00\x00sNaPpY'
    for i, at in enumerate(range(0, len(data), 65536)):
        out += chunk(kinds[i % len(kinds)], data[at:at + 65536]) + extra
    return out


def block(start, data, kinds=(0,), extra=b''):
    body = stream(data, kinds, extra)
    return struct.pack('<IIQQQ', 0x4c4d5641, 2, start, start + len(data) - 1, 0) + body + struct.pack('<Q', len(body))


def page(frame):
    return struct.pack('<Q', frame + 0x4750000000000000) * (PAGE // 8)


def memory(first, count):
    return b''.join(page(f) for f in range(first, first + count))


def image(name, present, partial=None):
    pages = []
    frames = sorted(present)
    for f in range(max(0, frames[0] - 1), frames[-1] + 2):
        if f in present:
            p = {'pfn': f, 'state': 'present', 'first8': page(f)[:8].hex()}
            if partial and f in partial:
                p.update(state='partial', validBytes=partial[f])
            pages.append(p)
        elif f - 1 in present or f + 1 in present:
            pages.append({'pfn': f, 'state': 'absent'})
    return {'name': name, 'files': [name + '.avml'], 'format': 'avml', 'pageSize': PAGE, 'pages': pages}


def main(folder):
    images = []

    def write(name, data, present, partial=None):
        with open(os.path.join(folder, name + '.avml'), 'wb') as f:
            f.write(data)
        images.append(image(name, set(present), partial))

    # Two blocks; the first has chunks of both kinds, each followed by a skippable one.
    write('avml', block(0x1000, memory(1, 40), (0, 1), struct.pack('<I', 3 << 8 | 0xfe) + b'\0\0\0')
          + block(0x40000, memory(64, 3)), list(range(1, 41)) + [64, 65, 66])
    # Blocks that touch, out of order, and one whose last byte is missing.
    write('avml-order', block(0x20000, memory(32, 2)) + block(0x1000, memory(1, 2))
          + block(0x22000, memory(34, 2)[:-1]), [1, 2, 32, 33, 34, 35], {35: 4095})

    golden.put(folder, images)


if __name__ == '__main__':
    main(sys.argv[1])
