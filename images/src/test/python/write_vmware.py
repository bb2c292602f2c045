#!/usr/bin/env python3
"""Writes small VMware states and what is to be read from them; standard library only.

    write_vmware.py GOLDEN    writes GOLDEN/vmware-*.vm* and puts their images into GOLDEN/expected.json

Nothing of Pagestream is used. The structures are those that Volatility 2 and 3 (vmware.py) and crash (vmware_vmss.h) publish: a
header of 12 bytes, groups of 80 bytes, tags of flags, name, indices and value, and blocks with two lengths and a padding. Each page
repeats eight bytes: its frame number in six bytes, "M", "G".
"""
import os
import struct
import sys

import golden

PAGE = 4096


def page(frame):
    return (struct.pack('<Q', frame)[:6] + b'MG') * (PAGE // 8)


def number(name, value, size=4, *indices):
    head = struct.pack('BB', len(indices) << 6 | size, len(name)) + name.encode()
    return head + b''.join(struct.pack('<I', i) for i in indices) + struct.pack('<Q', value)[:size]


def block(name, data, wide, at, flag=63, align=16, *indices):
    """A block whose data begins at a multiple of `align`; `at` is the offset of the tag in the file."""
    head = struct.pack('BB', len(indices) << 6 | flag, len(name)) + name.encode()
    head += b''.join(struct.pack('<I', i) for i in indices)
    head += struct.pack('<QQ' if wide else '<II', len(data), len(data))
    pad = -(at + len(head) + 2) % align
    return head + struct.pack('<H', pad) + bytes(pad) + data


def state(magic, groups):
    """Groups are (name, bytes or a function from the offset to bytes)."""
    at = 12 + 80 * len(groups)
    table, body = b'', b''
    for name, content in groups:
        data = content(at + len(body)) if callable(content) else content
        table += name.encode().ljust(64, b'\0') + struct.pack('<QQ', at + len(body), len(data))
        body += data
    return magic + struct.pack('<II', 8, len(groups)) + table + body


def regions(runs, wide_numbers=False):
    size = 8 if wide_numbers else 4
    out = number('regionsCount', len(runs))
    for i, (ppn, num, pages) in enumerate(runs):
        out += number('regionPageNum', num, size, i) + number('regionPPN', ppn, size, i) + number('regionSize', pages, size, i)
    return out


def cpu(cr3, name='CR64'):
    out = number('cpuID', 7, 4, 0)
    for i, value in ((0, 0x80050033), (2, 0), (3, cr3), (4, 0x6f8)):
        out += number(name, value, 8, 0, i)
    return out + b'\0\0'


def image(name, files, runs):
    frames = [f for ppn, _, pages in runs for f in range(ppn, ppn + pages)]
    pages = [{'pfn': f, 'state': 'present', 'first8': page(f)[:8].hex()} for f in frames]
    for f in sorted({f + d for f in frames for d in (-1, 1)} - set(frames)):
        if f >= 0:
            pages.append({'pfn': f, 'state': 'absent'})
    return {'name': name, 'files': files, 'format': 'vmware', 'pageSize': PAGE, 'pages': pages}


def memory(runs):
    out = bytearray(PAGE * max(num + pages for _, num, pages in runs))
    for ppn, num, pages in runs:
        for i in range(pages):
            out[PAGE * (num + i):PAGE * (num + i + 1)] = page(ppn + i)
    return bytes(out)


def main(folder):
    images = []

    def write(name, data):
        with open(os.path.join(folder, name), 'wb') as f:
            f.write(data)

    # The hole of 1 GiB below 4 GiB, and a third region that is not in the order of the file.
    runs = [(0, 3, 4), (0x100000, 7, 3), (0x200000, 0, 3)]
    checkpoint = number('memSize', 4096) + b'\0\0'
    write('vmware-regions.vmem', memory(runs))
    write('vmware-regions.vmss', state(b'\xd2\xbe\xd2\xbe', [('Checkpoint', checkpoint), ('cpu', cpu(0x1000)), (
        'memory', lambda at: regions(runs) + block('hotSet', b'x' * 40, True, at + len(regions(runs))) + b'\0\0')]))
    images.append(image('vmware-regions', ['vmware-regions.vmem', 'vmware-regions.vmss'], runs))

    # A partial snapshot with numbers of 64 bits.
    high = [(0, 0, 2), (0x100000, 2, 2)]
    write('vmware-Snapshot1.vmem', memory(high))
    write('vmware-Snapshot1.vmsn', state(b'\xd3\xbe\xd3\xbe', [('memory', regions(high, True) + b'\0\0'), ('cpu', cpu(0x100000000, 'CR'))]))
    images.append(image('vmware-Snapshot1', ['vmware-Snapshot1.vmem', 'vmware-Snapshot1.vmsn'], high))

    # No regions: one at address 0.
    one = [(0, 0, 5)]
    write('vmware-single.vmem', memory(one))
    write('vmware-single.vmss', state(b'\xd1\xba\xd1\xba', [('memory', number('regionsCount', 0) + b'\0\0')]))
    images.append(image('vmware-single', ['vmware-single.vmem', 'vmware-single.vmss'], one))

    # Memory in the state file: of version 0 with regions, and of version 2 without.
    inline = [(0, 0, 3), (0x100000, 3, 3)]
    tags = regions(inline)
    write('vmware-inline.vmss', state(b'\xd0\xbe\xd2\xbe', [('cpu', cpu(0x2000)), ('memory', lambda at: tags + block(
        'Memory', memory(inline), False, at + len(tags), 63, 4096, 0, 0) + number('after', 1) + b'\0\0')]))
    images.append(image('vmware-inline', ['vmware-inline.vmss'], inline))
    write('vmware-inline-single.vmsn', state(b'\xd2\xbe\xd2\xbe', [('memory', lambda at: block(
        'Memory', memory(one), True, at, 63, 64) + b'\0\0')]))
    images.append(image('vmware-inline-single', ['vmware-inline-single.vmsn'], one))

    # A machine with an ARM processor, whose memory begins at 2 GiB.
    arm = [(0x80000, 0, 4)]
    write('vmware-arm.vmem', memory(arm))
    write('vmware-arm.vmss', state(b'\xd2\xbe\xd2\xbe', [('memory', number('regionsCount', 0) + b'\0\0'), (
        'Checkpoint', number('Platform', 3) + number('memSize', 1024) + b'\0\0')]))
    images.append(image('vmware-arm', ['vmware-arm.vmem', 'vmware-arm.vmss'], arm))

    golden.put(folder, images)


if __name__ == '__main__':
    main(sys.argv[1])
