#!/usr/bin/env python3
"""Writes small AFF4 volumes with memory and what is to be read from them; standard library only.

    write_aff4.py GOLDEN    writes GOLDEN/aff4*.aff4 and puts them into GOLDEN/expected.json

Nothing of Pagestream is used. The layout is that of the AFF4 Standard v1.0 and of its reference images; snappy and LZ4
blocks are written by their format descriptions, as literals and one match each.
"""
import os
import struct
import sys
import zipfile
import zlib

import golden

PAGE = 4096
VOLUME = 'aff4://11111111-2222-3333-4444-555555555555'
MAP = 'aff4://66666666-7777-8888-9999-aaaaaaaaaaaa'
STREAM = 'aff4://bbbbbbbb-cccc-dddd-eeee-ffffffffffff'


def page(frame):
    return struct.pack('<Q', frame + 0x4750000000000000) * (PAGE // 8)


def varint(n):
    out = b''
    while n > 0x7f:
        out += bytes([n & 0x7f | 0x80])
        n >>= 7
    return out + bytes([n])


def snappy(data):
    """The first 8 bytes as a literal; then copies where the word before repeats, and literals elsewhere."""
    out, at = varint(len(data)), 0
    while at < len(data):
        if at >= 8 and data[at:at + 8] == data[at - 8:at]:
            out += bytes([(8 - 1) << 2 | 2]) + struct.pack('<H', 8)
        else:
            out += bytes([(8 - 1) << 2]) + data[at:at + 8]
        at += 8
    return out


def lz4(data):
    """A page of one word each, for which one literal and one match are enough; other pages as literals."""
    if data == data[:8] * (len(data) // 8):
        rest = len(data) - 8 - 5 - 4 - 15
        out = bytes([8 << 4 | 15]) + data[:8] + struct.pack('<H', 8) + b'\xff' * (rest // 255) + bytes([rest % 255])
        return out + bytes([5 << 4]) + data[-5:]
    rest = len(data) - 15
    return bytes([0xf0]) + b'\xff' * (rest // 255) + bytes([rest % 255]) + data


def deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def segments(zip_file, name, data, chunk, chunks, pack, separator='.index'):
    for number in range(0, -(-len(data) // (chunk * chunks))):
        bevy, index = b'', b''
        for at in range(number * chunk * chunks, min(len(data), (number + 1) * chunk * chunks), chunk):
            plain = data[at:at + chunk].ljust(chunk, b'\0')
            packed = pack(plain) if pack else plain
            packed = packed if len(packed) < chunk else plain
            index += struct.pack('<QI', len(bevy), len(packed))
            bevy += packed
        member(zip_file, '%s/%08d' % (name, number), bevy)
        member(zip_file, '%s/%08d%s' % (name, number, separator), index)


def member(zip_file, name, data, method=zipfile.ZIP_STORED):
    info = zipfile.ZipInfo(name)
    info.compress_type = method
    with zip_file.open(info, 'w', force_zip64=True) as f:
        f.write(data)


def escaped(urn):
    return urn.replace('://', '%3A%2F%2F')


def turtle(statements):
    return ('@prefix : <%s> .\n@prefix aff4: <http://aff4.org/Schema#> .\n'
            '@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n' % VOLUME + statements).encode()


def volume(path, comment=True):
    out = zipfile.ZipFile(path, 'w', zipfile.ZIP_STORED)
    if comment:
        out.comment = VOLUME.encode() + b'\0'
    member(out, 'container.description', VOLUME.encode())
    member(out, 'version.txt', b'major=1\nminor=0\ntool=write_aff4\n')
    return out


def standard(path, method, pack, chunk=2 * PAGE):
    """Pages 1, 2 and 4 in a stream, page 5 zero, page 6 of one value, page 7 unreadable; 8 and 9 in the stream."""
    data = page(8) + page(9) + page(1) + page(2) + page(4)
    with volume(path) as out:
        segments(out, escaped(STREAM), data, chunk, 2, pack)
        idx = ['aff4:Zero', STREAM, 'aff4:SymbolicStream00', 'aff4:UnreadableData']
        ranges = [(1, 2, 2, 1), (4, 1, 4, 1), (5, 1, 0, 0), (6, 1, 0, 2), (7, 1, 0, 3), (8, 2, 0, 1)]
        member(out, escaped(MAP) + '/map',
               b''.join(struct.pack('<QQQI', a * PAGE, n * PAGE, t * PAGE, i) for a, n, t, i in ranges))
        member(out, escaped(MAP) + '/idx', '\n'.join(idx).encode() + b'\n', zipfile.ZIP_DEFLATED)
        member(out, 'information.turtle', turtle(
            '<%s> a aff4:Image , aff4:MemoryImage ; aff4:dataStream <%s> ;\n  aff4:note "a; \\"b\\" . c" .\n'
            '<%s> a aff4:Map ; aff4:dependentStream <%s> ; aff4:stored : .\n'
            '<%s> a aff4:ImageStream ; aff4:chunkSize "%d"^^xsd:int ; aff4:chunksInSegment "2"^^xsd:int ;\n'
            '  aff4:compressionMethod <%s> ; aff4:size "%d"^^xsd:long .\n'
            % (VOLUME + '/image', MAP, MAP, STREAM, STREAM, chunk, method, len(data))), zipfile.ZIP_DEFLATED)


def winpmem(path):
    """Names relative to the volume, zlib, and no types but the category."""
    data = page(1) + page(2) + page(0x100000)
    with volume(path, False) as out:
        segments(out, 'PhysicalMemory/data', data, PAGE, 2, zlib.compress)
        member(out, 'PhysicalMemory/map', struct.pack('<QQQI', PAGE, 2 * PAGE, 0, 0)
               + struct.pack('<QQQI', 0x100000 * PAGE, PAGE, 2 * PAGE, 0), zipfile.ZIP_DEFLATED)
        member(out, 'PhysicalMemory/idx', (VOLUME + '/PhysicalMemory/data').encode())
        member(out, 'information.turtle', turtle(
            '<%s/PhysicalMemory> aff4:category <http://aff4.org/Schema#memory/physical> ;\n a aff4:Map .\n'
            '<%s/PhysicalMemory/data> aff4:chunkSize 4096 ; aff4:chunksInSegment 2 ;\n'
            '  aff4:compressionMethod <https://www.ietf.org/rfc/rfc1950.txt> ; aff4:size %d ; a aff4:ImageStream .\n'
            % (VOLUME, VOLUME, len(data))))


def main(folder):
    methods = {'aff4-snappy': ('http://code.google.com/p/snappy/', snappy),
               'aff4-lz4': ('https://code.google.com/p/lz4/', lz4),
               'aff4-deflate': ('https://tools.ietf.org/html/rfc1951', deflate),
               'aff4-stored': ('http://aff4.org/Schema#NullCompressor', None)}
    images = []
    for name, (method, pack) in methods.items():
        standard(os.path.join(folder, name + '.aff4'), method, pack, PAGE if pack is lz4 else 2 * PAGE)
        pages = [{'pfn': f, 'state': 'present', 'first8': page(f)[:8].hex()} for f in (1, 2, 4, 8, 9)]
        pages += [{'pfn': f, 'state': 'zero', 'first8': '00' * 8} for f in (5, 6)]
        pages += [{'pfn': f, 'state': 'absent'} for f in (0, 3, 10)]
        images.append({'name': name, 'files': [name + '.aff4'], 'format': 'aff4', 'pageSize': PAGE, 'pages': pages})
    winpmem(os.path.join(folder, 'aff4-winpmem.aff4'))
    pages = [{'pfn': f, 'state': 'present', 'first8': page(f)[:8].hex()} for f in (1, 2, 0x100000)]
    pages += [{'pfn': f, 'state': 'absent'} for f in (0, 3, 0x100001)]
    images.append({'name': 'aff4-winpmem', 'files': ['aff4-winpmem.aff4'], 'format': 'aff4', 'pageSize': PAGE,
                   'pages': pages})
    golden.put(folder, images)


if __name__ == '__main__':
    main(sys.argv[1])
