#!/usr/bin/env python3
"""Writes small migration streams of QEMU and what is to be read from them; standard library only.

    write_qemu_streams.py GOLDEN    writes GOLDEN/qemu*.stream and others, and puts them into GOLDEN/expected.json

Nothing of Pagestream is used. Sources: QEMU docs/devel/migration/main.rst, the comments of migration/savevm.c and
migration/ram.c, docs/interop/qcow2.txt, and libvirt's src/qemu/qemu_saveimage.h.
"""
import gzip
import os
import struct
import sys
import zlib

import golden

PAGE = 4096
ZERO, MEM_SIZE, STORED, EOS, CONTINUE, COMPRESSED = 2, 4, 8, 0x10, 0x20, 0x100


def page(frame):
    return struct.pack('<Q', frame + 0x4750000000000000) * (PAGE // 8)


def name(text):
    return bytes([len(text)]) + text.encode()


def header(machine, subsections=b''):
    return b'QEVM' + struct.pack('>IBI', 3, 7, len(machine)) + machine.encode() + subsections


def subsection(text, version, data):
    return b'\x05' + name(text) + struct.pack('>I', version) + data


def footer(section):
    return struct.pack('>BI', 0x7e, section)


def start(section, blocks, extra=b''):
    out = struct.pack('>BI', 1, section) + name('ram') + struct.pack('>II', 0, 4)
    out += struct.pack('>Q', sum(size for _, size in blocks) | MEM_SIZE)
    for block, size in blocks:
        out += name(block) + struct.pack('>Q', size) + extra
    return out + struct.pack('>Q', EOS) + footer(section)


def section(kind, number, records):
    return struct.pack('>BI', kind, number) + records + struct.pack('>Q', EOS) + footer(number)


def record(offset, frame, block=None, packed=False):
    """A page with the content of a frame; a frame of None has zeros."""
    kind = ZERO if frame is None else COMPRESSED if packed else STORED
    out = struct.pack('>Q', offset | kind | (0 if block else CONTINUE)) + (name(block) if block else b'')
    if frame is None:
        return out + b'\0'
    if packed:
        data = zlib.compress(page(frame))
        return out + struct.pack('>I', len(data)) + data
    return out + page(frame)


def pages(block, frames, packed=()):
    """Pages of a block from its beginning on."""
    return b''.join(record(i * PAGE, frame, None if i else block, frame in packed) for i, frame in enumerate(frames))


def full(number, text, version, data, instance=0):
    return struct.pack('>BI', 4, number) + name(text) + struct.pack('>II', instance, version) + data + footer(number)


def cpu(number, instance, cr0, cr3, cr4):
    registers = bytes(456) + struct.pack('>4Q', cr0, 0, cr3, cr4)
    return full(number, 'cpu', 12, registers + bytes(1000), instance)


def cmos(number, low, high):
    data = bytearray(128)
    struct.pack_into('<H', data, 0x34, (low - (16 << 20)) >> 16)
    data[0x5b:0x5e] = (high >> 16).to_bytes(3, 'little')
    return full(number, 'mc146818rtc', 3, bytes(data) + bytes(40))


def tail():
    text = b'{"page_size": 4096, "devices": []}'
    return b'\0' + struct.pack('>BI', 6, len(text)) + text


def small(size=8):
    """A PC with 8 pages, of which one is sent twice, one compressed, and one is zero; and memory of devices."""
    blocks = [('pc.ram', size * PAGE), ('0000:00:02.0/vga.vram', 2 * PAGE), ('pc.bios', PAGE)]
    return (header('pc-i440fx-7.2', subsection('configuration/uuid', 1, bytes(range(16))))
            + start(2, blocks)
            + section(2, 2, pages('pc.ram', [0, 1, 99, None, 4, 5, 6, 7], (4,))
                      + pages('0000:00:02.0/vga.vram', [300, None]) + pages('pc.bios', [301]))
            + section(3, 2, record(2 * PAGE, 2, 'pc.ram'))
            + full(0, 'timer', 2, bytes(24)) + cpu(5, 0, 0x80050033, 0x1000, 0x750eb0)
            + cpu(6, 1, 0x80050033, 0x2000, 0x750ea0) + tail())


def high():
    """A PC with RAM below 16 MiB and at 4 GiB."""
    low, above = 4096, 16
    frames = [None] * (low + above)
    for i in (0, 1, low - 1, low, low + above - 1):
        frames[i] = i if i < low else 0x100000 + i - low
    blocks = [('pc.ram', len(frames) * PAGE)]
    return (header('pc-q35-9.0') + start(2, blocks) + section(2, 2, pages('pc.ram', frames)) + section(3, 2, b'')
            + cmos(9, low * PAGE, above * PAGE) + tail())


def nodes():
    """Two NUMA nodes, the second first in the stream, with the page size that postcopy-ram adds."""
    blocks = [('ram-node1', 3 * PAGE), ('ram-node0', 2 * PAGE)]
    return (header('pc-i440fx-8.1') + start(2, blocks, struct.pack('>Q', PAGE))
            + section(2, 2, pages('ram-node1', [2, 3, 4]) + pages('ram-node0', [0, 1])) + section(3, 2, b'') + tail())


def libvirt(stream, compression=0, magic=b'LibvirtQemudSave'):
    xml = b"<domain type='kvm'><name>guest</name></domain>\n\0"
    return magic + struct.pack('<5I', 2, len(xml), 1, compression, 0) + bytes(56) + xml + stream


def qcow2(stream, cluster_bits=12, extended=b''):
    """A disk of 64 KiB with a snapshot whose machine state is the stream, and one without; clusters in reverse order."""
    cluster = 1 << cluster_bits
    per_l2 = cluster // 8
    state_offset = per_l2 * cluster  # the disk needs one entry of the first table
    count = -(-len(stream) // cluster)
    l2_count = -(-count // per_l2)
    first_l2 = 4
    first_data = first_l2 + l2_count
    l1 = [0] + [(first_l2 + i) * cluster | 1 << 63 for i in range(l2_count)]
    tables = b''
    data = [b''] * count
    for i in range(l2_count):
        entries = [0] * per_l2
        for j in range(min(per_l2, count - i * per_l2)):
            n = i * per_l2 + j
            part = stream[n * cluster:(n + 1) * cluster].ljust(cluster, b'\0')
            place = count - 1 - n
            data[place] = part
            if any(part):
                entries[j] = (first_data + place) * cluster | 1 << 63
        tables += struct.pack('>%dQ' % per_l2, *entries)

    def snapshot(number, text, state_size, when):
        extra = struct.pack('>QQ', state_size, 65536)
        out = struct.pack('>QIHHIIQII', 2 * cluster, len(l1), 1, len(text), when, 0, 0, 0, len(extra))
        out += extra + str(number).encode() + text.encode()
        return out + bytes(-len(out) % 8)

    table = snapshot(1, 'running', len(stream), 1700000000) + snapshot(2, 'disk-only', 0, 1700000100)
    head = struct.pack('>4sIQIIQIIQQIIQQQQII', b'QFI\xfb', 3, 0, 0, cluster_bits, 65536, 0, 1, 3 * cluster, 3 * cluster, 1, 2,
                       cluster, 0, 0, 0, 4, 104)
    return b''.join(part.ljust(cluster, b'\0') for part in (
        head, table, struct.pack('>%dQ' % len(l1), *l1), bytes(cluster))) + tables + b''.join(data)


def image(text, file, fmt, present, zero=()):
    states = []
    frames = sorted(set(present) | set(zero))
    for f in range(max(0, frames[0] - 1), frames[-1] + 2):
        if f in present:
            states.append({'pfn': f, 'state': 'present', 'first8': page(f)[:8].hex()})
        elif f in zero:
            states.append({'pfn': f, 'state': 'zero', 'first8': '00' * 8})
        elif f - 1 in present or f + 1 in present:
            states.append({'pfn': f, 'state': 'absent'})
    return {'name': text, 'files': [file], 'format': fmt, 'pageSize': PAGE, 'pages': states}


def main(folder):
    images = []

    def write(text, ending, data, fmt, present, zero=()):
        with open(os.path.join(folder, text + ending), 'wb') as f:
            f.write(data)
        images.append(image(text, text + ending, fmt, present, zero))

    frames = [0, 1, 2, 4, 5, 6, 7]
    write('qemu', '.stream', small(), 'qemu', frames, [3])
    write('qemu-libvirt', '.save', libvirt(small()), 'qemu', frames, [3])
    write('qemu-libvirt-gzip', '.save', libvirt(gzip.compress(small(), mtime=0), 1), 'qemu', frames, [3])
    write('qemu-nodes', '.stream', nodes(), 'qemu', [0, 1, 2, 3, 4])
    write('qemu-savevm', '.qcow2', qcow2(small()), 'qemu', frames, [3])
    write('qemu-high', '.stream.gz', gzip.compress(high(), mtime=0), 'qemu',
          [0, 1, 4095, 0x100000, 0x10000f], [2, 4094, 0x100001])
    images[-1]['pages'] = [p for p in images[-1]['pages'] if p['state'] != 'absent'] + [
        {'pfn': 4096, 'state': 'absent'}, {'pfn': 0xfffff, 'state': 'absent'}, {'pfn': 0x100010, 'state': 'absent'}]

    golden.put(folder, images)


if __name__ == '__main__':
    main(sys.argv[1])
