#!/usr/bin/env python3
"""Writes small EWF images and what is to be read from them; standard library only.

    write_ewf.py GOLDEN    writes GOLDEN/ewf*.E01 and others, and puts them into GOLDEN/expected.json

Nothing of Pagestream is used. The layout is that of libewf's document "Expert Witness Compression Format (EWF)".
"""
import os
import struct
import sys
import zlib

import golden

PAGE = 4096


def page(frame):
    return struct.pack('<Q', frame + 0x4750000000000000) * (PAGE // 8)


def adler(data):
    return struct.pack('<I', zlib.adler32(data))


def section(kind, at, data, last=False):
    size = 76 + len(data)
    head = kind.encode().ljust(16, b'\0') + struct.pack('<QQ', at if last else at + size, size) + bytes(40)
    return head + adler(head) + data


def volume(chunks, sectors_per_chunk, sectors):
    data = bytearray(1048)
    struct.pack_into('<BxxxIIIQ', data, 0, 0x10, chunks, sectors_per_chunk, 512, sectors)
    data[36] = 1
    data[64:80] = bytes(range(0x30, 0x40))
    return bytes(data) + adler(data)


def table(offsets, base):
    head = struct.pack('<I4xQ4x', len(offsets), base)
    entries = struct.pack('<%dI' % len(offsets), *offsets)
    return head + adler(head) + entries + adler(entries)


def segment(number, count, medium, chunk, first, chunks, stored):
    """A file of a set with some of the chunks of a medium; chunks whose numbers are in stored are not compressed."""
    out = b'EVF\x09\x0d\x0a\xff\x00' + struct.pack('<BHH', 1, number, 0)
    total = -(-len(medium) // chunk)
    description = volume(total, chunk // 512, -(-len(medium) // 512))
    out += section('volume' if number == 1 else 'data', len(out), description)
    base = len(out)
    data, offsets = b'', []
    for n in range(first, first + chunks):
        plain = medium[n * chunk:(n + 1) * chunk]
        offset = 76 + len(data)
        if n in stored:
            offsets.append(offset)
            data += plain + adler(plain)
        else:
            offsets.append(offset | 1 << 31)
            data += zlib.compress(plain)
    out += section('sectors', base, data)
    out += section('table', len(out), table(offsets, base))
    out += section('table2', len(out), table(offsets, base))
    if number == count:
        head = struct.pack('<I512x', 1)
        entry = struct.pack('<II', 8 * 9, 8)
        out += section('error2', len(out), head + adler(head) + entry + adler(entry))
    return out + section('done' if number == count else 'next', len(out), b'', True)


def main(folder):
    frames = [0, 1, 2, None, 4, 5, 6, 7, 8, 9, 10, 11]
    medium = b''.join(bytes(PAGE) if f is None else page(f) for f in frames)
    names = {'ewf': ['ewf.E01'], 'ewf-set': ['ewf-set.E01', 'ewf-set.E02', 'ewf-set.E03']}
    contents = {
        'ewf.E01': segment(1, 1, medium, 2 * PAGE, 0, 6, {1, 5}),
        'ewf-set.E01': segment(1, 3, medium, PAGE, 0, 5, {4}),
        'ewf-set.E02': segment(2, 3, medium, PAGE, 5, 4, {}),
        'ewf-set.E03': segment(3, 3, medium, PAGE, 9, 3, {10}),
    }
    for name, data in contents.items():
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(data)
    # Page 9 is doubtful: the acquisition could not read its sectors.
    pages = [{'pfn': i, 'state': 'zero' if f is None else 'present',
              'first8': '00' * 8 if f is None else page(f)[:8].hex()} for i, f in enumerate(frames) if f != 9]
    pages.append({'pfn': len(frames), 'state': 'absent'})
    images = [{'name': name, 'files': files, 'format': 'raw', 'pageSize': PAGE, 'pages': pages}
              for name, files in names.items()]
    golden.put(folder, images)


if __name__ == '__main__':
    main(sys.argv[1])
