#!/usr/bin/env python3
"""Makes a test fixture of a guest's page tables: only the pages that hold them, and what QEMU lists of them.

    extract_page_tables.py FOLDER OUT LEVELS CR3...

FOLDER is one that make-images.sh wrote for a guest with 4 or 5 levels of paging and memory from 0 on, without gaps: mem-*.raw,
monitor-info-tlb.txt (`info tlb`), monitor-info.txt (`info mem`). CR3 are the processors' (hexadecimal), the first being the one
that QEMU lists. OUT receives

    tables.raw.gz, tables.raw.gz.ranges.json   the pages and where they belong (docs/ranges-side-file.md)
    info-tlb.txt.gz, info-mem.txt.gz           QEMU's lists, as they are
    facts.json                                 CR3, and the mappings of the planted pages by the guest's own pagemap

Other processes' tables are the pages whose last entry is the first CR3's; with page-table isolation the page after each, if its
lower half leads to the same tables, is the user's. Standard library only.
"""
import glob
import gzip
import json
import mmap
import os
import re
import struct
import sys

PAGE = 4096
ADDRESS = 0x000ffffffffff000


def pack(path, data):
    with open(path, 'wb') as file, gzip.GzipFile(filename='', fileobj=file, mode='wb', compresslevel=9, mtime=0) as out:
        out.write(data)


def main():
    folder, out, levels, cr3 = sys.argv[1], sys.argv[2], int(sys.argv[3]), [int(c, 16) & ADDRESS for c in sys.argv[4:]]
    os.makedirs(out, exist_ok=True)
    path, = glob.glob(os.path.join(folder, 'mem-000000000-*.raw'))
    memory = mmap.mmap(os.open(path, os.O_RDONLY), 0, prot=mmap.PROT_READ)
    entries = lambda at: struct.unpack_from('<512Q', memory, at)
    last = memory[cr3[0] + 4088:cr3[0] + 4096]
    tables = set()

    def walk(at, level):
        if at + PAGE > len(memory):
            return
        tables.add(at)
        for entry in entries(at) if level > 1 else ():
            if entry & 1 and not (entry & 0x80 and level < 4):
                below = entry & ADDRESS
                if level > 2 or below not in tables:
                    walk(below, level - 1)

    for at in range(0, len(memory), PAGE):
        if at in cr3 or memory[at + 4088:at + 4096] == last:
            if all(not (e & 1 and (e & 0x80 or (e & ADDRESS) >= len(memory))) for e in entries(at)):
                walk(at, levels)
                lower = [e & ADDRESS for e in entries(at)[:256]]
                if any(lower) and lower == [e & ADDRESS for e in entries(at + PAGE)[:256]]:
                    walk(at + PAGE, levels)
    order = sorted(tables)
    pack(os.path.join(out, 'tables.raw.gz'), b''.join(memory[at:at + PAGE] for at in order))
    ranges = []
    for number, at in enumerate(order):
        if ranges and ranges[-1]['physicalAddress'] + ranges[-1]['length'] == at:
            ranges[-1]['length'] += PAGE
        else:
            ranges.append({'physicalAddress': at, 'length': PAGE, 'fileOffset': number * PAGE, 'kind': 'ram'})
    with open(os.path.join(out, 'tables.raw.gz.ranges.json'), 'w') as file:
        file.write('{"ranges": [\n' + ',\n'.join(json.dumps(r) for r in ranges) + '\n]}\n')
    with open(os.path.join(folder, 'monitor-info-tlb.txt'), 'rb') as file:
        pack(os.path.join(out, 'info-tlb.txt.gz'), file.read())
    with open(os.path.join(folder, 'monitor-info.txt')) as file:
        text = re.search(r'##### info mem\n(.*?)#####', file.read(), re.S).group(1).rstrip()
        if text:                                    # QEMU 7.2 lists nothing with 5 levels
            pack(os.path.join(out, 'info-mem.txt.gz'), text.encode() + b'\n')
    plants = []
    with open(os.path.join(folder, 'facts', 'planter.txt')) as file:
        for pid, va, pages in re.findall(r'PLANT id=\d+ pid=(\d+) va=(0x[0-9a-f]+) len=\d+ pa=(\S+)', file.read()):
            at = int(va, 16) & -PAGE
            for i, pa in enumerate(pages.split(',')):
                plants.append({'pid': int(pid), 'virtualAddress': at + i * PAGE, 'physicalAddress': int(pa, 16) & -PAGE})
    with open(os.path.join(out, 'facts.json'), 'w') as file:
        file.write(json.dumps({'cr3': cr3, 'levels': levels}, sort_keys=True)[:-1] + ', "plants": [\n'
                   + ',\n'.join(json.dumps(p) for p in plants) + '\n]}\n')


if __name__ == '__main__':
    main()
