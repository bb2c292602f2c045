#!/usr/bin/env python3
"""Writes small Mach-O, HPAK and ZDMP images and what is to be read from them; standard library only.

    write_containers.py GOLDEN    writes GOLDEN/macho-*.macho, hpak*.hpak, zdmp*.zdmp and puts their images into GOLDEN/expected.json

Nothing of Pagestream is used. Mach-O is as in mach-o/loader.h, HPAK as Volatility 2 (hpak.py) and ZDMP as Volatility 3 (zdmp.py)
publish them, LZNT1 as MS-XCA 2.5 describes it. The dump in the ZDMP images is crash-full64.dmp of the same folder. Each page repeats
eight bytes: its frame number in six bytes, "C", "G".
"""
import os
import struct
import sys
import zlib

import golden

PAGE = 4096


def page(frame):
    return (struct.pack('<Q', frame)[:6] + b'CG') * (PAGE // 8)


def macho(order, wide, cpu, segments, file_type=4, extra=b''):
    """Segments are (frame, pages, stored pages)."""
    head = 32 if wide else 28
    size = 72 if wide else 56
    data_at = (head + size * len(segments) + len(extra) + 511) // 512 * 512
    commands, data = b'', b''
    for frame, pages, stored in segments:
        values = (frame * PAGE, pages * PAGE, data_at + len(data), stored * PAGE)
        commands += struct.pack(order + 'II16s' + ('QQQQ' if wide else 'IIII') + 'IIII', 0x19 if wide else 1, size, b'', *values, 7, 7, 0, 0)
        data += b''.join(page(frame + i) for i in range(stored))
    header = struct.pack(order + 'IIIIIII', 0xfeedfacf if wide else 0xfeedface, cpu, 3, file_type,
                         len(segments) + (1 if extra else 0), len(commands) + len(extra), 0)
    header = header.ljust(head, b'\0') + commands + extra
    return header.ljust(data_at, b'\0') + data


def hpak(sections):
    """Sections are (name, compressed, data)."""
    out = bytearray(b'HPAK'.ljust(0x20, b'\0'))
    for i, (name, compressed, data) in enumerate(sections):
        at = len(out)
        section = bytearray(0xe0)
        section[0:len(name)] = name
        struct.pack_into('<I', section, 0x8c, compressed)
        struct.pack_into('<Q', section, 0x98, len(data))
        struct.pack_into('<Q', section, 0xa8, at + 0xe0)
        struct.pack_into('<Q', section, 0xb0, at + 0xe0 + len(data) if i + 1 < len(sections) else 0)
        struct.pack_into('<Q', section, 0xb8, len(data))
        out += section + data
    return bytes(out)


def lznt1(data):
    out = bytearray()
    for start in range(0, len(data), 4096):
        chunk = data[start:start + 4096]
        packed, at, seen = bytearray(), 0, {}
        while at < len(chunk):
            flags_at, flags = len(packed), 0
            packed.append(0)
            for bit in range(8):
                if at >= len(chunk):
                    break
                distance_bits = max(4, (at - 1).bit_length()) if at else 4
                most = (1 << (16 - distance_bits)) - 1 + 3
                before = seen.get(chunk[at:at + 3])
                length = 0
                if before is not None:
                    while length < most and at + length < len(chunk) and chunk[before + length] == chunk[at + length]:
                        length += 1
                seen[chunk[at:at + 3]] = at
                if length >= 3:
                    packed += struct.pack('<H', (at - before - 1) << (16 - distance_bits) | length - 3)
                    flags |= 1 << bit
                    at += length
                else:
                    packed.append(chunk[at])
                    at += 1
            packed[flags_at] = flags
        if len(packed) < len(chunk):
            out += struct.pack('<H', 0xb000 | len(packed) - 1) + packed
        else:
            out += struct.pack('<H', 0x3000 | len(chunk) - 1) + chunk
    return bytes(out)


def zdmp(dump, block, stored=()):
    out = bytearray(PAGE)
    struct.pack_into('<4sIQIHH', out, 0, b'ZDMP', 1, len(dump), block, 1, 2)
    for i, start in enumerate(range(0, len(dump), block)):
        content = dump[start:start + block]
        data = content.ljust(block, b'\0') if i in stored else lznt1(content)
        out += b'ZBLK' + struct.pack('<II', len(data), zlib.crc32(data)) + data
    return bytes(out)


def image(name, extension, form, present, excluded=()):
    pages = [{'pfn': f, 'state': 'present', 'first8': page(f)[:8].hex()} for f in present]
    pages += [{'pfn': f, 'state': 'excluded'} for f in excluded]
    known = set(present) | set(excluded)
    pages += [{'pfn': f, 'state': 'absent'} for f in sorted({f + d for f in known for d in (-1, 1)} - known) if f >= 0]
    return {'name': name, 'files': [name + extension], 'format': form, 'pageSize': PAGE, 'pages': pages}


def main(folder):
    images = []

    def write(name, data):
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(data)

    segments = [(0, 3, 3), (0x100, 4, 2), (0x100000, 2, 2)]
    present = [0, 1, 2, 0x100, 0x101, 0x100000, 0x100001]
    write('macho-64.macho', macho('<', True, 0x01000007, segments))
    images.append(image('macho-64', '.macho', 'macho', present, [0x102, 0x103]))
    low = [(0, 3, 3), (0x100, 4, 2)]
    write('macho-32.macho', macho('<', False, 7, low))
    images.append(image('macho-32', '.macho', 'macho', present[:5], [0x102, 0x103]))
    write('macho-big.macho', macho('>', False, 18, low))
    images.append(image('macho-big', '.macho', 'macho', present[:5], [0x102, 0x103]))

    memory = b''.join(page(f) for f in range(5))
    write('hpak.hpak', hpak([(b'HPAKSECTHPAK_SECTION_PAGEDUMP', 0, b'x' * 100), (b'HPAKSECTHPAK_SECTION_PHYSDUMP', 0, memory)]))
    images.append(image('hpak', '.hpak', 'hpak', list(range(5))))

    with open(os.path.join(folder, 'crash-full64.dmp'), 'rb') as f:
        dump = f.read()
    original = next(i for i in golden.load(folder)['images'] if i['name'] == 'crash-full64')
    for name, data in (('zdmp', zdmp(dump, 0x4000, {1})), ('zdmp-large', zdmp(dump, 0x200000))):
        write(name + '.zdmp', data)
        images.append(dict(original, name=name, files=[name + '.zdmp']))

    golden.put(folder, images)


if __name__ == '__main__':
    main(sys.argv[1])
