#!/usr/bin/env python3
"""Makes a test fixture of a 32-bit guest's page tables: only the pages that hold them, as ELF and raw images, and QEMU's list.

    extract_short_page_tables.py FOLDER OUT

FOLDER holds what QEMU's monitor wrote of a stopped guest with 32-bit or PAE paging, and memory from 0 on without gaps: mem.raw
(pmemsave), info-tlb.txt (`info tlb`), registers.txt (`info registers`). OUT receives

    tables.elf.gz                              an ELF32 core of EM_386: QEMU's note of the processor, and a segment for each
                                               sequence of pages with tables
    tables.raw.gz, tables.raw.gz.ranges.json   the same pages as a raw image, which has no note
    info-tlb.txt.gz                            QEMU's list, as it is
    facts.json                                 CR3, and "pae"

Also prints, as a check that uses nothing of Pagestream, in how many lines QEMU's list and this script's own walk differ: 0.
Standard library only.
"""
import gzip
import json
import os
import re
import struct
import sys

PAGE = 4096
TABLE = 0x000ffffffffff000


def pack(path, data):
    with open(path, 'wb') as file, gzip.GzipFile(filename='', fileobj=file, mode='wb', compresslevel=9, mtime=0) as out:
        out.write(data)


def flags(entry):
    """As QEMU prints them (target/i386/monitor.c): NX, global, PS (PAT in a small page), dirty, accessed, PCD, PWT, user, write."""
    return ''.join(name if entry >> bit & 1 else '-' for bit, name in zip((63, 8, 7, 6, 5, 4, 3, 2, 1), 'XGPDACTUW'))


def walk(memory, cr3, pae):
    """The lines of `info tlb`, and the addresses of all pages with tables."""
    lines, tables = [], set()

    def line(virtual, physical, entry):
        physical |= entry & 1 << 63                                 # QEMU 7.2 leaves NX in the address of PAE's entries
        lines.append('%016x: %016x %s' % (virtual, physical, flags(entry)))

    def short(at):
        tables.add(at)
        for i, pde in enumerate(struct.unpack_from('<1024I', memory, at)):
            if pde & 0x81 == 0x81:
                line(i << 22, pde & 0xffe00000, pde)
            elif pde & 1:
                tables.add(pde & 0xfffff000)
                for j, pte in enumerate(struct.unpack_from('<1024I', memory, pde & 0xfffff000)):
                    if pte & 1:
                        line(i << 22 | j << 12, pte & 0xfffff000, pte)

    def directory(top, at):
        tables.add(at)
        for i, pde in enumerate(struct.unpack_from('<512Q', memory, at)):
            virtual = top << 30 | i << 21
            if pde & 0x81 == 0x81:
                line(virtual, pde & 0x000fffffffe00000, pde)
            elif pde & 1:
                tables.add(pde & TABLE)
                for j, pte in enumerate(struct.unpack_from('<512Q', memory, pde & TABLE)):
                    if pte & 1:
                        line(virtual | j << 12, pte & TABLE, pte)

    if pae:
        tables.add(cr3 & ~(PAGE - 1))
        for top, pdpte in enumerate(struct.unpack_from('<4Q', memory, cr3 & ~31)):
            if pdpte & 1:
                directory(top, pdpte & TABLE)
    else:
        short(cr3 & ~(PAGE - 1))
    return lines, tables


def elf(memory, order, registers):
    """An ELF32 core. QEMU's note: version, size, 18 registers, 10 segments of 24 bytes, CR0 to CR4 (target/i386/arch_dump.c)."""
    runs = []
    for at in order:
        if runs and runs[-1][1] == at:
            runs[-1][1] = at + PAGE
        else:
            runs.append([at, at + PAGE])
    note = bytearray(440)
    struct.pack_into('<II', note, 0, 1, len(note))
    struct.pack_into('<5Q', note, 8 + 18 * 8 + 10 * 24, registers['CR0'], 0, 0, registers['CR3'], registers['CR4'])
    notes = struct.pack('<III', 5, len(note), 0) + b'QEMU\0\0\0\0' + bytes(note)
    offset = 52 + 32 * (1 + len(runs))
    data = offset + len(notes) + PAGE - 1 & -PAGE
    headers = struct.pack('<8I', 4, offset, 0, 0, len(notes), len(notes), 0, 0)
    for start, end in runs:
        headers += struct.pack('<8I', 1, data, 0, start, end - start, end - start, 7, 0)
        data += end - start
    head = b'\x7fELF\x01\x01\x01' + bytes(9) + struct.pack('<HHIIIIIHHHHHH', 4, 3, 1, 0, 52, 0, 0, 52, 32, 1 + len(runs), 0, 0, 0)
    out = head + headers + notes
    return out.ljust(len(out) + PAGE - 1 & -PAGE, b'\0') + b''.join(memory[at:at + PAGE] for at in order)


def main():
    folder, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    with open(os.path.join(folder, 'mem.raw'), 'rb') as file:
        memory = file.read()
    with open(os.path.join(folder, 'registers.txt')) as file:
        text = file.read()
    registers = {name: int(value, 16) for name, value in reversed(re.findall(r'(CR[0-4])=([0-9a-f]+)', text))}
    with open(os.path.join(folder, 'info-tlb.txt'), 'rb') as file:
        listed = file.read()
    pae = bool(registers['CR4'] & 1 << 5)
    lines, tables = walk(memory, registers['CR3'], pae)
    theirs = listed.decode().split('\n')[:-1]
    print('%d lines, %d differ' % (len(theirs), len(set(theirs) ^ set(lines))))
    order = sorted(tables)
    pack(os.path.join(out, 'info-tlb.txt.gz'), listed)
    pack(os.path.join(out, 'tables.elf.gz'), elf(memory, order, registers))
    pack(os.path.join(out, 'tables.raw.gz'), b''.join(memory[at:at + PAGE] for at in order))
    ranges = []
    for number, at in enumerate(order):
        if ranges and ranges[-1]['physicalAddress'] + ranges[-1]['length'] == at:
            ranges[-1]['length'] += PAGE
        else:
            ranges.append({'physicalAddress': at, 'length': PAGE, 'fileOffset': number * PAGE, 'kind': 'ram'})
    with open(os.path.join(out, 'tables.raw.gz.ranges.json'), 'w') as file:
        file.write('{"ranges": [\n' + ',\n'.join(json.dumps(r) for r in ranges) + '\n]}\n')
    with open(os.path.join(out, 'facts.json'), 'w') as file:
        file.write(json.dumps({'cr3': registers['CR3'], 'pae': pae}, sort_keys=True) + '\n')


if __name__ == '__main__':
    main()
