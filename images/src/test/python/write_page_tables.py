#!/usr/bin/env python3
"""Writes small memory images that hold page tables, and what is to be read from them; standard library only.

    write_page_tables.py DIR    writes DIR/NAME.elf.gz or DIR/NAME.raw.gz for each image, and DIR/expected.json

Nothing of Pagestream is used. The tables follow the Intel SDM, volume 3A, chapter 4: tables 4-4 and 4-5 (32-bit paging, with
PSE-36), 4-8 to 4-11 (PAE), 4-14 to 4-20 (4-level and 5-level). The expectations come from walking the bytes again by the
manual, in the plainest way: every root, every entry, no memory of what has been seen. Mappings are distinguished by where
its entry lies and by its virtual address, so that a table which several address spaces share counts once; of the large leaves
that 32-bit systems copy into every directory's kernel half, by the entry itself in place of where it lies.

The ELF cores carry notes as QEMU writes them (target/i386/arch_dump.c): CR0 at 392, CR3 at 416, CR4 at 424.
"""
import gzip
import io
import json
import os
import struct
import sys

PAGE = 4096
P, RW, US, PWT, PCD, A, D, PS, G = 1, 2, 4, 8, 16, 32, 64, 128, 256
NX = 1 << 63
TABLE = P | RW | A | D          # what systems put into an entry that points to a kernel's table
WB, WC, WT, WP, UC, UCM = 'WRITE_BACK', 'WRITE_COMBINING', 'WRITE_THROUGH', 'WRITE_PROTECTED', 'UNCACHED', 'UNCACHED_MINUS'
LINUX_PAT = [WB, WC, UCM, UC, WB, WP, UCM, WT]
WINDOWS_PAT = [WB, WC, UCM, UC, WB, WC, UCM, UC]
RESET_PAT = [WB, WT, UCM, UC, WB, WT, UCM, UC]
SYMBOLS = ['UNKNOWN', 'NOT_ESTABLISHED', UC, UCM, WC, WT, WP, WB]   # CacheType.avsc
ADDRESS = 0x000ffffffffff000


class Mode:
    def __init__(self, name, levels, index_bits, entry_bytes, va_bits):
        self.name, self.levels, self.bits, self.size, self.va_bits = name, levels, index_bits, entry_bytes, va_bits
        self.wide = va_bits > 32

    def shift(self, level):
        return 12 + self.bits * (level - 1)

    def count(self, level):
        return 4 if self.name == 'PAE' and level == 3 else 1 << self.bits

    def canonical(self, va):
        return va - (1 << self.va_bits) & (1 << 64) - 1 if self.wide and va >> self.va_bits - 1 & 1 else va


TWO = Mode('32-bit', 2, 10, 4, 32)
PAE = Mode('PAE', 3, 9, 8, 32)
FOUR = Mode('4-level', 4, 9, 8, 48)
FIVE = Mode('5-level', 5, 9, 8, 57)


class Machine:
    """Physical memory and tables in it."""

    def __init__(self, name, mode, ranges, pat=LINUX_PAT, notes=True, cr4=0x20):
        self.name, self.mode, self.ranges, self.pat, self.notes, self.cr4 = name, mode, ranges, pat, notes, cr4
        self.memory, self.roots, self.next, self.cr3 = {}, [], ranges[0][0] + PAGE, None

    def page(self):
        at = self.next
        self.next += PAGE
        self.memory[at] = bytearray(PAGE)
        return at

    def pages(self, count):
        return [self.page() for _ in range(count)]

    def put(self, table, index, entry):
        base = table & ~(PAGE - 1)
        where = (table - base) + index * self.mode.size
        struct.pack_into('<Q' if self.mode.size == 8 else '<I', self.memory[base], where, entry)

    def get(self, table, index):
        base = table & ~(PAGE - 1)
        if base not in self.memory:
            return 0
        where = (table - base) + index * self.mode.size
        return struct.unpack_from('<Q' if self.mode.size == 8 else '<I', self.memory[base], where)[0]

    def index(self, va, level):
        return (va & (1 << self.mode.va_bits) - 1) >> self.mode.shift(level) & self.mode.count(level) - 1

    def table(self, root, va, level):
        """The table of a level that translates va; made where there is none."""
        at = root
        for above in range(self.mode.levels, level, -1):
            index = self.index(va, above)
            entry = self.get(at, index)
            if not entry & 1:
                flags = P if self.mode is PAE and above == 3 else TABLE | (US if va >> 47 == 0 else 0)
                entry = self.page() | flags
                self.put(at, index, entry)
            at = entry & ADDRESS
        return at

    def map(self, root, va, pa, level=1, flags=RW | A | D):
        leaf = P | flags | (PS if level > 1 else 0)
        if self.mode is TWO and level == 2:
            leaf |= pa & 0xffc00000 | (pa >> 32 & 0xff) << 13
        else:
            leaf |= pa
        self.put(self.table(root, va, level), self.index(va, level), leaf)

    def pat_bit(self, level):
        return 1 << (7 if level == 1 else 12)

    # -------------------------------------------------------------- the oracle

    def has(self, at):
        return any(start <= at < end for start, end in self.ranges)

    def walk(self):
        """All mappings, (place, va, pa, pages, level, entry, root) in the order of the schema's documentation."""
        self.missing, self.malformed, found, structures = set(), set(), [], set()
        middle = self.mode.count(self.mode.levels) // 2
        for half in ((middle, 2 * middle), (0, middle)):
            for root in sorted(self.roots):
                structures.add(root & ~(PAGE - 1))
                for index in range(*half):
                    self.entry(root, self.mode.levels, index, index << self.mode.shift(self.mode.levels), root,
                               half[0] > 0, found, structures)
        return found, structures

    def entry(self, table, level, index, va, root, kernel, found, structures):
        mode, entry = self.mode, self.get(table, index)
        if not entry & P:
            return
        place = (table + index * mode.size, va)
        large = entry & PS and (level == 2 or level == 3 and mode.wide)
        wrong = bool(large and entry & ((1 << mode.shift(level)) - 1) & ~0x1fff) if mode is not TWO else \
            bool(large and entry & 1 << 21)
        if mode.wide and level >= 4 and entry & PS or mode is PAE and entry & 0x7ff << 52:
            wrong = True
        if wrong:
            self.malformed.add(place)
        elif level == 1 or large:
            if mode is TWO and large:
                pa = entry & 0xffc00000 | (entry >> 13 & 0xff) << 32
            else:
                pa = entry & ADDRESS & ~((1 << mode.shift(level)) - 1)
            if large and kernel and not mode.wide:
                place = (entry & ~(A | D), va)
            found.append((place, mode.canonical(va), pa, 1 << mode.bits * (level - 1), level, entry, root))
        elif not self.has(entry & ADDRESS):
            self.missing.add((entry & ADDRESS, level - 1, va))
        else:
            below = entry & ADDRESS
            structures.add(below)
            for i in range(mode.count(level - 1)):
                self.entry(below, level - 1, i, va + (i << mode.shift(level - 1)), root, kernel, found, structures)

    def expected(self, loops):
        answer = {'name': self.name, 'mode': self.mode.name, 'pat': self.pat, 'roots': sorted(self.roots), 'loops': loops}
        if loops:
            return answer
        found, structures = self.walk()
        complete = not self.missing
        by_page, seen = {}, set()
        for place, va, pa, pages, level, entry, root in found:
            if place in seen:
                continue
            seen.add(place)
            index = (4 if entry & self.pat_bit(level) else 0) + (entry >> 3 & 3)
            kind = UC if self.pat[index] == UCM else self.pat[index]      # write-back memory by the MTRRs
            for start, end in self.ranges:
                for at in range(max(start, pa), min(end, pa + pages * PAGE), PAGE):
                    by_page.setdefault(at, []).append((va + at - pa, kind, root, level))
        lines = []
        for at in sorted(set(by_page) | structures):
            mappings = by_page.get(at, [])
            types = sorted({m[1] for m in mappings}, key=SYMBOLS.index)
            line = {'page': at, 'mappings': len(mappings), 'types': types,
                    'established': mappings[0][1] if mappings else 'NOT_ESTABLISHED' if complete else 'UNKNOWN',
                    'large': any(m[3] > 1 for m in mappings), 'structure': at in structures}
            if len(types) > 1:
                second = next(m for m in mappings if m[1] != mappings[0][1])
                line['alias'] = [list(mappings[0][:3]), list(second[:3])]
            if lines and self.goes_on(lines[-1], line):
                lines[-1]['count'] += 1
            else:
                lines.append(dict(line, count=1))
        answer.update(leaves=len(seen), missing=len(self.missing), malformed=len(self.malformed), pages=lines)
        return answer

    @staticmethod
    def goes_on(span, line):
        """Whether a page is what the page after a span would be."""
        into = span['count'] * PAGE
        moved = [[va + into, kind, root] for va, kind, root in span.get('alias', [])]
        alike = all(span[k] == line[k] for k in ('mappings', 'types', 'established', 'large', 'structure'))
        return alike and line['page'] == span['page'] + into and line.get('alias', []) == moved

    # -------------------------------------------------------------- files

    def image(self):
        return self.elf() if self.notes else self.raw()

    def raw(self):
        (start, end), = self.ranges
        assert start == 0
        return b''.join(bytes(self.memory.get(at, bytes(PAGE))) for at in range(start, end, PAGE))

    def elf(self):
        notes = b''
        for cr3 in self.cr3 or self.roots[:1]:
            state = bytearray(440)
            struct.pack_into('<II', state, 0, 1, 440)
            struct.pack_into('<5Q', state, 392, 0x80050033, 0, 0, cr3, self.cr4)
            notes += struct.pack('<III', 5, len(state), 0) + b'QEMU\0\0\0\0' + bytes(state)
        headers = 64 + 56 * (1 + len(self.ranges))
        body = notes
        programs = [struct.pack('<IIQQQQQQ', 4, 0, headers, 0, 0, len(notes), len(notes), 0)]
        for start, end in self.ranges:
            data = b''.join(bytes(self.memory.get(at, bytes(PAGE))) for at in range(start, end, PAGE))
            programs.append(struct.pack('<IIQQQQQQ', 1, 0, headers + len(body), 0, start, len(data), len(data), 0))
            body += data
        machine = 62 if self.mode.wide else 3
        header = b'\x7fELF\2\1\1' + bytes(9) + struct.pack('<HHIQQQIHHHHHH', 4, machine, 1, 0, 64, 0, 0, 64, 56,
                                                            len(programs), 0, 0, 0)
        return header + b''.join(programs) + body


# ------------------------------------------------------------------ the images

MIB = 1 << 20
DIRECT4 = 0xffff888000000000
DIRECT5 = 0xff11000000000000


def conflicts():
    """A direct map of 2 MiB write-back leaves, and other mappings of single pages that disagree with it."""
    m = Machine('four-level-conflicts', FOUR, [(0x200000, 0xa00000)])
    kernel, user = m.page(), m.page()
    m.roots = [kernel, user]
    m.cr3 = [kernel, user | 0x5]                                # a PCID in the low bits
    for at in range(0, 16 * MIB, 2 * MIB):
        m.map(kernel, DIRECT4 + at, at, 2, RW | A | D | G | NX)
    m.map(kernel, 0xffffc90000000000, 0x600000, 1, RW | A | D | PCD | PWT)      # uncached, inside a large page
    m.map(kernel, 0xffffc90000001000, 0x601000, 1, RW | A | D | PCD | PWT)
    m.map(kernel, 0xffffc90000010000, 0x602000, 1, RW | A | D | PWT)            # write-combining
    m.map(kernel, 0xffffc90000011000, 0x604000, 1, RW | A | D | 0x80 | PWT)     # PAT bit of a 4 KiB leaf: write-protected
    m.map(kernel, 0xffffc90000012000, 0x605000, 1, RW | A | D | 0x80 | PCD | PWT)   # write-through
    m.map(kernel, 0xffffc90000013000, 0x606000, 1, RW | A | D | PCD)            # UC-, uncached in the end
    m.map(kernel, 0xffffc90000014000, 0x607000, 1, RW | A | D)                  # agrees
    m.map(kernel, 0xffffc90000015000, 0xfe000000, 1, RW | A | D | PCD)          # not in the image
    m.map(kernel, 0xffffc90000200000, 0x800000, 2, RW | A | D | 1 << 12 | PWT)  # PAT bit of a 2 MiB leaf
    m.map(kernel, 0xffffc90040000000, 0, 3, RW | A | D | PCD | PWT)             # 1 GiB uncached over everything
    for index in range(256, 512):
        m.put(user, index, m.get(kernel, index))
    m.map(user, 0x400000, 0x700000, 1, US | A)
    m.map(user, 0x401000, 0x701000, 1, US | RW | A | D | PCD | PWT)
    m.map(user, 0x7ffffffff000, 0x700000, 1, US | A)
    return m


def malformed():
    m = Machine('four-level-reserved-bits', FOUR, [(0x200000, 0x600000)])
    root = m.page()
    m.roots = [root]
    m.map(root, DIRECT4, 0x200000, 2)
    m.map(root, DIRECT4 + 0x200000, 0x400000 | 0x2000, 2)       # bit 13 of a 2 MiB leaf
    m.map(root, DIRECT4 + 0x40000000, 0x200000, 3)              # bit 21 of a 1 GiB leaf
    m.put(root, 300, 0x200000 | P | RW | PS)                    # PS in a PML4 entry
    return m


def five():
    m = Machine('five-level', FIVE, [(0x200000, 0x600000)], cr4=0x1020)
    kernel, user = m.page(), m.page()
    m.roots = [kernel, user]
    m.cr3 = [kernel, user]
    for at in range(0, 8 * MIB, 2 * MIB):
        m.map(kernel, DIRECT5 + at, at, 2)
    m.map(kernel, 0xffd1000000000000, 0x400000, 1, RW | PWT)
    for index in range(256, 512):
        m.put(user, index, m.get(kernel, index))
    m.map(user, 0x00f0000000400000, 0x500000, 1, US | RW | A | D)
    return m


def pae():
    m = Machine('pae', PAE, [(0x200000, 0x600000), (0x100000000, 0x100200000)], RESET_PAT)
    tables = m.page()
    kernel, user = tables + 0x20, tables + 0x40                 # 32 bytes each
    m.roots = [kernel, user]
    m.cr3 = [kernel, user]
    for at in range(0, 6 * MIB, 2 * MIB):
        m.map(kernel, 0xc0000000 + at, at, 2, RW | A | D | G)
    m.map(kernel, 0xf0000000, 0x100000000, 2, RW | 1 << 12 | PWT)
    m.map(kernel, 0xf8000000, 0x401000, 1, RW | PCD | PWT)
    m.put(user, 3, m.get(kernel, 3))                            # the kernel's directory is shared
    m.map(user, 0x08048000, 0x402000, 1, US | A)
    m.map(user, 0x08049000, 0x100001000, 1, US | A | NX)
    m.put(m.table(user, 0x08048000, 1), 100, 0x402000 | P | 1 << 60)    # a reserved bit
    return m


def short():
    m = Machine('two-level-pse', TWO, [(0x400000, 0xc00000), (0x300000000, 0x300400000)], RESET_PAT, cr4=0x10)
    kernel, user = m.page(), m.page()
    m.roots = [kernel, user]
    m.cr3 = [kernel, user]
    for root in (kernel, user):                                 # leaves of the kernel's half are copied
        for at in range(0, 12 * MIB, 4 * MIB):
            m.map(root, 0xc0000000 + at, at, 2, RW | A | G | (D if root == kernel else 0))
        m.map(root, 0xe0000000, 0x300000000, 2, RW | PCD)       # PSE-36: beyond 4 GiB
    m.map(kernel, 0xf0000000, 0x500000, 1, RW | PCD | PWT)
    m.put(user, 0xf0000000 >> 22, m.get(kernel, 0xf0000000 >> 22))
    m.map(user, 0x08048000, 0x900000, 1, US | RW)
    m.put(user, 5, 0x400000 | P | PS | 1 << 21)                 # a reserved bit
    return m


def absent():
    """Tables that the image does not hold: what no other mapping tells of is unknown."""
    m = Machine('missing-tables', FOUR, [(0x200000, 0x600000)])
    root = m.page()
    m.roots = [root]
    m.map(root, DIRECT4, 0x200000, 2)
    m.put(root, 400, 0x12345000 | TABLE)
    m.put(m.table(root, DIRECT4, 3), 7, 0x7654000 | TABLE)
    m.put(m.table(root, DIRECT4, 2), 9, 0xff00000 | TABLE)
    return m


def self_map():
    """Two processes of a Windows-like system without notes: entry 0x1ed points to the table itself."""
    m = Machine('windows-self-map', FOUR, [(0, 0x90000)], WINDOWS_PAT, notes=False)
    roots = m.pages(2)
    m.roots = roots
    for index in range(8):
        m.map(roots[0], 0xfffff80000000000 + (index << 39), 0x20000 + index * PAGE, 1)
    m.map(roots[0], 0xffffc00000000000, 0x30000, 1, RW | A | D | PWT)
    for index in range(256, 512):
        m.put(roots[1], index, m.get(roots[0], index))
    m.map(roots[0], 0x10000, 0x31000, 1, US | RW)
    m.map(roots[1], 0x10000, 0x32000, 1, US | RW)
    m.map(roots[1], 0x20000, 0x31000, 1, US | RW)
    for root in roots:
        m.put(root, 0x1ed, root | TABLE | NX | 0x800)
    return m


def isolated(name, mode, direct):
    """A Linux-like system without notes, with page-table isolation: found by the table above the kernel's image."""
    m = Machine(name, mode, [(0, 0x90000)], notes=False)
    m.next = 0x10000
    swapper, swapper_user = m.pages(2)
    process, process_user = m.pages(2)
    m.roots = [swapper, swapper_user, process, process_user]
    image = 0xffffffff80000000
    above = m.table(swapper, image, 3)
    for frame in range(0x10, 0x40):                             # the kernel's image, its own top-level table in it
        m.map(swapper, image + frame * PAGE, frame * PAGE, 1)
    m.map(swapper, 0xffffffffc0000000, 0x50000, 1)              # modules: the second entry in use
    assert m.get(above, 510) and m.get(above, 511)
    for frame in range(0, 0x90):
        m.map(swapper, direct + frame * PAGE, frame * PAGE, 1, RW | A | D | G | NX)
    m.map(swapper, 0xfffffe0000000000, 0x51000, 1)              # the entry area, which the user's tables share
    for index in range(256, 512):
        m.put(process, index, m.get(swapper, index))
    m.map(process, 0x400000, 0x60000, 1, US | A)
    m.map(process, 0x7fff00000000, 0x61000, 1, US | RW | A | D)
    for index in range(0, 256):
        m.put(process_user, index, m.get(process, index))
    for index in range(0, 256):
        entry = m.get(process, index)
        m.put(process, index, entry | NX if entry else 0)       # the kernel's copy may not be executed
    m.map(swapper_user, image + 0x10000, 0x10000, 1)            # its own tables of the entry code
    area = m.index(0xfffffe0000000000, 4)
    tops = [m.table(root, image, 4) for root in (swapper, swapper_user)]
    m.put(tops[1], area, m.get(tops[0], area))
    if mode is FOUR:
        m.put(process_user, area, m.get(swapper, area))
    m.put(process_user, 511, m.get(swapper_user, 511))
    return m


def loops():
    """Every entry of every level leads back to the top: what is left is that it ends."""
    m = Machine('loops', FOUR, [(0x200000, 0x280000)])
    root = m.page()
    m.roots = [root]
    others = m.pages(4)
    for index in range(512):
        m.put(root, index, root | TABLE | US)
        for i, other in enumerate(others):
            m.put(other, index, others[(i + index) % 4] | TABLE)
    m.put(root, 256, others[0] | TABLE)
    return m


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    machines = [conflicts(), malformed(), five(), pae(), short(), absent(), self_map(),
                isolated('linux-isolation', FOUR, DIRECT4), isolated('linux-five-level', FIVE, DIRECT5), loops()]
    expected = []
    for m in machines:
        name = m.name + ('.elf.gz' if m.notes else '.raw.gz')
        packed = io.BytesIO()
        with gzip.GzipFile(filename='', fileobj=packed, mode='wb', compresslevel=9, mtime=0) as out:
            out.write(m.image())
        with open(os.path.join(folder, name), 'wb') as out:
            out.write(packed.getvalue())
        expected.append(dict(m.expected(m.name == 'loops'), file=name))
    with open(os.path.join(folder, 'expected.json'), 'w') as out:
        lines = []
        for image in expected:
            pages = image.pop('pages', [])
            head = json.dumps(image)[:-1]
            lines.append(head + ', "pages": [\n  ' + ',\n  '.join(json.dumps(p) for p in pages) + ']}')
        out.write('{"images": [\n' + ',\n'.join(lines) + '\n]}\n')


if __name__ == '__main__':
    main()
